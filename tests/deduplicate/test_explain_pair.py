from msgspec.structs import replace

from tests.deduplicate.newsroom import CUSTOMS, GLACIER, GLACIER_TITLE, WINDOW, dividend, item, later
from transforms.deduplicate.explain import explain, nearest
from transforms.deduplicate.sketch import Sketcher

SKETCHER = Sketcher()


def test_a_copy_is_explained_by_what_agrees() -> None:
    pair = explain(SKETCHER.sketch(later("b", 1, CUSTOMS[:500])), SKETCHER.sketch(item("a")), WINDOW)
    assert pair.joins
    assert pair.shared_keys > 0
    assert pair.comparison.containment > 0.95
    assert 1_980_000 in pair.figures_common
    assert pair.figures_alone == []
    assert pair.names_common > 3
    assert "a of story a: joins" in "\n".join(pair.lines())


def test_a_template_is_explained_by_what_differs() -> None:
    one = SKETCHER.sketch(item("a", text=dividend("Norvik Paper", 12, "Anna Dahl"), title="Norvik sets dividend"))
    two = SKETCHER.sketch(item("b", text=dividend("Norvik Paper", 31, "Anna Dahl"), title="Norvik sets dividend"))
    pair = explain(two, one, WINDOW)
    assert not pair.joins
    assert pair.verdict == "figures differ"
    assert 12 in pair.figures_other
    assert 31 in pair.figures_alone


def test_a_copy_out_of_the_window_stays_apart() -> None:
    pair = explain(SKETCHER.sketch(later("b", 80)), SKETCHER.sketch(item("a")), WINDOW)
    assert not pair.joins
    assert "more than the window" in "\n".join(pair.lines())


def test_one_page_needs_no_text() -> None:
    url = "https://example.com/news/1"
    one, two = item("a", canonical_url=url), item("b", text=GLACIER, title=GLACIER_TITLE, canonical_url=url)
    pair = explain(SKETCHER.sketch(two), SKETCHER.sketch(one), WINDOW)
    assert pair.joins
    assert "same page" in "\n".join(pair.lines())


def test_the_most_alike_come_first_and_the_article_itself_never() -> None:
    sketches = [SKETCHER.sketch(each) for each in (item("a"), item("b"), item("c", text=f"{CUSTOMS[:400]} {GLACIER}"))]
    sketches.append(SKETCHER.sketch(item("d", text=GLACIER, title=GLACIER_TITLE)))
    met = nearest(replace(sketches[0], article_id="a"), sketches, WINDOW)
    assert [pair.other_id for pair in met] == ["b", "c"]
