"""A quality figure and the floor it must not fall below."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure."""

    name: str
    value: float
    floor: float
    """Pinned; only ever raised."""
    detail: str
    """What it was measured on, and whether that was tuned on."""
