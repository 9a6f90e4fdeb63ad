from hypothesis import given
from hypothesis import strategies as st

from tests.deduplicate.newsroom import CUSTOMS, GLACIER, item
from transforms.deduplicate.features import Features, Sample, shares
from transforms.deduplicate.sketch import Sketcher

HASHES = st.lists(st.integers(1, (1 << 24) - 1), unique=True, max_size=400).map(sorted)
SKETCHER = Sketcher()


@given(st.tuples(HASHES, HASHES, HASHES, HASHES), st.lists(st.floats(0, 2**59, width=32), max_size=32), st.booleans())
def test_unpacking_gives_what_was_packed(samples: tuple[list[int], ...], figures: list[float], digest: bool) -> None:
    body, opening, title, names = samples
    features = Features(
        feed=7,
        words=300,
        runs=len(body),
        body=Sample.of(body, 112),
        opening=Sample.of(opening, 38),
        title=Sample.of(title, 12),
        names=Sample.of(names, 32),
        figures=tuple(figures),
        digest=digest,
    )
    assert Features.unpack(features.pack()) == features


@given(HASHES)
def test_a_set_known_whole_holds_all_of_itself(hashes: list[int]) -> None:
    whole = Sample.of(hashes, 400)
    expected = 1.0 if any(hashed & 15 for hashed in hashes) else 0.0
    assert shares(whole, whole) == (expected, expected)


def test_a_share_known_from_few_is_doubted() -> None:
    part, whole = Sample.of([16 * n + 8 for n in range(1, 4)], 400), Sample.of([16 * n + 8 for n in range(1, 400)], 2)
    assert shares(part, whole)[0] == 2 / 3


@given(HASHES, HASHES)
def test_shares_are_shares_and_symmetric(one: list[int], other: list[int]) -> None:
    first, second = Sample.of(one, 112), Sample.of(other, 112)
    forth, back = shares(first, second)
    assert 0.0 <= forth <= 1.0
    assert 0.0 <= back <= 1.0
    assert shares(second, first) == (back, forth)


def test_the_sample_estimates_containment() -> None:
    sketched = Features.unpack(SKETCHER.sketch(item("a", text=f"{CUSTOMS}\n{GLACIER}")).features)
    part = Features.unpack(SKETCHER.sketch(item("b", text=GLACIER)).features)
    assert sketched.runs > 112
    assert shares(part.body, sketched.body)[0] > 0.95


def test_the_longest_text_stays_small() -> None:
    text = "\n".join(f"{CUSTOMS} {number} {GLACIER} {number * 7}" for number in range(400))
    assert len(SKETCHER.sketch(item("a", text=text)).features) < 850
