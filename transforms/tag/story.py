"""The tagger's core: items that lead a story in, stories out."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from schemas.flow import Item
from schemas.tables import Entity, Story, Topic
from transforms.tag.entities.cited import cited_agencies
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.pipeline import model_name
from transforms.tag.entities.records import countries_of, entities_of
from transforms.tag.topics.tagger import TopicTagger

_TAGGED = {"en", "und"}  # the models and the taxonomy are English: on other languages they would invent things


class StoryTagger:
    """Tags names, countries, cited agencies and case topics."""

    def __init__(self, nlp: Language, gazetteer: Gazetteer, topics: TopicTagger, run_id: str) -> None:
        self._nlp = nlp
        self._gazetteer = gazetteer
        self._topics = topics
        self._run_id = run_id
        self._model = model_name(nlp)

    def tag(self, items: Sequence[Item]) -> list[Story]:
        """One story for each item, in order; an item in another language than English keeps its facts, untagged."""
        english = [item for item in items if item.language in _TAGGED]
        texts = iter(self._nlp.pipe([item.text for item in english]))
        return [self._tagged(item, next(texts)) if item.language in _TAGGED else self.untagged(item) for item in items]

    def untagged(self, item: Item) -> Story:
        """The story without names and topics."""
        return self._story(item, "none", [], [])

    def _tagged(self, item: Item, text: Doc) -> Story:
        entities = entities_of(text, self._gazetteer)
        topics = self._topics.tag(self._nlp.make_doc(item.title), text, entities)
        return self._story(item, self._model, entities, topics)

    def _story(self, item: Item, model: str, entities: list[Entity], topics: list[Topic]) -> Story:
        return Story(
            story_id=item.article_id,
            title=item.title,
            text=item.text,
            summary=item.summary,
            outlet=item.outlet,
            url=item.url,
            language=item.language,
            published_at=item.published_at,
            first_seen_at=item.first_seen_at,
            origin_agency=item.origin_agency,
            cited_agencies=cited_agencies(item.text),
            dateline_place=item.dateline_place,
            entities=entities,
            countries=countries_of(entities, self._gazetteer),
            topics=topics,
            topic_slugs=[topic.slug for topic in topics],
            case_ids=[],
            ner_model=model,
            topics_version=self._topics.taxonomy.version,
            run_id=self._run_id,
        )
