"""Reading feeds: bytes to raw entries, raw entries to plain text and facts."""
