"""Case topics: what a story is about, with the words that say so."""
