import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.deduplicate.figures import TOLERANCE, figures, found_in
from transforms.deduplicate.words import words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,981,681 and 1.98 mln", [1_981_681, 1_980_000]),
        ("$12.3bn, 12.3 billion", [12.3e9]),
        ("two dead, 2 dead", [2]),
        ("one man", []),
        ("5.3.2026", []),
        ("9" * 400, []),
        ("3 million k", [3e6]),
        ("²³ x", [23]),
    ],
)
def test_figures_are_values(text: str, values: list[float]) -> None:
    assert figures(words(text), 10) == values


def test_rounding_is_no_difference() -> None:
    assert found_in(figures(["1.98", "mln"], 9), figures(["1,981,681"], 9)) == 1


@pytest.mark.parametrize(("one", "other"), [(34.0, 35.0), (300.0, 301.0), (1.98e6, 2.1e6), (0.5, 0.6)])
def test_another_figure_is(one: float, other: float) -> None:
    assert found_in([one], [other]) == 0


@given(st.lists(st.integers(0, 10**9), max_size=60), st.integers(1, 40))
def test_never_more_than_asked_and_none_twice(numbers: list[int], limit: int) -> None:
    values = figures([str(number) for number in numbers], limit)
    assert len(values) <= limit
    assert len(set(values)) == len(values)


@given(st.floats(1e4, 1e12), st.floats(-TOLERANCE, TOLERANCE))
def test_found_whichever_is_looked_for(value: float, off: float) -> None:
    near = value * (1 + off / 2)
    assert found_in([value], [near]) == found_in([near], [value]) == 1
