"""The sample feeds hold what their expectation file promises, as seen without the pipeline."""

import csv
import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import feedparser
import pytest

from tests.samples.documents import SampleItem, read, words
from tests.samples.expectations import SAMPLES, Expectations, ExpectedArticle, LookAlike, load

TRAPS = {
    "verbatim": 6,
    "trimmed": 8,
    "boilerplate": 10,
    "dateline": 4,
    "credit": 3,
    "caption": 1,
    "headline": 12,
    "light-edit": 5,
    "excerpt": 4,
    "same-url": 8,
    "revision": 4,
    "headline-changed": 3,
    "text-changed": 3,
    "earlier-day": 4,
    "listed-twice": 1,
    "no-guid": 12,
    "repeated-guid": 2,
    "odd-date": 20,
    "named-zone": 8,
    "no-date": 2,
    "naive-date": 1,
    "date-only": 1,
    "future-date": 1,
    "ancient-date": 1,
    "figure-form": 2,
    "headline-only": 2,
    "same-headline": 2,
    "markup-title": 4,
    "source-suffix": 1,
    "non-english": 5,
    "later-than-copy": 1,
}
"""Each way in which an item is hard, and how often it occurs at least."""

LOOK_ALIKES: dict[LookAlike, int] = {"template": 7, "independent": 8, "next-lead": 3, "digest": 3}
UNDATED = {"missing", "unreadable", "ancient", "future"}
FORMATS = {"rss20", "atom10", "rss10"}


@pytest.fixture(scope="module")
def expectations() -> Expectations:
    return load()


@pytest.fixture(scope="module")
def documents(expectations: Expectations) -> dict[str, list[SampleItem]]:
    """Every sample document that is a feed, by its path."""
    return {
        document.file: read(SAMPLES / document.file)
        for document in expectations.documents
        if document.outcome != "not_a_feed"
    }


@pytest.fixture(scope="module")
def items(expectations: Expectations, documents: dict[str, list[SampleItem]]) -> dict[tuple[str, str, int], SampleItem]:
    """The item behind each expected article, by story, feed and version."""
    return {(a.story, a.feed, a.version): _find(a, expectations, documents) for a in expectations.articles}


def _find(article: ExpectedArticle, expectations: Expectations, documents: dict[str, list[SampleItem]]) -> SampleItem:
    file = next(d.file for d in expectations.documents if (d.feed, d.snapshot) == (article.feed, article.snapshot))
    found = {item for item in documents[file] if (item.guid, item.title) == (article.guid, article.title)}
    assert len(found) == 1, f"{article.feed}: {article.key!r} names {len(found)} items of {file}"
    return found.pop()


def test_the_files_agree(expectations: Expectations) -> None:
    listed = {document.file for document in expectations.documents}
    on_disk = {
        path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.*") if path.suffix not in {".toml", ".md"}
    }
    assert listed == on_disk
    configured = tomllib.loads((SAMPLES / "feeds.toml").read_text(encoding="utf-8"))["feeds"]
    first = {document.feed: document.file for document in expectations.documents if document.snapshot == "first"}
    assert {feed["id"]: feed["url"] for feed in configured} == first
    assert len({feed["outlet"] for feed in configured}) >= 8


def test_the_collection_is_broad(documents: dict[str, list[SampleItem]]) -> None:
    versions = Counter(feedparser.parse((SAMPLES / file).read_bytes()).version for file in documents)
    assert set(versions) >= FORMATS
    assert sum(file.endswith(".json") for file in documents) >= 1
    first = [item for file, listed in documents.items() if "/" not in file for item in listed]
    lengths = [len(words(item.text)) for item in first]
    assert len(first) >= 135
    assert sum(length >= 80 for length in lengths) >= 60
    assert sum(10 <= length <= 60 for length in lengths) >= 40


def test_every_document_has_the_items_that_are_counted(
    expectations: Expectations, documents: dict[str, list[SampleItem]]
) -> None:
    for document in expectations.documents:
        distinct = set(documents.get(document.file, []))
        assert len(distinct) + _unusable(document.feed, expectations) == document.items, document.file


def test_every_item_is_expected_and_every_expectation_exists(
    expectations: Expectations, documents: dict[str, list[SampleItem]], items: dict[tuple[str, str, int], SampleItem]
) -> None:
    expected = {(article.feed, article.guid, article.title) for article in expectations.articles}
    for document in expectations.documents:
        for item in documents.get(document.file, []):
            assert (document.feed, item.guid, item.title) in expected, document.file
    assert len(items) == len(expectations.articles)


def test_counts_of_new_and_revised_items_follow_from_the_articles(expectations: Expectations) -> None:
    for document in expectations.documents:
        shown = [a for a in expectations.articles if (a.feed, a.snapshot) == (document.feed, document.snapshot)]
        assert document.revised_items == sum(a.relation == "revision" for a in shown), document.file
        unusable = _unusable(document.feed, expectations) if document.snapshot == "first" else 0
        assert document.new_items == sum(a.relation != "revision" for a in shown) + unusable, document.file


def test_every_trap_is_set(expectations: Expectations) -> None:
    traps = Counter(trap for article in expectations.articles for trap in article.traps)
    assert set(traps) == set(TRAPS)
    assert {trap: count for trap, count in traps.items() if count < TRAPS[trap]} == {}
    kinds = Counter(group.kind for group in expectations.look_alikes)
    assert all(kinds[kind] >= least for kind, least in LOOK_ALIKES.items())


