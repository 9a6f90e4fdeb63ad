"""A key that everything has costs no more for it."""

import time
from datetime import timedelta

import pytest
from msgspec.structs import replace

from schemas.flow import Candidate, Item
from tests.deduplicate.newsroom import CUSTOMS, WINDOW, dividend, later
from transforms.deduplicate import match
from transforms.deduplicate.batch import place_batch
from transforms.deduplicate.compare import Comparison
from transforms.deduplicate.match import COPIES, NEWEST, OLDEST, KeyMatcher
from transforms.deduplicate.sketch import Sketcher

SKETCHER = Sketcher()
NAMES = ["Arvo", "Beka", "Corvin", "Dunya", "Eskil", "Farkas", "Gro", "Hedda", "Ilmar", "Jorun"]


def company(number: int) -> str:
    return " ".join(NAMES[int(digit)] for digit in f"{number:04}")


def dividends(number: int) -> Item:
    text = dividend(company(number), number + 2, company(9_999 - number))
    return later(f"{number:05}", number / 1000, text, f"{company(number)} sets dividend")


def test_a_template_sent_many_times_is_many_stories() -> None:
    places = place_batch((SKETCHER.sketch(dividends(number)) for number in range(400)), [], WINDOW)
    assert sum(place.relation == "lead" for place in places.values()) >= 395


def test_what_a_key_keeps_of_a_template_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    sketches = [SKETCHER.sketch(dividends(number)) for number in range(1_000)]
    key = min(set.intersection(*(set(sketch.keys) for sketch in sketches)))
    matcher = KeyMatcher(key, WINDOW)
    compared: list[Comparison] = []

    def judge(pair: Comparison) -> str:
        compared.append(pair)
        return "figures differ"

    monkeypatch.setattr(match, "judge", judge)
    for sketch in sketches:
        matcher.match(Candidate(sketch=sketch, known=False))
    assert len(matcher._oldest) <= OLDEST
    assert len(matcher._newest) <= NEWEST
    assert len(matcher._copies) <= COPIES
    assert 0 < len(compared) <= len(sketches) * (OLDEST + NEWEST + COPIES)


@pytest.mark.slow
def test_ten_thousand_of_a_template_cost_no_more_each_than_a_thousand() -> None:
    def seconds(count: int) -> float:
        sketches = [SKETCHER.sketch(dividends(number)) for number in range(count)]
        start = time.process_time()
        place_batch(sketches, [], WINDOW)
        return (time.process_time() - start) / count

    assert seconds(10_000) < 2 * seconds(1_000)


def test_a_story_copied_two_hundred_times_is_one() -> None:
    copies = [later(f"{n:03}", n / 10, f"{CUSTOMS}\nFirst published by newspaper number {n}.") for n in range(200)]
    places = place_batch(map(SKETCHER.sketch, copies), [], WINDOW)
    assert {place.story_id for place in places.values()} == {"000"}


def test_what_is_past_the_window_makes_room() -> None:
    matcher = KeyMatcher(0, WINDOW)
    for number in range(OLDEST):
        wire = dividends(number)
        moment = wire.published_at + timedelta(days=number)
        matcher.match(Candidate(sketch=SKETCHER.sketch(replace(wire, published_at=moment)), known=False))
    assert len(matcher._oldest) == 3
