"""Hashes of texts as Parquet stores them."""

from xxhash import xxh3_64_intdigest


def signed_hash(text: str) -> int:
    """A 64-bit hash, signed."""
    unsigned = xxh3_64_intdigest(text.encode("utf-8", "replace"))
    return unsigned - (1 << 64) if unsigned >= 1 << 63 else unsigned
