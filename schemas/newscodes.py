"""The vocabularies that topics are mapped to: IPTC Media Topics and GDELT themes."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """A concept of IPTC Media Topics (CC BY 4.0, iptc.org/standards/media-topics)."""

    id: str
    label: str
    retired: str
    """When it was retired, as precisely as known; empty while it is in use."""
    note: str
    """What to use instead, or how it was renamed."""


@cache
def media_topics() -> dict[str, MediaTopic]:
    """Every Media Topic by id, such as `medtop:20000605`, in use or retired."""
    rows = (line for line in _lines("iptc_mediatopics.csv") if not line.startswith("#"))
    return {row["id"]: MediaTopic(**row) for row in csv.DictReader(rows)}


@cache
def gdelt_themes() -> frozenset[str]:
    """The themes of GDELT's category list."""
    return frozenset(line for line in _lines("gdelt_themes.txt") if line and not line.startswith("#"))


def _lines(name: str) -> list[str]:
    return files("schemas").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines()
