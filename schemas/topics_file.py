"""What is wrong in a topics file, said with file, line, topic and remedy."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any


def explain(
    source: str, text: str, document: Mapping[str, Any], error: Mapping[str, Any], fields: Mapping[str, str]
) -> str:
    """One pydantic error as a line for the user.

    Args:
        source: what the file is called.
        text: the file as written.
        document: the file as parsed.
        error: one of `ValidationError.errors()`.
        fields: the keys of a topic with what they mean.
    """
    place = list(error["loc"])
    where = source
    if len(place) > 1 and place[0] == "topics" and isinstance(place[1], int):
        topics = document.get("topics", [])
        slug = topics[place[1]].get("slug", "") if place[1] < len(topics) else ""
        where = f"{source}{_line(text, place[1])}: topic {slug or place[1] + 1}"
    keys = [str(part) for part in place[2:]] if len(place) > 1 else [str(part) for part in place]
    key = next((part for part in reversed(keys) if not part.isdigit()), "")
    if error["type"] == "extra_forbidden":
        guess = get_close_matches(key, fields, 1)
        advice = f"did you mean {guess[0]!r}?" if guess else f"known are {', '.join(fields)}"
        return f"{where}: unknown key {key!r}: {advice}"
    if error["type"] == "missing":
        return f"{where}: {key!r} is missing: {fields.get(key) or 'a rule of two terms needs both'}"
    if error["type"] == "string_pattern_mismatch":
        remedy = 'write "medtop:" and eight digits' if key == "iptc" else "write lower-case words joined by '-'"
        return f"{where}: {key}: {error['input']!r} cannot be used: {remedy}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {key}: {message}" if key else f"{where}: {message}"


def _line(text: str, index: int) -> str:
    starts = [number for number, row in enumerate(text.splitlines(), 1) if row.strip().startswith("[[topics]]")]
    return f":{starts[index]}" if index < len(starts) else ""
