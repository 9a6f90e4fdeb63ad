"""Remember: what a poll learned of a feed, completed by the stories its new entries turned out to belong to."""

from collections.abc import Iterable, Iterator, Mapping

import apache_beam as beam
from msgspec.structs import replace

from schemas.flow import FeedFact
from schemas.memory import FeedMemory
from schemas.tables import Article


def with_stories(memory: FeedMemory, stories: Mapping[str, str]) -> FeedMemory:
    """The memory whose entries know their story.

    Args:
        memory: of one feed.
        stories: article_id to story_id of the feed's new articles.
    """
    entries = [
        replace(entry, story_id=stories[entry.article_id]) if entry.article_id in stories else entry
        for entry in memory.entries
    ]
    return replace(memory, entries=entries)


class Remember(beam.PTransform):
    """(FeedMemory of every feed, Article of this run) to the FeedMemory to keep."""

    def expand(self, inputs: tuple[beam.PCollection, beam.PCollection]) -> beam.PCollection:
        """Joins by feed."""
        memories, articles = inputs
        keyed = tuple[str, FeedFact]
        return (
            (
                memories | "Memory by feed" >> beam.Map(_by_feed).with_output_types(keyed),
                articles | "Article by feed" >> beam.Map(_article_by_feed).with_output_types(keyed),
            )
            | "Both" >> beam.Flatten()
            | "Gather by feed" >> beam.GroupByKey()
            | "Complete" >> beam.ParDo(_Complete())
        )


class _Complete(beam.DoFn):
    def process(self, group: tuple[str, Iterable[FeedFact]]) -> Iterator[FeedMemory]:
        _feed_id, facts = group
        stories: dict[str, str] = {}
        memories: list[FeedMemory] = []
        for fact in facts:
            if fact.memory:
                memories.append(fact.memory)
            if fact.article:
                stories[fact.article.article_id] = fact.article.story_id
        for memory in memories:
            yield with_stories(memory, stories)


def _by_feed(memory: FeedMemory) -> tuple[str, FeedFact]:
    return memory.feed_id, FeedFact(memory=memory)


def _article_by_feed(article: Article) -> tuple[str, FeedFact]:
    return article.feed_id, FeedFact(article=article)
