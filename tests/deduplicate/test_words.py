import pytest

from tests.deduplicate.newsroom import CUSTOMS, item
from transforms.deduplicate.words import own_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. troops left.", ["us", "troops", "left"]),
        ("Smith\u2019s and Smith's dog", ["smith", "and", "smith", "dog"]),
        ("Mr. Rahami \u2019 s car", ["mr", "rahami", "car"]),
        ("1,981,681 leva, 1.98 mln", ["1,981,681", "leva", "1.98", "mln"]),
        ("\uff26\uff35\uff2c\uff2c width", ["full", "width"]),
        ("北京 talks", ["北", "京", "talks"]),
        ("", []),
    ],
)
def test_spelling_variants_are_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"VARNA, March 5 (Reuters) - {CUSTOMS}",
        f"VARNA (AP) \u2014 {CUSTOMS}",
        f"{CUSTOMS}\n(Reporting by Ana Petrova; Editing by John Miles)",
    ],
)
def test_dateline_and_credit_do_not_count(text: str) -> None:
    assert own_words(item("a", text=text)).body == words(CUSTOMS)


def test_an_update_marker_is_no_part_of_the_headline() -> None:
    assert own_words(item("a", title="UPDATE 2 - Bank raises rates")).title == ["bank", "raises", "rates"]


def test_quotations_are_told_by_their_speaker() -> None:
    told = own_words(
        item("a", text=f"{CUSTOMS} \u201cWe were paid to look away every single night,\u201d he said.")
    ).told
    assert "paid" not in told
    assert told[-2:] == ["he", "said"]


def test_a_quotation_cut_by_the_feed_is_still_one() -> None:
    cut = own_words(item("a", text=f"{CUSTOMS} \u201cWe were paid to look away every single ..."))
    assert cut.told == words(CUSTOMS)


def test_an_item_that_is_but_a_quotation_keeps_it() -> None:
    assert (
        "paid" in own_words(item("a", text="\u201cWe were paid to look away every single night of the year\u201d")).told
    )


def test_a_text_that_is_the_headline_is_no_body() -> None:
    assert own_words(item("a", text="Bank raises rates", text_source="title")).body == []
