"""TagStories on Beam: one story for every lead, whatever a lead holds."""

from datetime import UTC, datetime
from typing import ClassVar

import apache_beam as beam
import pytest

from schemas.flow import Item
from schemas.tables import Reject, Story
from transforms.tag.story import StoryTagger
from transforms.tag.transform import TaggerSettings, TagStories

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def item(article_id: str, text: str, language: str = "en") -> Item:
    return Item(
        article_id=article_id,
        version=1,
        previous_id=None,
        previous_story_id=None,
        feed_id="wire",
        outlet="Wire",
        guid=None,
        url=None,
        canonical_url=None,
        opaque_url=False,
        title="Court extends detention",
        text=text,
        summary=None,
        authors=[],
        language=language,
        published_at=NOON,
        published_raw=None,
        date_quality="exact",
        updated_at=None,
        first_seen_at=NOON,
        origin_agency=None,
        dateline_place=None,
        categories=[],
        image_url=None,
        word_count=len(text.split()),
        text_source="content",
        boilerplate=[],
    )


SPY = "A court in Moscow extended the detention of a man accused of espionage. Yonhap reported that he is South Korean."


class Collect(beam.DoFn):
    """Keeps what comes, for the runner lives in this process."""

    found: ClassVar[list[Story | Reject]] = []

    def process(self, row: Story | Reject) -> None:
        self.found.append(row)


def run(leads: list[Item]) -> tuple[list[Story], list[Reject]]:
    Collect.found.clear()
    with beam.Pipeline("FnApiRunner") as pipeline:
        tagged = pipeline | beam.Create(leads).with_output_types(Item) | TagStories("run", TaggerSettings())
        _ = tagged.stories | "Stories" >> beam.ParDo(Collect())
        _ = tagged.rejects | "Rejects" >> beam.ParDo(Collect())
    stories = [row for row in Collect.found if isinstance(row, Story)]
    rejects = [row for row in Collect.found if isinstance(row, Reject)]
    return sorted(stories, key=lambda story: story.story_id), rejects


def test_a_lead_becomes_a_story_with_names_countries_agencies_and_topics() -> None:
    ((story,), rejects) = run([item("a", SPY)])
    assert rejects == []
    assert {"RU", "KR"} <= set(story.countries)
    assert story.cited_agencies == ["yonhap"]
    assert {"espionage", "detention-extension"} <= set(story.topic_slugs)
    assert story.topic_slugs == [topic.slug for topic in story.topics]
    assert story.ner_model.startswith("en_casewire_news")
    assert len(story.topics_version) == 16


def test_another_language_is_left_untagged_and_says_so() -> None:
    ((story,), _) = run([item("a", SPY, language="ko")])
    assert (story.entities, story.topics, story.ner_model) == ([], [], "none")


def test_more_leads_than_a_batch_come_out_once_each() -> None:
    stories, _ = run([item(f"{number:03}", f"{SPY} {number}") for number in range(150)])
    assert [story.story_id for story in stories] == [f"{number:03}" for number in range(150)]


def test_a_lead_that_makes_the_tagger_fail_costs_only_its_own_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = StoryTagger.tag

    def fragile(tagger: StoryTagger, items: list[Item]) -> list[Story]:
        if any("poison" in lead.text for lead in items):
            raise ValueError("too much")
        return tag(tagger, items)

    monkeypatch.setattr(StoryTagger, "tag", fragile)
    stories, (reject,) = run([item("a", SPY), item("b", "poison"), item("c", SPY)])
    assert [bool(story.topics) for story in stories] == [True, False, True]
    assert (reject.stage, reject.detail) == ("tag", "unexpected ValueError: too much; please report this item")
    assert b"poison" in reject.raw
