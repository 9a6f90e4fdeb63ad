import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.flow import Enclosure, Entry, Feed, Item
from schemas.tables import Reject
from transforms.parse.boilerplate import block_hash
from transforms.parse.reading import TEXT_LIMIT, TITLE_LIMIT, read_entry

FETCHED = datetime(2024, 3, 6, 12, tzinfo=UTC)
LONG = "The court extended the detention of the missionary until May, his lawyer said on Tuesday."


class English:
    def detect(self, title: str, text: str, declared: str | None) -> str:
        return f"{declared} {len(title)} {len(text)}"


def entry(**fields: Any) -> Entry:
    published: dict[str, Any] = {
        "feed": Feed(feed_id="f1", url="https://news.example/feed", outlet="News"),
        "article_id": "a1",
        "version": 2,
        "previous_id": "a0",
        "previous_story_id": "s0",
        "document_url": "https://feeds.example/world.xml",
        "base_url": None,
        "guid": "g",
        "link": "https://news.example/a?utm_source=rss",
        "title": "Court extends detention",
        "summary": f"<p>{LONG}</p>",
        "content": "",
        "authors": ["Jane Doe"],
        "categories": ["Courts &amp; law"],
        "published": "Tue, 05 Mar 2024 10:00:00 GMT",
        "updated": "2024-03-06T10:00:00Z",
        "feed_date": None,
        "language": "en-GB",
        "source_title": None,
        "source_url": None,
        "images": [Enclosure(url="a.mp3", type="audio/mpeg"), Enclosure(url="/1.jpg", type="image/jpeg")],
        "boilerplate": [],
        "fetched_at": FETCHED,
    }
    return Entry(**(published | fields))


def read(counts: Counter[str] | None = None, **fields: Any) -> Item:
    counted: Counter[str] = Counter() if counts is None else counts
    item = read_entry(entry(**fields), run_id="r1", detector=English(), count=lambda name: counted.update([name]))
    assert isinstance(item, Item)
    return item


def test_an_entry_becomes_an_item() -> None:  # requirement 52, 56
    assert read() == Item(
        article_id="a1",
        version=2,
        previous_id="a0",
        previous_story_id="s0",
        feed_id="f1",
        outlet="News",
        guid="g",
        url="https://news.example/a?utm_source=rss",
        canonical_url="https://news.example/a",
        opaque_url=False,
        title="Court extends detention",
        text=LONG,
        summary=None,
        authors=["Jane Doe"],
        language=f"en-GB 23 {len(LONG)}",
        published_at=datetime(2024, 3, 5, 10, tzinfo=UTC),
        published_raw="Tue, 05 Mar 2024 10:00:00 GMT",
        date_quality="exact",
        updated_at=datetime(2024, 3, 6, 10, tzinfo=UTC),
        first_seen_at=FETCHED,
        origin_agency=None,
        dateline_place=None,
        categories=["Courts & law"],
        image_url="https://news.example/1.jpg",
        word_count=15,
        text_source="summary",
        boilerplate=[],
    )


def test_the_longest_text_is_the_text_and_the_summary_stays() -> None:  # requirement 50
    item = read(content=f"<p>{LONG}</p><p>{LONG}</p>", summary="Detention extended, says his lawyer in Moscow today")
    assert (item.text, item.text_source) == (f"{LONG}\n\n{LONG}", "content")
    assert item.summary == "Detention extended, says his lawyer in Moscow today"


@pytest.mark.parametrize("cut", ["", " [...]", "\u2026", " ..."])
def test_the_beginning_of_the_text_is_no_summary(cut: str) -> None:
    assert read(content=f"<p>{LONG}</p><p>{LONG}</p>", summary=f"{LONG[:50]}{cut}").summary is None


def test_a_summary_longer_than_the_content_is_the_text() -> None:
    item = read(content="<p>Subscribe to read on, please do</p>")
    assert (item.text, item.text_source, item.summary) == (LONG, "summary", None)


