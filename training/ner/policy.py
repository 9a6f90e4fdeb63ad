"""The label policy: what the open corpora call a name, in the labels of this project.

The corpora merge countries, mountains and airports into one place label, leave nationalities out or call them anything,
and keep titles inside names. Everything here is a rule over single spans; doubtful spans become missing, never outside.
"""

import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc, Span

from transforms.tag.entities.countries import Countries

FACILITY_HEADS = frozenset(
    """airport airfield airbase base bridge building camp cathedral center centre church college court dam embassy gate hall
    highway hospital hotel house jail library mall market monument mosque museum palace park pier plant plaza port prison
    refinery reactor road shrine square stadium station street synagogue temple terminal theater theatre tower tunnel
    university boulevard avenue arena barracks checkpoint compound crossing pipeline school zoo canal fort castle""".split()
)
NATURAL_HEADS = frozenset(
    """sea river ocean mount mountain mountains lake gulf strait straits desert valley valleys islands peninsula coast bay canyon
    forest basin delta range hills hill plateau pass channel cape archipelago reef waterway falls glacier volcano beach
    creek plains corridor rainforest jungle swamp oasis""".split()
)
REGIONS = frozenset(
    """africa europe asia antarctica oceania america americas north_america south_america latin_america central_america
    middle_east mideast far_east balkans caucasus sahara sahel scandinavia siberia caribbean mediterranean pacific atlantic
    arctic baltics himalayas alps andes amazon maghreb levant earth mars moon west east north south horn_of_africa
    west_africa east_africa north_africa central_africa southern_africa sub-saharan_africa central_asia south_asia
    southeast_asia east_asia eastern_europe western_europe central_europe golan_heights donbas donbass gulf
    north_caucasus kashmir_valley great_lakes midwest new_england south_pacific indian_subcontinent""".split()
)
TITLES = frozenset(
    """mr mrs ms dr prof professor president vice-president prime minister premier chancellor king queen prince princess pope
    general gen lieutenant lt colonel col captain capt major sergeant sgt admiral commander senator sen rep representative
    governor gov mayor judge justice ambassador secretary secretary-general director director-general spokesman
    spokeswoman chairman chief sheikh sheik ayatollah imam mullah rabbi reverend rev archbishop bishop cardinal father sir
    lord lady dame deputy foreign defense defence interior finance state opposition leader former then acting special
    envoy representative attorney prosecutor inspector officer police private corporal specialist staff pastor coach
    commissioner congressman congresswoman lawmaker journalist analyst economist actress actor singer""".split()
)
_PEOPLES = frozenset(
    """arab arabs kurdish kurd kurds jewish jew jews muslim muslims christian christians catholic catholics sunni sunnis shiite
    shiites shi'ite shi'ites islamic islamist islamists hindu hindus buddhist buddhists sikh sikhs protestant orthodox
    african africans european europeans asian asians western democrat democrats republican republicans communist
    communists maoist maoists tamil tamils chechen chechens tibetan tibetans uighur uighurs uyghur uyghurs rohingya hutu
    hutus tutsi tutsis pashtun pashtuns hispanic hispanics latino latinos caribbean soviet roma scandinavian balkan
    nordic baltic zionist tuareg druze alawite alawites yazidi yazidis hausa fulani yoruba igbo oromo amhara tigrayan
    socialist socialists marxist nazi nazis evangelical anglican coptic slavic persian bosniak bosniaks cossack maori
    aboriginal inuit mapuche quechua aymara malay javanese bengali punjabi sindhi baloch baluch hazara hazaras latin
    north_american south_american latin_american central_american west_african east_african north_african south_asian
    southeast_asian eastern_european arab_israeli palestinian palestinians""".split()
)
_EDGE = re.compile(r"^(?:the|of|and|in|for|from|at|,|'s|’s|-|\.)$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"^(?:north|south|east|west|central|mid|upper|lower|greater)(?:ern|east|west|eastern|western)?-?$"
)


