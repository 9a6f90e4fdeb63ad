from datetime import UTC, datetime
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing import test_pipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.coder import RecordCoder
from schemas.flow import Entry, Feed, Item
from schemas.tables import Reject
from transforms.parse.transform import ParseEntries

FETCHED = datetime(2026, 3, 5, 12, tzinfo=UTC)


def entry(**fields: Any) -> Entry:
    published: dict[str, Any] = {
        "feed": Feed(feed_id="f1", url="https://news.example/feed", outlet="News"),
        "article_id": "a1",
        "version": 1,
        "previous_id": None,
        "previous_story_id": None,
        "document_url": "https://news.example/feed",
        "base_url": None,
        "guid": None,
        "link": None,
        "title": "",
        "summary": "",
        "content": "",
        "authors": [],
        "categories": [],
        "published": None,
        "updated": None,
        "feed_date": None,
        "language": None,
        "source_title": None,
        "source_url": None,
        "images": [],
        "boilerplate": [],
        "fetched_at": FETCHED,
    }
    return Entry(**(published | fields))


def test_every_entry_becomes_an_item_or_a_reject() -> None:
    entries = [entry(article_id="a1", title="Court extends detention"), entry(article_id="a2")]
    with test_pipeline.TestPipeline() as pipeline:
        parsed = pipeline | beam.Create(entries) | ParseEntries("run-1")
        titles = parsed.items | "Titles" >> beam.Map(_title)
        reasons = parsed.rejects | "Reasons" >> beam.Map(_reason)
        assert_that(titles, equal_to([("a1", "Court extends detention")]), label="items")
        assert_that(reasons, equal_to([("entry", "empty_entry", "run-1")]), label="rejects")


@pytest.mark.parametrize(("output", "record"), [("items", Item), ("rejects", Reject)])
def test_outputs_travel_by_the_coder_of_their_record(output: str, record: type) -> None:
    parsed = beam.Pipeline() | beam.Create([entry()]) | ParseEntries("run-1")
    assert getattr(parsed, output).element_type is record
    assert isinstance(beam.coders.registry.get_coder(record), RecordCoder)


def test_what_was_done_is_counted() -> None:
    entries = [entry(title="Court extends detention"), entry(title="t" * 2_000), entry()]
    pipeline = test_pipeline.TestPipeline()
    _ = pipeline | beam.Create(entries) | ParseEntries("run-1")
    result = pipeline.run()
    result.wait_until_finish()
    counters = result.metrics().query()["counters"]
    counted = {
        counter.key.metric.name: counter.committed for counter in counters if counter.key.metric.namespace == "parse"
    }
    assert counted == {"items": 2, "rejects": 1, "titles_cut": 1}


def _title(item: Item) -> tuple[str, str]:
    return item.article_id, item.title


def _reason(reject: Reject) -> tuple[str, str, str]:
    return reject.stage, reject.reason, reject.run_id
