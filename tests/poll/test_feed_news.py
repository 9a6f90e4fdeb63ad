"""What is news in a document: new, revised, known, dropped, back again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from schemas.flow import Feed
from schemas.memory import FeedMemory
from transforms.parse.document import FeedDocument, RawEntry
from transforms.poll.ledger import article_id
from transforms.poll.news import News, find_news

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEED = Feed(feed_id="paper", url="https://paper.example/feed", outlet="Paper")
EMPTY = FeedMemory(feed_id="paper", url=FEED.url)


def raw(name: str, text: str = "", *, link: str | None = None) -> RawEntry:
    return RawEntry(
        guid=name,
        link=link or f"https://paper.example/stories/{name}.html",
        title=f"The story of {name}",
        summary=text or f"What {name} is about.",
        content="",
        authors=[],
        categories=[],
        published=None,
        updated=None,
        language=None,
        source_title=None,
        source_url=None,
        images=[],
        base_url=None,
    )


def document(*entries: RawEntry) -> FeedDocument:
    return FeedDocument(
        title="Paper",
        link=None,
        language="en",
        ttl_s=None,
        date="Mon, 02 Mar 2026",
        hub=None,
        self_url=None,
        entries=list(entries),
    )


def find(memory: FeedMemory, *entries: RawEntry, now: datetime = NOW, partial: bool = False) -> tuple[News, FeedMemory]:
    """What is found, and the memory after it."""
    news = find_news(FEED, memory, document(*entries), url=FEED.url, partial=partial, now=now)
    return news, changed(
        memory, entries=news.listed, identity=news.identity, blocks=news.blocks, last_success_at=now, last_full_at=now
    )


def test_everything_is_new_at_first() -> None:
    news, memory = find(EMPTY, raw("flood"), raw("strike"))
    assert (news.items, news.new, news.known, news.overlap) == (2, 2, 0, None)
    assert [(entry.version, entry.previous_id, entry.previous_story_id) for entry in news.entries] == [
        (1, None, None)
    ] * 2
    assert [entry.article_id for entry in news.entries] == [listed.article_id for listed in memory.entries]
    assert (news.entries[0].language, news.entries[0].feed_date) == ("en", "Mon, 02 Mar 2026")
    assert news.entries[0].fetched_at == NOW


def test_the_same_again_is_known() -> None:
    _, memory = find(EMPTY, raw("flood"))
    news, _ = find(memory, raw("flood"), raw("strike"))
    assert (news.new, news.known, news.overlap) == (1, 1, 0.5)
    assert [entry.guid for entry in news.entries] == ["strike"]


def test_nothing_in_common_is_a_gap() -> None:  # requirement 27
    _, memory = find(EMPTY, raw("flood"))
    assert find(memory, raw("strike"))[0].overlap == 0.0


def test_another_text_is_a_version() -> None:  # requirement 57
    _, memory = find(EMPTY, raw("flood"))
    first = memory.entries[0].article_id
    memory = changed(memory, entries=[changed(memory.entries[0], story_id="story")])
    news, memory = find(memory, raw("flood", "The dam broke."))
    (entry,) = news.entries
    assert (news.new, news.revised, news.known, news.overlap) == (0, 1, 0, 1.0)
    assert (entry.version, entry.previous_id, entry.previous_story_id) == (2, first, "story")
    assert entry.article_id != first
    assert find(memory, raw("flood", "The dam broke."))[0].known == 1


def test_versions_end_at_twenty_four() -> None:  # requirement 57, lemon24/reader#225
    memory, revised = EMPTY, 0
    for count in range(40):
        news, memory = find(memory, raw("flood", f"{count} readers liked this."))
        revised += news.revised
    assert (revised, memory.entries[0].version) == (23, 24)


def test_what_comes_back_within_a_week_is_not_new() -> None:
    _, memory = find(EMPTY, raw("flood"), raw("strike"))
    _, memory = find(memory, raw("strike"), now=NOW + timedelta(days=1))
    news, _ = find(memory, raw("flood"), raw("strike"), now=NOW + timedelta(days=7))
    assert news.known == 2
    news, _ = find(memory, raw("strike"), now=NOW + timedelta(days=9))
    assert len(news.listed) == 1


def test_what_was_listed_all_along_is_remembered_from_its_end() -> None:
    """A document that stood unchanged for a month listed its entries for a month (304s do not touch them)."""
    _, memory = find(EMPTY, raw("flood"))
    memory = changed(memory, last_success_at=NOW + timedelta(days=30))
    _, memory = find(memory, raw("strike"), now=NOW + timedelta(days=30, hours=1))
    news, _ = find(memory, raw("flood"), now=NOW + timedelta(days=33))
    assert (news.new, news.known) == (0, 1)


def test_a_partial_document_drops_nothing() -> None:  # requirement 7
    _, memory = find(EMPTY, raw("flood"))
    for day in range(30):
        _, memory = find(memory, raw(f"part{day}"), now=NOW + timedelta(days=day), partial=True)
    assert find(memory, raw("flood"), now=NOW + timedelta(days=30))[0].known == 1


def test_a_new_guid_on_the_same_page_is_the_same_entry() -> None:  # requirement 44
    link = "https://paper.example/stories/flood-in-the-valley.html"
    _, memory = find(EMPTY, raw("flood", link=link))
    news, memory = find(memory, replace(raw("flood", link=link), guid="flood-2"))
    assert (news.new, news.known, len(memory.entries)) == (0, 1, 1)
    assert find(memory, replace(raw("flood", link=link), guid="flood-2"))[0].known == 1


def test_an_entry_that_is_still_listed_is_not_taken_for_another() -> None:  # requirement 44
    link = "https://paper.example/stories/flood-in-the-valley.html"
    _, memory = find(EMPTY, raw("flood", link=link))
    other = replace(raw("flood-2", link=link), guid="flood-2")
    news, _ = find(memory, other, raw("flood", link="https://paper.example/stories/flood-day-two.html"))
    assert (news.new, news.known) == (1, 1)
    assert [entry.guid for entry in news.entries] == ["flood-2"]


def test_one_guid_for_all_neither_swallows_nor_floods() -> None:  # requirement 45, miniflux#4197
    entries = [replace(raw(name), guid="same") for name in ("flood", "strike", "vote")]
    news, memory = find(EMPTY, *entries)
    assert (news.new, news.identity) == (3, "link")
    assert find(memory, *entries)[0].known == 3


def test_an_entry_listed_twice_counts_once() -> None:
    news, _ = find(EMPTY, raw("flood"), raw("flood"))
    assert (news.items, news.new) == (1, 1)


def test_memory_is_bounded() -> None:
    memory = EMPTY
    for batch in range(4):
        names = [raw(f"story{batch}x{number}") for number in range(1_500)]
        _, memory = find(memory, *names, now=NOW + timedelta(minutes=batch))
    assert len(memory.entries) == 4_000
    assert find(memory, *names, now=NOW + timedelta(hours=1))[0].known == 1_500


def test_blocks_that_recur_are_learned() -> None:
    memory = EMPTY
    for number in range(6):
        news, memory = find(memory, raw(f"story{number}", f"<p>Story {number}.</p><p>Call us on Mondays.</p>"))
    assert len(news.entries[0].boilerplate) == 1


def test_ids_depend_on_feed_identity_and_version_only() -> None:
    assert article_id("paper", 7, 1) == article_id("paper", 7, 1)
    assert (
        len({article_id("paper", 7, 1), article_id("paper", 7, 2), article_id("paper", 8, 1), article_id("post", 7, 1)})
        == 4
    )
    assert len(article_id("paper", 7, 1)) == 32


@given(st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=6))
def test_every_item_is_new_exactly_once(polls: list[list[int]]) -> None:
    memory, seen = EMPTY, []
    for poll in polls:
        news, memory = find(memory, *[raw(f"story{number}") for number in poll])
        seen += [entry.guid for entry in news.entries]
        assert news.items == news.new + news.known == len(set(poll))
    assert sorted(filter(None, seen)) == sorted({f"story{number}" for poll in polls for number in poll})