@dataclass(frozen=True)
class Places:
    """Which place names are countries, provinces and cities."""

    gazetteers: Path

    @cached_property
    def city_names(self) -> frozenset[str]:
        """Names of cities of more than 100,000 people (GeoNames), as written."""
        return frozenset(row[2] for row in self._rows if len(row) > 14 and row[14].isdigit() and int(row[14]) > 100_000)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Names of cities of more than 15,000 people, folded."""
        return frozenset(name.casefold() for row in self._rows if len(row) > 4 for name in (row[1], row[2]))

    @cached_property
    def _rows(self) -> list[list[str]]:
        with gzip.open(
            self.gazetteers / "geonames_cities15000_2012.txt.gz", "rt", encoding="utf-8", errors="ignore"
        ) as lines:
            return [line.rstrip("\n").split("\t") for line in lines]

    def label(self, text: str, countries: Countries) -> str:
        """GPE, LOC or FAC for a span that a corpus calls a place."""
        words = text.casefold().removeprefix("the ").split()
        name = " ".join(words)
        if countries.of_name(text) or countries.of_name(text.removeprefix("the ")):
            return "GPE"
        if "_".join(words) in REGIONS:
            return "LOC"
        if words and (words[-1] in NATURAL_HEADS or words[0] in {"mount", "lake", "gulf", "cape", "strait"}):
            return "LOC" if name not in self.cities else "GPE"
        if len(words) > 1 and words[-1] in FACILITY_HEADS and name not in self.cities:
            return "FAC"
        return "GPE"


def is_people(text: str, countries: Countries) -> bool:
    """Whether a text is a nationality, a religion or another people."""
    return bool(countries.of_demonym(text)) or text.casefold().replace(" ", "_") in _PEOPLES


@dataclass(frozen=True)
class Policy:
    """Turns a corpus document into one with the labels of this project."""

    countries: Countries
    places: Places
    known: dict[str, str]
    """Names whose label is beyond doubt, as written."""

    def relabel(self, doc: Doc, *, silver: bool) -> Doc:
        """A copy of the document under the policy; `silver` corpora are mistrusted more."""
        kept: list[Span] = []
        missing = [doc[t.i : t.i + 1] for t in doc if t.ent_iob == 0]
        for span in doc.ents:
            if span.label_ == "DATE":
                continue
            label, trimmed = self._decide(span, silver=silver)
            if label is None:
                missing.append(span)
            elif trimmed:
                kept.append(Span(doc, trimmed.start, trimmed.end, label=label))
        peoples = list(self._peoples(doc))
        kept = [s for s in kept if not any(p.start <= s.start and s.end <= p.end for p in peoples)]
        taken = {t.i for s in kept for t in s}
        kept += [p for p in peoples if not taken & set(range(p.start, p.end))]
        taken = {t.i for s in kept for t in s}
        made = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        made.set_ents(
            [Span(made, s.start, s.end, label=s.label_) for s in kept],
            missing=[made[i : i + 1] for s in missing for i in range(s.start, s.end) if i not in taken],
            default="outside",
        )
        return made

    def _decide(self, span: Span, *, silver: bool) -> tuple[str | None, Span | None]:
        span = _trim(span)
        if not len(span):
            return "O", None
        text, label = span.text, span.label_
        if "\n" in text:
            return None, None
        if text in self.known:
            return self.known[text], span
        if is_people(text, self.countries):
            return "NORP", span
        if self.countries.of_name(text) and label != "PERSON":
            return "GPE", span
        if silver and label in {"PERSON", "ORG", "LOC"}:
            first = next((i for i, t in enumerate(span) if t.lower_.strip(".") not in TITLES), len(span))
            if first == len(span):
                return None, None
            if first and label == "ORG" and span[0].lower_.strip(".") in TITLES:
                return ("PERSON", span[first:]) if len(span) - first <= 3 else (None, None)
            if label == "ORG" and span[-1].lower_ in TITLES - {
                "state",
                "police",
                "justice",
                "interior",
                "defense",
                "defence",
                "staff",
            }:
                return None, None
            if label == "ORG" and any(t.text in {"and", "who", "said"} for t in span) and len(span) <= 4:
                return None, None
            if not any(c.isupper() for c in text):
                return None, None
            if label == "PERSON" and first:
                span = span[first:]
        if label == "LOC":
            return self.places.label(text, self.countries), span
        return label, span

    def _peoples(self, doc: Doc) -> Iterable[Span]:
        index = 0
        while index < len(doc):
            for width in (2, 1):
                span = doc[index : index + width]
                if len(span) == width and span.text[0].isupper() and is_people(span.text, self.countries):
                    # GMB cuts "South Korean" in two; a name that reaches beyond keeps its own label.
                    before = index > 0 and span[0].ent_iob_ == "I"
                    beyond = index + width < len(doc) and doc[index + width].ent_iob_ == "I"
                    if not before and not beyond:
                        yield Span(doc, span.start, span.end, label="NORP")
                        index += width - 1
                        break
            index += 1


def _trim(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and (_EDGE.match(span.doc[start].text) or _DIRECTION.match(span.doc[start].text)):
        start += 1
    while end > start and _EDGE.match(span.doc[end - 1].text):
        end -= 1
    return Span(span.doc, start, end, label=span.label_)


def first_names(gazetteers: Path) -> list[str]:
    """Given names of the first-name list, as written."""
    names: list[str] = json.loads((gazetteers / "first_names.json").read_text(encoding="utf-8"))
    return [n for n in names if len(n) > 2 and n.isalpha() and n.istitle()]
