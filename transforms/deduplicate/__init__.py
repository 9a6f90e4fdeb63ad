"""Deduplicating: which items are the same wire story, and which of them leads it."""
