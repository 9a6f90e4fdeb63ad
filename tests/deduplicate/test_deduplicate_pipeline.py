from collections.abc import Sequence
from datetime import timedelta

import apache_beam as beam
from apache_beam.testing.util import assert_that, equal_to

from schemas.flow import Item
from schemas.memory import Sketch
from tests.deduplicate.newsroom import MORNING, TUNNEL, item
from transforms.deduplicate.sketch import Sketcher
from transforms.deduplicate.transform import Deduplicate


def check(items: Sequence[Item], remembered: Sequence[Sketch], expected: Sequence[tuple[str, str, str]]) -> None:
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
    other = "The national library reopened its reading room after a flood damaged 30,000 volumes, curators said Friday."
    check(
        [
            item("late", published_at=MORNING + timedelta(hours=2)),
            item("early"),
            item("other", text=other, title="Library reopens"),
        ],
        [],
        [("early", "early", "lead"), ("late", "early", "copy"), ("other", "other", "lead")],
    )


def test_a_copy_dated_before_a_remembered_story_joins_it() -> None:
    check(
        [item("copy", published_at=MORNING - timedelta(hours=5))],
        [Sketcher().sketch(item("seen"))],
        [("copy", "seen", "copy")],
    )


def test_a_revision_stays_in_its_story_whatever_it_says() -> None:
    check(
        [item("v2", text="Entirely new words about the weather.", previous_id="v1", previous_story_id="s", version=2)],
        [],
        [("v2", "s", "revision")],
    )


def test_no_items_give_no_rows() -> None:
    check([], [Sketcher().sketch(item("seen", text=TUNNEL))], [])