def test_each_story_has_one_lead_and_it_was_published_first(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for story in expectations.stories.values():
        assert [a.relation == "lead" for a in story.articles] == [True] + [False] * (len(story.articles) - 1)
        stamps = {
            a.feed: _published(a, items)
            for a in story.articles
            if a.snapshot == story.lead.snapshot and a.date_quality not in UNDATED
        }
        if len(stamps) > 1:
            assert min(stamps, key=lambda feed: stamps[feed]) == story.lead.feed, story.name
            assert Counter(stamps.values())[stamps[story.lead.feed]] == 1, f"{story.name}: two were first"


def test_a_copy_repeats_its_lead_and_an_excerpt_is_a_small_part_of_it(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for article in expectations.articles:
        if article.relation not in {"copy", "excerpt"}:
            continue
        lead = expectations.stories[article.story].lead
        whole = _shingles(items[lead.story, lead.feed, 1].text)
        part = _shingles(items[article.story, article.feed, article.version].text)
        inside = len(whole & part) / min(len(whole), len(part))
        enough = 0.85 if article.relation == "copy" else 0.7
        assert inside >= enough, f"{article.feed}: {article.title} shares {inside:.2f}"
        kept = len(whole & part) / len(whole)
        assert (kept < 0.4) == (article.relation == "excerpt"), f"{article.feed}: {article.title} keeps {kept:.2f}"


def test_independent_reports_share_hardly_a_phrase(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for group in expectations.look_alikes:
        if group.kind not in {"independent", "next-lead"}:
            continue
        shingles = [_shingles(_lead_text(name, expectations, items)) for name in group.stories]
        for number, one in enumerate(shingles):
            for other in shingles[number + 1 :]:
                assert len(one & other) / min(len(one), len(other)) < 0.12, group.why


def test_templates_differ_in_their_figures(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for group in expectations.look_alikes:
        if group.kind == "template":
            figures = [
                frozenset(re.findall(r"\d[\d.,:-]*", _lead_text(name, expectations, items))) for name in group.stories
            ]
            assert len(set(figures)) == len(figures), group.why


def test_the_same_page_is_linked_with_other_tracking(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for article in expectations.articles:
        if article.relation == "same_url":
            lead = expectations.stories[article.story].lead
            link, original = (items[a.story, a.feed, 1].link for a in (article, lead))
            assert link != original
            assert link.partition("?")[0] == original.partition("?")[0]


def test_a_revision_changes_title_or_text_of_an_item_seen_before(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for article in expectations.articles:
        if article.relation == "revision":
            before, after = (items[article.story, article.feed, article.version - back] for back in (1, 0))
            assert (before.guid, before.link) == (after.guid, after.link)
            assert (before.title != after.title) == ("headline-changed" in article.traps)
            assert (before.text != after.text) == ("text-changed" in article.traps)


def test_an_item_disappears_and_comes_back(documents: dict[str, list[SampleItem]]) -> None:
    first, later, latest = (
        {item.guid for item in documents[f"{folder}meridian-world.xml"]} for folder in ("", "later/", "latest/")
    )
    assert (first & latest) - later


def test_expected_names_stand_in_the_text(
    expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]
) -> None:
    for story in expectations.stories.values():
        text = _lead_text(story.name, expectations, items)
        assert [name for name, _ in story.entities if name not in text] == [], story.name


def test_a_misspelt_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "expected.toml"
    path.write_text(
        (SAMPLES / "expected.toml").read_text(encoding="utf-8").replace("topics_may =", "topics_might =", 1)
    )
    with pytest.raises(ValueError, match="topics_might"):
        load(path)


@pytest.mark.data
def test_topics_are_those_of_the_taxonomy(expectations: Expectations, shared_data: Path) -> None:
    with (shared_data / "topics" / "case_topics.csv").open(encoding="utf-8") as file:
        slugs = {row["slug"] for row in csv.DictReader(file)}
    named = {
        slug
        for story in expectations.stories.values()
        for slug in (*(story.topics or ()), *story.topics_may, *story.topics_include, *story.topics_exclude)
    }
    assert named <= slugs


@pytest.mark.slow
@pytest.mark.data
def test_no_text_is_taken_from_the_corpora(documents: dict[str, list[SampleItem]], shared_data: Path) -> None:
    """No ten words in a row of a sample stand in any text the project only borrows."""
    own = {shingle for listed in documents.values() for item in listed for shingle in _shingles(item.text, 10)}
    for text in _corpora(shared_data):
        assert own.isdisjoint(_shingles(text, 10)), text[:200]


def _unusable(feed: str, expectations: Expectations) -> int:
    return sum((reject.feed, reject.stage) == (feed, "entry") for reject in expectations.rejects)


def _published(article: ExpectedArticle, items: dict[tuple[str, str, int], SampleItem]) -> datetime:
    published = article.published_at or items[article.story, article.feed, article.version].published
    assert published, f"{article.feed}: {article.title}: no date can be read and none is stated"
    return published


def _lead_text(story: str, expectations: Expectations, items: dict[tuple[str, str, int], SampleItem]) -> str:
    lead = items[story, expectations.stories[story].lead.feed, 1]
    return lead.text or lead.title


def _shingles(text: str, size: int = 3) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1)}


def _corpora(shared_data: Path) -> Iterator[str]:
    yield (shared_data.parent / "seed.txt").read_text(encoding="utf-8")
    for name in ("dedupe/reuters_wires.jsonl.gz", "text/us_news_articles.jsonl.gz"):
        with gzip.open(shared_data / name, "rt", encoding="utf-8") as file:
            yield from _texts(file)
    with (shared_data / "cases" / "neus_events.jsonl").open(encoding="utf-8") as file:
        yield from _texts(file)


def _texts(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        record = json.loads(line)
        values = record.values() if isinstance(record, dict) else record
        yield " ".join(value for value in values if isinstance(value, str))
