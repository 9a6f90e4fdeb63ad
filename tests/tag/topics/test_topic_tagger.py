from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from schemas.tables import Entity, Topic
from schemas.taxonomy import Taxonomy
from transforms.tag.topics.tagger import TopicTagger

_HEADLINE = "Officials Discuss Detention of Canadian Teacher Held on Espionage Charges"
_STORY = """\
LISBON — The government said on Monday that it is in dialogue with Ottawa over the detention of a Canadian \
teacher who faces allegations of espionage, and that it would soon grant her consular access.

The two sides have exchanged views since the woman, named only as Moreau, was taken to a prison near the coast \
in January, a spokesman for the foreign ministry told reporters. He gave no details of the case, which is \
being heard behind closed doors, and said only that the authorities had acted within the law and that the \
court would decide in due course.

The ambassador met the deputy foreign minister last week, at her own request, and asked that the teacher be \
seen by a doctor of her choice. Both called the conversation useful, and a second one is planned for the \
coming weeks in the same place.

A local agency had reported that Moreau, who worked for a Christian aid organization with a school in the \
hills, had her detention extended until the end of May. The organization rejects the accusations and speaks of \
a woman who spent twenty years with the children of the poorest villages.

Her colleagues have begun a petition for her release and sent it to the foreign ministry in the capital."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def shipped(nlp: Language) -> TopicTagger:
    return TopicTagger(Taxonomy.load(), nlp.vocab)


def _tagger(nlp: Language, rules: str) -> TopicTagger:
    header = 'replace = true\n[sets]\nfruit = ["apple", "pear"]\n[[topics]]\nslug = "t"\nlabel = "T"\ngroup = "g"\n'
    return TopicTagger(Taxonomy.from_text(f'{header}definition = "d"\n{rules}'), nlp.vocab)


def _tag(
    tagger: TopicTagger, nlp: Language, text: str, title: str = "", entities: tuple[Entity, ...] = ()
) -> list[Topic]:
    return tagger.tag(nlp.make_doc(title), nlp.make_doc(text), entities)


def test_a_case_story_gets_its_topics_and_no_other(shipped: TopicTagger, nlp: Language) -> None:
    topics = _tag(shipped, nlp, _STORY, _HEADLINE)
    assert {topic.slug for topic in topics} == {
        "espionage", "detention", "detention-extension", "charge-indictment", "consular-access", "diplomatic-talks",
        "release-appeal", "ngo-humanitarian", "religion-mission",
    }  # fmt: skip
    assert {"espionage", "detention"} <= {topic.slug for topic in topics if topic.main}


@pytest.mark.data
def test_the_seed_gets_its_topics_and_no_other(shipped: TopicTagger, nlp: Language, shared_data: Path) -> None:
    title, text = (shared_data.parent / "seed.txt").read_text(encoding="utf-8").split("\n\n", 1)
    topics = _tag(shipped, nlp, text, title)
    assert {topic.slug for topic in topics} == {
        "espionage", "detention", "detention-extension", "charge-indictment", "consular-access", "diplomatic-talks",
        "release-appeal", "ngo-humanitarian", "religion-mission",
    }  # fmt: skip
    assert {"espionage", "detention"} <= {topic.slug for topic in topics if topic.main}


def test_evidence_points_at_the_right_characters_strongest_first(shipped: TopicTagger, nlp: Language) -> None:
    for topic in _tag(shipped, nlp, _STORY, _HEADLINE):
        for piece in topic.evidence:
            column = _HEADLINE if piece.field == "title" else _STORY
            assert column[piece.start : piece.end] == piece.text
        assert topic.evidence == sorted(topic.evidence, key=lambda piece: piece.field == "text")[: len(topic.evidence)]


@pytest.mark.parametrize("text", ["No apples.", "They never ate an apple.", "He did not buy apples."])
def test_what_is_denied_does_not_tag_an_event(nlp: Language, text: str) -> None:
    assert not _tag(_tagger(nlp, 'event = true\nphrases = ["apple"]'), nlp, text)
    assert _tag(_tagger(nlp, 'phrases = ["apple"]'), nlp, text)


@pytest.mark.parametrize("text", ["He would buy apples.", "If apples fall, they bruise.", "He hopes to apple."])
def test_what_may_only_come_does_not_tag_an_event(nlp: Language, text: str) -> None:
    assert not _tag(_tagger(nlp, 'event = true\nphrases = ["apple"]'), nlp, text)


def test_a_denial_ends_with_its_clause(nlp: Language) -> None:
    tagger = _tagger(nlp, 'event = true\nphrases = ["apple"]')
    assert _tag(tagger, nlp, "He did not answer. Apples fell.")
    assert _tag(tagger, nlp, "He did not answer, apples fell.")
    assert _tag(tagger, nlp, "Not only apples fell.")
    assert _tag(tagger, nlp, "There is no doubt about the apple.")


def test_supporting_phrases_never_tag_alone(nlp: Language) -> None:
    tagger = _tagger(nlp, 'threshold = 0.1\nphrases = ["apple"]\nsupporting = ["pie"]')
    assert not _tag(tagger, nlp, "Pie, pie, pie.", "Pie")
    (with_pie,) = _tag(tagger, nlp, "Apple and pie.")
    (without,) = _tag(tagger, nlp, "Apple and cake.")
    assert with_pie.score > without.score


def test_an_exclusion_cancels_what_it_overlaps(nlp: Language) -> None:
    tagger = _tagger(nlp, 'phrases = ["apple"]\nexclusions = ["apple of his|her eye"]')
    assert not _tag(tagger, nlp, "She is the apple of his eye.")
    assert _tag(tagger, nlp, "She is the apple of his eye and eats an apple.")


def test_a_phrase_may_cancel_the_hits_of_its_sentence_or_story(nlp: Language) -> None:
    tagger = _tagger(nlp, 'phrases = ["apple"]\nunless = ["computer"]')
    assert not _tag(tagger, nlp, "The apple is a computer.")
    assert _tag(tagger, nlp, "The apple is ripe. The computer is not.")
    assert not _tag(tagger, nlp, "The apple is new.", "Computers for sale")


def test_a_plea_of_not_guilty_denies_no_charge(shipped: TopicTagger, nlp: Language) -> None:
    assert "charge-indictment" in {
        topic.slug for topic in _tag(shipped, nlp, "He pleaded not guilty to the indictment.")
    }


def test_near_terms_tag_within_their_distance_and_sentence(nlp: Language) -> None:
    tagger = _tagger(nlp, 'near = [{ a = ["eat"], b = ["{fruit}"], within = 3, ordered = true }]')
    assert _tag(tagger, nlp, "She ate the last pear.") == []  # "ate" is no regular form
    (topic,) = _tag(tagger, nlp, "She eats the last pear.")
    assert topic.evidence[0].text == "eats the last pear"
    assert not _tag(tagger, nlp, "She eats the very last ripe pear.")
    assert not _tag(tagger, nlp, "The pear she eats.")
    assert not _tag(tagger, nlp, "She eats. Pears fall.")


def test_a_near_rule_may_ask_for_a_name(nlp: Language) -> None:
    tagger = _tagger(nlp, 'near = [{ a = ["free"], b = ["@PERSON"] }]')
    text = "Guards freed Moreau."
    moreau = Entity(text="Moreau", label="PERSON", start=13, end=19, name="Moreau", kb_id=None)
    assert _tag(tagger, nlp, text, entities=(moreau,))[0].evidence[0].text == "freed Moreau"
    assert not _tag(tagger, nlp, text)


def test_a_near_rule_may_ask_for_a_third_term(nlp: Language) -> None:
    tagger = _tagger(nlp, 'near = [{ a = ["eat"], b = ["{fruit}"], also = ["lunch"] }]')
    assert _tag(tagger, nlp, "They eat apples at lunch.")
    assert not _tag(tagger, nlp, "They eat apples. Lunch is over.")


def test_names_are_matched_as_written(nlp: Language) -> None:
    tagger = _tagger(nlp, 'phrases = ["IRIS"]')
    assert _tag(tagger, nlp, "The IRIS was lost.")
    assert not _tag(tagger, nlp, "The iris was blue.")


def test_one_mention_deep_in_an_article_is_passing(nlp: Language) -> None:
    tagger = _tagger(nlp, 'phrases = ["apple"]')
    filler = "The committee met again and put off its decision once more. " * 40
    assert not _tag(tagger, nlp, filler + "One apple.")
    assert _tag(tagger, nlp, "One apple. " + filler)
    assert _tag(tagger, nlp, filler, "Apples")[0].main


def test_a_low_threshold_serves_short_texts(nlp: Language) -> None:
    tagger = _tagger(nlp, 'threshold = 1.0\nphrases = ["apple"]')
    filler = "The committee met again and put off its decision once more. "
    assert _tag(tagger, nlp, filler * 20 + "One apple.")
    assert not _tag(tagger, nlp, filler * 50 + "One apple.")
    assert _tag(tagger, nlp, filler * 50 + "One apple, two apples.")


def test_a_longer_hit_speaks_for_the_shorter_one(nlp: Language) -> None:
    tagger = _tagger(nlp, 'phrases = ["apple", "apple pie"]')
    (topic,) = _tag(tagger, nlp, "An apple pie.")
    assert [piece.text for piece in topic.evidence] == ["apple pie"]


def test_nothing_is_found_in_nothing(shipped: TopicTagger, nlp: Language) -> None:
    assert _tag(shipped, nlp, "") == []
