"""The taxonomy of case topics: data/topics.toml, and the user's own file on top of it."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
import xxhash
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from schemas.errors import ConfigurationError
from schemas.phrases import PhraseError, entity_label, word_sequences
from schemas.topics_file import explain

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Phrases = tuple[Phrase, ...]
Side = Annotated[Phrases, BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Near(_Strict):
    """Two terms that tag when they stand close together in one sentence."""

    a: Side = Field(min_length=1, description="a phrase, or a list of them")
    b: Side = Field(min_length=1, description="a phrase, or a list of them")
    within: int = Field(6, ge=1, le=30, description="the most tokens between them")
    ordered: bool = Field(False, description="true if a must come first")
    also: Side = Field((), description="one of these must stand in the same sentence")

    @property
    def name(self) -> str:
        """How evidence names the rule."""
        return f"{' / '.join(self.a)} ~ {' / '.join(self.b)}"


class TopicDefinition(_Strict):
    """What a topic is and how it is recognised."""

    slug: Slug = Field(description="names the topic in the tables")
    label: str = Field(min_length=1, description="the name for people")
    group: str = Field(min_length=1, description="what it is listed under, such as procedure")
    definition: str = Field(min_length=1, description="one sentence: when the topic applies")
    parents: tuple[Slug, ...] = Field((), description="slugs of the topics it is a kind of")
    iptc: str | None = Field(None, pattern=r"^medtop:\d{8}$", description="IPTC Media Topic")
    gdelt: tuple[str, ...] = Field((), description="GDELT themes")
    event: bool = Field(
        False, description="true if it must have happened: what is denied or only possible does not tag"
    )
    threshold: float = Field(2.0, gt=0, description="score from which it tags: title 3, lead 2, body 1 for each phrase")
    phrases: Phrases = Field((), description="phrases that tag")
    supporting: Phrases = Field((), description="phrases that add to the score and never tag alone")
    exclusions: Phrases = Field((), description="phrases that cancel what they overlap")
    unless: Phrases = Field((), description="phrases that cancel the hits of their sentence; in a title, all")
    near: tuple[Near, ...] = Field((), description="pairs of terms that tag when they stand close together")
    match: Phrases = Field((), description="texts that must get the topic")
    no_match: Phrases = Field((), description="texts that must not get it")

    @model_validator(mode="after")
    def _can_tag(self) -> Self:
        if not self.phrases and not self.near:
            raise ValueError("nothing can tag it: add `phrases` or `near`")
        return self


class Taxonomy(_Strict):
    """Every topic in force, and the sets their phrases refer to."""

    sets: Mapping[str, Phrases] = Field({}, description="phrases that share a name, written {name}")
    topics: tuple[TopicDefinition, ...] = Field(min_length=1)

    @property
    def version(self) -> str:
        """Hash of the effective taxonomy: 16 hexadecimal digits that change with any rule."""
        return xxhash.xxh3_64_hexdigest(msgspec.json.encode(self.model_dump(mode="json"), order="deterministic"))

    def __getitem__(self, slug: str) -> TopicDefinition:
        """The topic of that slug.

        Raises:
            KeyError: there is none.
        """
        return next((topic for topic in self.topics if topic.slug == slug), None) or _missing(slug)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The shipped taxonomy, with the user's file on top of it.

        Raises:
            ConfigurationError: naming the file, the topic, the line and the remedy.
        """
        if path is None:
            return cls.from_text(None)
        try:
            return cls.from_text(path.read_bytes().decode(), str(path))
        except OSError as error:
            raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"{path}: is not UTF-8: {error}") from error

    @classmethod
    def from_text(cls, text: str | None, source: str = "topics file") -> Self:
        """The same from the text of the user's file, which travels where its path does not.

        A topic of a shipped slug replaces the fields it names, a topic of another slug is added, `remove` takes topics
        out, and `replace = true` starts from nothing.

        Raises:
            ConfigurationError: as `load`.
        """
        shipped = tomllib.loads(files("schemas").joinpath("data/topics.toml").read_text(encoding="utf-8"))
        if text is None:
            return cls._checked(shipped, shipped, "", "schemas/data/topics.toml")
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(f"{source}: is not TOML: {error}") from error
        try:
            user = _TopicsFile.model_validate(document)
        except ValidationError as error:
            lines = [explain(source, text, document, dict(e), _FIELDS) for e in error.errors()]
            raise ConfigurationError("\n".join(lines)) from error
        _refuse_unknown(source, text, user, shipped)
        return cls._checked(_merged({} if user.replace else shipped, user), document, text, source)

    @classmethod
    def _checked(cls, effective: dict[str, Any], document: dict[str, Any], text: str, source: str) -> Self:
        try:
            taxonomy = cls.model_validate(effective)
        except ValidationError as error:
            place = {topic.get("slug"): index for index, topic in enumerate(document.get("topics", []))}
            details = [_in_document(dict(e), effective, place) for e in error.errors()]
            raise ConfigurationError("\n".join(explain(source, text, document, e, _FIELDS) for e in details)) from error
        if problems := [problem for topic in taxonomy.topics for problem in _phrase_problems(taxonomy, topic)]:
            raise ConfigurationError("\n".join(f"{source}: topic {slug!r}: {what}" for slug, what in problems))
        return taxonomy