@pytest.mark.parametrize(
    "summary",
    [
        "",
        "Court extends detention",
        '<a href="https://news.google.com/x">Court extends detention</a>&nbsp;<font color="#6f6f6f">The Paper</font>',
        "<p>Court extends detention</p><p>Read more</p>",
    ],
)
def test_a_summary_that_repeats_the_headline_is_no_text(summary: str) -> None:  # requirement 50
    item = read(summary=summary)
    assert (item.text, item.text_source, item.summary) == ("Court extends detention", "title", None)


def test_an_item_may_be_no_more_than_a_link() -> None:
    item = read(title="", summary="")
    assert (item.title, item.text, item.text_source, item.word_count) == ("", "", "title", 0)


def test_boilerplate_is_left_out_of_the_text() -> None:
    footer = "Daily Planet, news since 1938"
    item = read(summary=f"<p>{LONG}</p><p>Advertisement</p><p>{footer}</p>", boilerplate=[block_hash(footer)])
    assert item.text == LONG
    assert item.boilerplate == [block_hash(footer)]


@pytest.mark.parametrize(
    ("fields", "agency", "place"),
    [
        ({"summary": f"SEOUL, Aug. 22 (Yonhap) -- {LONG}"}, "yonhap", "Seoul"),
        ({"authors": ["Associated Press"]}, "ap", None),
        ({"source_title": "Reuters"}, "reuters", None),
        ({"summary": f"{LONG} He told CNN so."}, None, None),
    ],
)
def test_origin_is_what_dateline_or_credit_names(fields: dict[str, Any], agency: str | None, place: str | None) -> None:
    item = read(**fields)
    assert (item.origin_agency, item.dateline_place) == (agency, place)


def test_the_dateline_stays_in_the_text() -> None:
    assert read(summary=f"SEOUL (Yonhap) -- {LONG}").text.startswith("SEOUL (Yonhap) -- ")


def test_a_google_news_item_keeps_its_source_as_attribution() -> None:  # requirement 53
    link = "https://news.google.com/rss/articles/CBMi?oc=5"
    rivals = (
        '<ol><li><a href="x">Court extends detention</a> The Paper</li><li><a href="y">Judge says no</a> Star</li></ol>'
    )
    item = read(title="Court extends detention - The Paper", link=link, source_title="The Paper", summary=rivals)
    assert (item.title, item.url, item.opaque_url) == ("Court extends detention", link, True)
    assert (item.text, item.text_source) == ("Court extends detention", "title")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", " "])
def test_links_that_lead_nowhere_are_no_links(link: str) -> None:
    assert read(link=link).url is None


def test_limits_are_kept_and_counted() -> None:  # requirement 63
    counts: Counter[str] = Counter()
    item = read(
        counts, title="t" * 5_000, content="word " * 50_000, link=f"https://news.example/{'a' * 3_000}", summary=""
    )
    assert (len(item.title), len(item.text), item.url) == (TITLE_LIMIT, TEXT_LIMIT, None)
    assert counts == {"titles_cut": 1, "texts_cut": 1, "urls_dropped": 1}


def test_an_entry_with_nothing_is_a_reject_that_keeps_it() -> None:
    empty = entry(title=" ", summary="<p></p>", link=None)
    reject = read_entry(empty, run_id="r1", detector=English(), count=print)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason, reject.feed_id, reject.run_id) == ("entry", "empty_entry", "f1", "r1")
    assert (reject.url, reject.rejected_at) == ("https://feeds.example/world.xml", FETCHED)
    assert json.loads(reject.raw)["summary"] == "<p></p>"
    assert "feed" not in json.loads(reject.raw)  # its address may hold credentials


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "title": st.text(max_size=30),
            "summary": st.text(max_size=80),
            "content": st.text(max_size=80),
            "link": st.none() | st.text(max_size=30),
            "published": st.none() | st.text(max_size=30),
            "updated": st.none() | st.text(max_size=30),
            "authors": st.lists(st.text(max_size=20), max_size=2),
            "source_title": st.none() | st.text(max_size=20),
            "base_url": st.none() | st.text(max_size=20),
        },
    )
)
def test_nothing_in_an_entry_makes_reading_fail(fields: dict[str, Any]) -> None:
    read_entry(entry(**fields), run_id="r1", detector=English(), count=lambda _name: None)
