from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to

from schemas.flow import Item
from schemas.memory import Sketch
from tests.deduplicate.newsroom import CUSTOMS, GLACIER, GLACIER_TITLE, LIBRARY, LIBRARY_TITLE, MORNING, item, later
from transforms.deduplicate.sketch import Sketcher
from transforms.deduplicate.transform import Deduplicate

Row = tuple[str, str, str]
SKETCHER = Sketcher()


def place(items: Sequence[Item], remembered: Sequence[Sketch], expected: Sequence[Row]) -> None:
    """Checks article_id, story_id and relation of every article, and that leads and sketches agree with them."""
    leads = [article_id for article_id, _, relation in expected if relation == "lead"]
    with beam.Pipeline("FnApiRunner") as pipeline:
        placed = (
            pipeline | "Items" >> beam.Create(items).with_output_types(Item),
            pipeline | "Sketches" >> beam.Create(remembered).with_output_types(Sketch),
        ) | Deduplicate("run-1")
        rows = placed.articles | beam.Map(lambda row: (row.article_id, row.story_id, row.relation))
        assert_that(rows, equal_to(list(expected)), "articles")
        assert_that(placed.leads | "id" >> beam.Map(lambda lead: lead.article_id), equal_to(leads), "leads")
        sketches = placed.sketches | beam.Map(lambda sketch: (sketch.article_id, sketch.story_id))
        assert_that(sketches, equal_to([row[:2] for row in expected]), "sketches")


def test_a_copy_joins_the_earliest_article_and_another_story_stands_alone() -> None:
    place(
        [later("late", 2), item("early"), item("other", LIBRARY, LIBRARY_TITLE)],
        [],
        [("early", "early", "lead"), ("late", "early", "copy"), ("other", "other", "lead")],
    )


def test_a_copy_dated_before_a_remembered_story_joins_it() -> None:
    place([later("copy", -5)], [SKETCHER.sketch(item("seen"))], [("copy", "seen", "copy")])


def test_an_undated_item_counts_as_published_when_it_was_seen() -> None:
    undated = item("undated", published_at=MORNING - timedelta(days=900), date_quality="ancient")
    place([undated, item("dated")], [], [("undated", "dated", "copy"), ("dated", "dated", "lead")])


def test_after_the_window_the_same_text_is_a_story_again() -> None:
    place([later("b", 73), item("a")], [], [("a", "a", "lead"), ("b", "b", "lead")])


def test_a_short_part_is_an_excerpt() -> None:
    opening = " ".join(CUSTOMS.split()[:40])
    place([item("a"), later("b", 1, opening)], [], [("a", "a", "lead"), ("b", "a", "excerpt")])


def test_a_page_in_two_feeds_is_one_whatever_they_say_of_it() -> None:
    url = "https://example.com/news/4711"
    place(
        [item("a", canonical_url=url), later("b", 1, LIBRARY, LIBRARY_TITLE, canonical_url=url)],
        [],
        [("a", "a", "lead"), ("b", "a", "same_url")],
    )


def test_a_home_page_or_a_redirector_is_no_page() -> None:
    home: dict[str, Any] = {"canonical_url": "https://example.com/"}
    opaque: dict[str, Any] = {"canonical_url": "https://t.co/x", "opaque_url": True}
    place(
        [
            item("a", **home),
            later("b", 1, LIBRARY, LIBRARY_TITLE, **home),
            item("c", GLACIER, GLACIER_TITLE, **opaque),
            later("d", 1, "A whale swam up the Thames on Friday, to the delight of school classes.", "Whale", **opaque),
        ],
        [],
        [(id_, id_, "lead") for id_ in "abcd"],
    )


def test_one_feed_may_link_several_items_to_one_page() -> None:
    live: dict[str, Any] = {"canonical_url": "https://example.com/live", "feed_id": "live"}
    place(
        [item("a", **live), later("b", 1, LIBRARY, LIBRARY_TITLE, **live)],
        [],
        [("a", "a", "lead"), ("b", "b", "lead")],
    )


def test_a_revision_stays_in_its_story_whatever_it_says() -> None:
    place(
        [item("v2", LIBRARY, previous_id="v1", previous_story_id="s", version=2)],
        [],
        [("v2", "s", "revision")],
    )


def test_a_revision_finds_the_version_before_it_in_the_run_or_the_memory() -> None:
    changes: dict[str, Any] = {"previous_id": "v1", "version": 2}
    place([item("v1"), item("v2", LIBRARY, **changes)], [], [("v1", "v1", "lead"), ("v2", "v1", "revision")])
    place([item("v2", LIBRARY, **changes)], [SKETCHER.sketch(item("v1"))], [("v2", "v1", "revision")])


def test_no_items_give_no_rows() -> None:
    place([], [SKETCHER.sketch(item("seen"))], [])


def test_an_item_that_cannot_be_compared_is_a_story_of_its_own_and_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    sketch = Sketcher.sketch

    def fragile(sketcher: Sketcher, compared: Item) -> Sketch:
        if "poison" in compared.text:
            raise OverflowError("too large")
        return sketch(sketcher, compared)

    monkeypatch.setattr(Sketcher, "sketch", fragile)
    with beam.Pipeline("FnApiRunner") as pipeline:
        placed = (
            pipeline | "Items" >> beam.Create([item("a"), item("b", "poison"), later("c", 1)]).with_output_types(Item),
            pipeline | "Sketches" >> beam.Create([]).with_output_types(Sketch),
        ) | Deduplicate("run-1")
        rows = placed.articles | beam.Map(lambda row: (row.article_id, row.relation))
        assert_that(rows, equal_to([("a", "lead"), ("b", "lead"), ("c", "copy")]), "articles")
        rejects = placed.rejects | "reject" >> beam.Map(lambda row: (row.stage, row.detail))
        detail = "unexpected OverflowError: too large; please report this item"
        assert_that(rejects, equal_to([("deduplicate", detail)]), "rejects")
