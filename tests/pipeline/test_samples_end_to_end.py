"""The sample feeds through the whole pipeline, row by row against what an editor expects of them."""

import tomllib
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.sample_server import serve
from schemas.feeds_file import load_feeds
from schemas.tables import TABLES
from tests.pipeline.newsroom import rows, run
from tests.samples.documents import place
from tests.samples.expectations import SAMPLES, SNAPSHOTS, ExpectedArticle, ExpectedStory, Snapshot, load

EXPECTED = load()
SEEN_AT: dict[Snapshot, datetime] = {
    "first": datetime(2026, 3, 5, 23, 30, tzinfo=UTC),
    "later": datetime(2026, 3, 6, 18, 30, tzinfo=UTC),
    "latest": datetime(2026, 3, 7, 3, 30, tzinfo=UTC),
}
"""When each snapshot is polled."""

KNOWN_MISSES = tomllib.loads((Path(__file__).parents[1] / "samples" / "known_misses.toml").read_text())

Key = tuple[str, str | None, str, int]


class Ingested:
    """The output after the three snapshots, each seen by a run of its own."""

    def __init__(self, output: str, runs: dict[Snapshot, str], rejected_after: dict[Snapshot, int]) -> None:
        self.runs = runs
        self.rejected_after = rejected_after
        self.tables = {table: rows(output, table) for table in TABLES}
        self.articles: dict[Key, dict[str, Any]] = {
            (row["feed_id"], row["guid"], row["title"], row["version"]): row for row in self.tables["articles"]
        }
        by_id = {row["story_id"]: row for row in self.tables["stories"]}
        self.stories: dict[str, dict[str, Any]] = {
            story.name: by_id[self.articles[key(story.lead)]["story_id"]]
            for story in EXPECTED.stories.values()
            if key(story.lead) in self.articles
        }


def key(article: ExpectedArticle) -> Key:
    return article.feed, article.guid, article.title, article.version


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    folder = tmp_path_factory.mktemp("samples")
    output = str(tmp_path_factory.mktemp("output"))
    runs: dict[Snapshot, str] = {}
    rejects: dict[Snapshot, int] = {}
    with serve(folder) as base_url:
        for snapshot in SNAPSHOTS:
            place(snapshot, folder)
            feeds = [replace(feed, private_network=True) for feed in load_feeds(SAMPLES / "feeds.toml", base_url)]
            runs[snapshot] = run(feeds, output, partial(SEEN_AT.__getitem__, snapshot)).run_id
            rejects[snapshot] = len(rows(output, "rejects"))
    return Ingested(output, runs, rejects)


def test_every_article_is_there_and_no_other(ingested: Ingested) -> None:
    assert set(ingested.articles) == {key(article) for article in EXPECTED.articles}


@pytest.mark.parametrize("expected", EXPECTED.articles, ids=lambda article: f"{article.feed}/{article.title[:40]}")
def test_article(ingested: Ingested, expected: ExpectedArticle) -> None:
    row = ingested.articles[key(expected)]
    lead_row = ingested.articles[key(EXPECTED.stories[expected.story].lead)]
    assert row["story_id"] == lead_row["article_id"], f"belongs to {expected.story}"
    assert row["relation"] == expected.relation
    assert row["title"] == expected.title
    assert row["language"] == expected.language
    assert row["date_quality"] == expected.date_quality
    assert row["dateline_place"] == expected.dateline_place
    assert row["origin_agency"] == expected.origin_agency
    assert row["run_id"] == ingested.runs[expected.snapshot]
    if expected.published_at is not None:
        assert row["published_at"] == expected.published_at
    if expected.date_quality in {"missing", "unreadable", "future", "ancient"}:
        assert row["published_at"] == row["first_seen_at"]
    assert (row["matched_article_id"] is None) == (expected.relation == "lead")


@pytest.mark.parametrize("expected", EXPECTED.stories.values(), ids=lambda story: story.name)
def test_story(ingested: Ingested, expected: ExpectedStory) -> None:
    row = ingested.stories[expected.name]
    assert set(expected.countries) - set(row["countries"]) == set()
    assert set(expected.cites) - set(row["cited_agencies"]) == set()
    assert misses(row, expected) == KNOWN_MISSES.get(expected.name, {}), "see known_misses.toml"


def misses(row: dict[str, Any], expected: ExpectedStory) -> dict[str, list[Any]]:
    """Where the story's names and topics are not what an editor expects."""
    mentions = {(entity["text"], entity["label"]) for entity in row["entities"]}
    slugs = set(row["topic_slugs"])
    wanted = {*(expected.topics or []), *expected.topics_include}
    exact = expected.topics is not None
    wrong = slugs - wanted - set(expected.topics_may) if exact else slugs & set(expected.topics_exclude)
    found: dict[str, list[Any]] = {
        "entities": [list(mention) for mention in expected.entities if tuple(mention) not in mentions],
        "topics_missed": sorted(wanted - slugs),
        "topics_wrong": sorted(wrong),
    }
    return {kind: values for kind, values in found.items() if values}


def test_spans_point_at_their_words(ingested: Ingested) -> None:
    seen = 0
    for row in ingested.tables["stories"]:
        for entity in row["entities"]:
            assert row["text"][entity["start"] : entity["end"]] == entity["text"]
        for topic in row["topics"]:
            for evidence in topic["evidence"]:
                assert row[evidence["field"]][evidence["start"] : evidence["end"]] == evidence["text"]
                seen += 1
        assert row["topic_slugs"] == [topic["slug"] for topic in row["topics"]]
    assert seen > 100


@pytest.mark.parametrize("look_alikes", EXPECTED.look_alikes, ids=lambda group: f"{group.kind}/{group.stories[0]}")
def test_look_alikes_stay_apart(ingested: Ingested, look_alikes: Any) -> None:
    ids = [ingested.stories[name]["story_id"] for name in look_alikes.stories]
    assert len(set(ids)) == len(ids), look_alikes.why


@pytest.mark.parametrize("expected", EXPECTED.documents, ids=lambda document: document.file)
def test_document(ingested: Ingested, expected: Any) -> None:
    (fetch,) = [
        row
        for row in ingested.tables["fetches"]
        if row["feed_id"] == expected.feed and row["run_id"] == ingested.runs[expected.snapshot]
    ]
    assert fetch["outcome"] == expected.outcome
    assert (fetch["items"], fetch["new_items"], fetch["revised_items"]) == (
        expected.items,
        expected.new_items,
        expected.revised_items,
    )


def test_rejects(ingested: Ingested) -> None:
    found = sorted((row["feed_id"], row["stage"]) for row in ingested.tables["rejects"])
    assert found == sorted((reject.feed, reject.stage) for reject in EXPECTED.rejects)
    assert ingested.rejected_after["first"] == ingested.rejected_after["latest"], "the same bytes are kept once"


def test_nothing_is_lost(ingested: Ingested) -> None:
    counted = sum(row["new_items"] + row["revised_items"] for row in ingested.tables["fetches"])
    entries = sum(row["stage"] == "entry" for row in ingested.tables["rejects"])
    assert counted == len(ingested.tables["articles"]) + entries


def test_no_row_is_without_meaning(ingested: Ingested) -> None:
    empty = {
        (table, name)
        for table in TABLES
        for name in ingested.tables[table][0]
        if all(row[name] in (None, [], "") for row in ingested.tables[table])
    }
    assert empty == {("stories", "case_ids")}, "cases come with a later issue"
    assert all(row["published_at"] <= SEEN_AT["latest"] for row in ingested.tables["articles"])
