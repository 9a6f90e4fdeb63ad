"""What holds of stories whatever the items are: of order, of runs, of chains."""

from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.flow import Item, Match, Placement
from schemas.memory import Sketch
from tests.deduplicate.newsroom import CUSTOMS, CUSTOMS_INDEPENDENT, GLACIER, LIBRARY, MORNING, WINDOW, dividend, later
from transforms.deduplicate.batch import place_batch
from transforms.deduplicate.compare import compare
from transforms.deduplicate.features import Features
from transforms.deduplicate.resolve import resolve
from transforms.deduplicate.sketch import Sketcher
from transforms.deduplicate.verdict import SAME, judge, verbatim

SKETCHER = Sketcher()
TEXTS = [
    CUSTOMS,
    CUSTOMS_INDEPENDENT,
    GLACIER,
    LIBRARY,
    dividend("Norvik Paper", 12, "Anna Dahl"),
    dividend("Marbella Cement", 31, "Luis Prado"),
]


def publications() -> st.SearchStrategy[list[Item]]:
    """Items cut, changed and mixed from a few texts, over five days."""
    paragraphs = st.sampled_from([part for text in TEXTS for part in text.split("\n")])
    texts = st.one_of(
        st.sampled_from(TEXTS),
        st.builds(lambda text, words: " ".join(text.split()[:words]), st.sampled_from(TEXTS), st.integers(5, 120)),
        st.builds("\n".join, st.lists(paragraphs, min_size=1, max_size=5)),
    )
    titles = st.sampled_from(
        ["Customs officers charged in Varna", "Glacier lake to be drained", "Library reopens today"]
    )
    rows = st.lists(st.tuples(texts, titles, st.integers(0, 120)), min_size=1, max_size=12)
    return rows.map(
        lambda drawn: [later(f"{n:02}", hours, text, title) for n, (text, title, hours) in enumerate(drawn)]
    )


def stories(places: Mapping[str, Placement]) -> dict[str, tuple[str, str]]:
    return {article_id: (place.story_id, place.relation) for article_id, place in places.items()}


def sketches(items: Iterable[Item]) -> list[Sketch]:
    return [SKETCHER.sketch(item) for item in items]


@settings(deadline=None, max_examples=60)
@given(publications(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_matter(items: list[Item], chance: st.DataObject) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stories(place_batch(sketches(items), [], WINDOW)) == stories(place_batch(sketches(shuffled), [], WINDOW))


@settings(deadline=None, max_examples=60)
@given(publications(), st.sets(st.integers(0, 11)))
def test_runs_that_see_items_as_they_are_published_give_the_stories_of_one_run(
    items: list[Item], cuts: set[int]
) -> None:
    """The rule: in several runs the same, where each run sees what was published after all that runs before saw."""
    ordered = sorted(items, key=lambda item: (item.published_at, item.article_id))
    known: list[Sketch] = []
    placed: dict[str, Placement] = {}
    run: list[Item] = []
    for place, item in enumerate(ordered):
        run.append(item)
        if place in cuts or place == len(ordered) - 1:
            new = sketches(run)
            places = place_batch(new, known, WINDOW)
            known += [
                replace(
                    sketch, story_id=places[sketch.article_id].story_id, verified=places[sketch.article_id].verified
                )
                for sketch in new
            ]
            placed |= places
            run = []
    assert stories(placed) == stories(place_batch(sketches(items), [], WINDOW))


@settings(deadline=None, max_examples=60)
@given(publications())
def test_no_article_is_further_than_a_verbatim_step_from_a_verified_pair(items: list[Item]) -> None:
    made = {sketch.article_id: sketch for sketch in sketches(items)}
    places = place_batch(made.values(), [], WINDOW)
    for article_id, place in places.items():
        if place.relation == "lead":
            continue
        assert place.matched_article_id is not None
        assert places[place.story_id].relation == "lead"
        pair = compare(*(Features.unpack(made[id_].features) for id_ in (article_id, place.matched_article_id)))
        assert judge(pair) in SAME
        if place.matched_article_id != place.story_id:
            member = places[place.matched_article_id]
            assert verbatim(pair)
            assert member.matched_article_id == place.story_id
        assert abs(made[article_id].published_at - made[place.matched_article_id].published_at) <= WINDOW


@settings(deadline=None, max_examples=30)
@given(publications())
def test_an_item_given_twice_counts_once(items: list[Item]) -> None:
    assert stories(place_batch(sketches(items + items), [], WINDOW)) == stories(
        place_batch(sketches(items), [], WINDOW)
    )


@settings(deadline=None, max_examples=30)
@given(publications())
def test_every_item_is_placed_and_every_story_has_its_lead(items: list[Item]) -> None:
    places = place_batch(sketches(items), [], WINDOW)
    assert places.keys() == {item.article_id for item in items}
    assert all(places[place.story_id].relation == "lead" for place in places.values())


def chain(*, verbatim: bool) -> list[Match]:
    """a, b, c, d: each like the one before it only."""
    return [
        Match(
            article_id=later_id,
            published_at=MORNING,
            matched_article_id=earlier_id,
            matched_story_id=None,
            matched_verified=True,
            relation="copy",
            similarity=0.9,
            verbatim=verbatim,
        )
        for earlier_id, later_id in ("ab", "bc", "cd")
    ]


def test_a_chain_of_copies_is_no_story() -> None:
    placed = {place.article_id: place.story_id for place in resolve(chain(verbatim=False))}
    assert placed == {"b": "a", "c": "c", "d": "c"}


def test_a_chain_of_verbatim_copies_goes_one_step() -> None:
    placed = {place.article_id: place.story_id for place in resolve(chain(verbatim=True))}
    assert placed == {"b": "a", "c": "a", "d": "d"}


def test_versions_that_revise_each_other_end() -> None:
    loop = [replace(match, relation="revision") for match in chain(verbatim=False)]
    loop.append(replace(loop[0], article_id="a", matched_article_id="d"))
    assert len(resolve(loop)) == 4
