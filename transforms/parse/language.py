"""The language of an item, detected from its own words."""

import re

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNDETERMINED = "und"
"""ISO 639-2 code for a text whose language cannot be told."""

_ENOUGH = 12
"""Letters without which every answer would be a guess."""
_READ = 1_000
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+")


class LanguageDetector:
    """py3langid's model, held by whoever detects: loading takes half a second."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, title: str, text: str) -> str:
        """ISO 639-1 code of the title and the opening of the text; `und` for too little text."""
        words = _NOISE.sub(" ", f"{title}\n{text[:_READ]}")
        if sum(map(str.isalpha, words)) < _ENOUGH:
            return UNDETERMINED
        code, _ = self._identifier.classify(words)
        return str(code)
