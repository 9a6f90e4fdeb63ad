"""What a user can put right."""


class ConfigurationError(Exception):
    """A configuration that cannot be used; the message names the file, the entry and the remedy."""
