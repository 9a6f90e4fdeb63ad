"""The spaCy pipeline that finds names: the one shipped with Casewire, or any other that is installed."""

from pathlib import Path

import spacy
from spacy.language import Language

from schemas.errors import ConfigurationError

SHIPPED = Path(__file__).parent / "model"
"""Directory of the shipped pipeline; `spacy.load` reads it without Casewire."""
_FINDERS = {"ner", "beam_ner", "entity_ruler", "span_ruler"}


def load_pipeline(name: str | None = None) -> Language:
    """Loads the pipeline that finds names.

    Args:
        name: an installed spaCy package ("en_core_web_trf") or a directory; None for the shipped pipeline.

    Raises:
        ConfigurationError: there is no such pipeline, or it does not find entities.
    """
    source = name if name is not None else SHIPPED
    try:
        nlp = spacy.load(source)
    except (OSError, ImportError, ValueError) as error:
        remedy = (
            f"install it (pip install {name}), or leave --spacy-model out to use the shipped one"
            if name is not None
            else "install casewire again, or name an installed pipeline with --spacy-model"
        )
        raise ConfigurationError(f"spaCy pipeline {str(source)!r} cannot be loaded ({error}); {remedy}.") from error
    finders = {nlp.get_pipe_meta(pipe).factory for pipe in nlp.pipe_names} & _FINDERS
    if not finders:
        raise ConfigurationError(
            f"spaCy pipeline {str(source)!r} finds no entities ({', '.join(nlp.pipe_names) or 'it is empty'}); "
            "name one that does, such as en_core_web_sm, or leave --spacy-model out to use the shipped one."
        )
    return nlp


def model_name(nlp: Language) -> str:
    """Name and version of a pipeline, as the `ner_model` column writes it: "en_casewire_news 1.0.0"."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
