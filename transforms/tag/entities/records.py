"""A tagged document as rows: entities, countries, agencies cited."""

from collections import Counter
from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from schemas.tables import Entity
from transforms.tag.entities import organisations, people
from transforms.tag.entities.borders import dateline, found_by_model, joined
from transforms.tag.entities.consistency import one_label_per_name
from transforms.tag.entities.countries import Countries
from transforms.tag.entities.gazetteer import Gazetteer
from transforms.tag.entities.institutions import Ministry, ministries, name_of, resolved
from transforms.tag.entities.labels import put_right
from transforms.tag.entities.mentions import Mention, overridden, text_of, words_of
from transforms.tag.entities.names import fold
from transforms.tag.entities.recall import matches, missed, whole_countries


def entities_of(doc: Doc, gazetteer: Gazetteer) -> list[Entity]:
    """The names in a document, in order, as rows of the `entities` column.

    Pure: the same document and gazetteer give the same rows.
    """
    offices = resolved(list(ministries(doc, gazetteer.countries)))
    mentions = list(joined(doc, found_by_model(doc), gazetteer))
    put_right(doc, mentions, gazetteer)
    mentions = overridden(mentions, [Mention(o.start, o.end, "ORG") for o in offices])
    mentions = overridden(mentions, whole_countries(doc, mentions, gazetteer))
    mentions = overridden(mentions, list(matches([t.text for t in doc], gazetteer.user_phrases)))
    mentions = overridden(mentions, dateline(doc))
    one_label_per_name(doc, mentions, gazetteer)
    mentions = missed(doc, mentions, gazetteer)
    names = _names(doc, mentions, offices, gazetteer)
    return [
        Entity(
            text=text_of(doc, mention),
            label=mention.label,  # type: ignore[arg-type]  # mentions carry only labels of the table
            start=doc[mention.start].idx,
            end=doc[mention.end - 1].idx + len(doc[mention.end - 1].text),
            name=name,
            kb_id=kb_id,
        )
        for mention, (name, kb_id) in zip(mentions, names, strict=True)
    ]


def countries_of(entities: Sequence[Entity], gazetteer: Gazetteer) -> list[str]:
    """The countries a story is about, ISO 3166 alpha-2, most mentioned first, then in order of mention.

    A country counts where the story names it, its people, its capital, its ministries, or an institution that carries
    its name.
    """
    counted: Counter[str] = Counter()
    for entity in entities:
        code = country_of(entity, gazetteer)
        if code is not None:
            counted[code] += 1
    return [code for code, _ in counted.most_common()]


def country_of(entity: Entity, gazetteer: Gazetteer) -> str | None:
    """The country one mention speaks of; None for people, agencies and whatever belongs to no country."""
    countries = gazetteer.countries
    if entity.label in {"GPE", "NORP"}:
        if entity.kb_id in countries.by_code:
            return entity.kb_id
        return countries.of_capital(entity.name) or countries.of_city(entity.name)
    known = gazetteer.known(entity.text)
    if known is not None and known.id is not None:
        return known.country if known in gazetteer.entities else None
    if entity.label in {"ORG", "FAC", "LAW"}:
        return countries.of_body(entity.text) or countries.of_body(entity.name) or _inside(entity.name, countries)
    return None


def _inside(name: str, countries: Countries) -> str | None:
    """The country an institution's name carries: "Russian Embassy", "Bank of Korea", "Foreign Ministry of Japan"."""
    tokens = name.split()
    for start in range(len(tokens)):
        found = countries.longest_at(tokens, start)
        if found is None:
            continue
        end, label = found
        text = " ".join(tokens[start:end])
        if label == "NORP" or (label == "GPE" and start > 0 and tokens[start - 1].lower() in {"of", "the", "in"}):
            return countries.of_name(text) or countries.of_demonym(text)
        return None
    return None


def _names(
    doc: Doc, mentions: list[Mention], offices: list[Ministry], gazetteer: Gazetteer
) -> list[tuple[str, str | None]]:
    """Name and identity of each mention."""
    ministry_names = {o.start: name_of(o, gazetteer.countries) for o in offices}
    persons = [m for m in mentions if m.label == "PERSON"]
    organisations_ = [m for m in mentions if m.label == "ORG"]
    shared: dict[int, str] = {}
    for group, names in (
        (persons, people.resolve([(m.start, words_of(doc, m)) for m in persons])),
        (organisations_, organisations.resolve(doc, organisations_)),
    ):
        shared |= {m.start: name for m, name in zip(group, names, strict=True)}
    place = _country_reader(doc, mentions, gazetteer.countries)
    named: list[tuple[str, str | None]] = []
    for mention in mentions:
        text = " ".join(text_of(doc, mention).split())
        known = gazetteer.known(text) or gazetteer.known(shared.get(mention.start, text))
        if mention.start in ministry_names and mention.label == "ORG":
            named.append((ministry_names[mention.start], None))
        elif known is not None and known.label == mention.label:
            named.append((known.name, known.id))
        elif mention.label in {"GPE", "NORP"}:
            named.append(place(text, mention.label))
        else:
            named.append((shared.get(mention.start, text), None))
    return named


def _country_reader(
    doc: Doc, mentions: list[Mention], countries: Countries
) -> Callable[[str, str], tuple[str, str | None]]:
    """Reads a place or people as name and country; an ambiguous one in the light of the whole document."""
    evidence: Counter[str] = Counter()
    for mention in mentions:
        text = text_of(doc, mention)
        if mention.label in {"GPE", "NORP"} and text not in countries.candidates:
            code = countries.of_name(text) or countries.of_demonym(text) or countries.of_capital(text)
            if code := code or countries.of_city(text):
                evidence[code] += 1

    def read(text: str, label: str) -> tuple[str, str | None]:
        if text in countries.candidates:
            codes = countries.candidates[text]
            code: str | None = next((c for c in codes if evidence[c]), codes[0])
        else:
            code = countries.of_name(text) if label == "GPE" else countries.of_demonym(text)
        return _place_name(text, label, code, countries), code

    return read


def _place_name(text: str, label: str, code: str | None, countries: Countries) -> str:
    text = text.title() if text.isupper() and len(text) > 4 and "." not in text else text
    text = text.removeprefix("the ").removeprefix("The ")
    if code is None:
        return text
    country = countries.by_code[code]
    if label == "NORP":
        singular = text.removesuffix("s")
        return singular if singular in country.demonyms else text
    parts = {fold(p) for p in country.parts}
    return text if fold(text) in parts else country.name
