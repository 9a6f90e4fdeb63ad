"""What the user chose of the tagger, read and checked before anything is fetched."""

from pathlib import Path

from schemas.errors import ConfigurationError
from schemas.taxonomy import Taxonomy
from transforms.tag.entities.gazetteer import load_gazetteer
from transforms.tag.entities.pipeline import load_pipeline
from transforms.tag.transform import TaggerSettings


def tagger_settings(spacy_model: str | None, topics: Path | None, entities: Path | None) -> TaggerSettings:
    """The settings that travel to the workers.

    Raises:
        ConfigurationError: a file or the model cannot be used; the message says what, where and the remedy.
    """
    settings = TaggerSettings(spacy_model=spacy_model, topics=_text(topics), entities=_text(entities))
    if topics is not None:
        Taxonomy.from_text(settings.topics, str(topics))
    if entities is not None:
        load_gazetteer(settings.entities, str(entities))
    if spacy_model is not None:
        load_pipeline(spacy_model)
    return settings


def _text(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not UTF-8: {error}") from error