class _TopicsFile(_Strict):
    """A user's file: topics may leave out what the shipped ones say."""

    replace: bool = False
    remove: tuple[str, ...] = ()
    sets: dict[str, Phrases] = {}
    topics: tuple[dict[str, Any], ...] = ()

    @field_validator("topics")
    @classmethod
    def _has_slugs(cls, topics: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        counts = Counter(str(topic.get("slug", "")) for topic in topics)
        if "" in counts:
            raise ValueError("a topic has no `slug`: give each [[topics]] entry one")
        if repeated := [slug for slug, count in counts.items() if count > 1]:
            raise ValueError(f"topic {repeated[0]!r} stands twice: merge the two")
        return topics


_FIELDS = {name: field.description or "" for name, field in TopicDefinition.model_fields.items()}


def _merged(base: dict[str, Any], user: _TopicsFile) -> dict[str, Any]:
    topics = {topic["slug"]: topic for topic in base.get("topics", []) if topic["slug"] not in user.remove}
    for topic in user.topics:
        topics[topic["slug"]] = {**topics.get(topic["slug"], {}), **topic}
    return {"sets": {**base.get("sets", {}), **user.sets}, "topics": list(topics.values())}


def _refuse_unknown(source: str, text: str, user: _TopicsFile, shipped: dict[str, Any]) -> None:
    known = {topic["slug"] for topic in shipped["topics"]}
    if unknown := [slug for slug in user.remove if slug not in known]:
        line = next((number for number, row in enumerate(text.splitlines(), 1) if row.startswith("remove")), 1)
        raise ConfigurationError(f"{source}:{line}: remove: there is no topic {unknown[0]!r}: `casewire topics list`")


def _in_document(error: dict[str, Any], effective: dict[str, Any], place: dict[str | None, int]) -> dict[str, Any]:
    """The error with its topic's index in the user's file instead of the effective taxonomy."""
    location = list(error["loc"])
    if len(location) > 1 and location[0] == "topics":
        location[1] = place.get(effective["topics"][location[1]].get("slug"), location[1])
    return {**error, "loc": tuple(location)}


def _phrase_problems(taxonomy: Taxonomy, topic: TopicDefinition) -> list[tuple[str, str]]:
    slugs = {other.slug for other in taxonomy.topics}
    problems = [f"there is no topic {slug!r} to be its parent" for slug in topic.parents if slug not in slugs]
    sides = [term for near in topic.near for term in (*near.a, *near.b, *near.also)]
    for phrase in (*topic.phrases, *topic.supporting, *topic.exclusions, *topic.unless, *sides):
        try:
            if not (phrase in sides and entity_label(phrase)):
                word_sequences(phrase, taxonomy.sets)
        except PhraseError as error:
            problems.append(str(error))
    return [(topic.slug, problem) for problem in problems]


def _missing(slug: str) -> TopicDefinition:
    raise KeyError(slug)
