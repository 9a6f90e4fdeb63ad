"""HTML to plain text, block by block."""

import html
import re

from resiliparse.extract.html2text import extract_plain_text

_TAGS = (
    "a abbr address article aside audio b big blockquote body br button caption center cite code col dd del "
    "details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i "
    "iframe img input ins kbd label li link main mark meta nav noscript object ol p picture pre q s samp script "
    "section small source span strike strong style sub summary sup svg table tbody td template tfoot th thead "
    "time tr tt u ul var video wbr"
)
# Known names only: "List<String>" and "x <y> z" are text.
MARKUP = re.compile(rf"<(?:/?(?:{_TAGS.replace(' ', '|')})(?:\s[^<>]*|/)?>|!--|!\[CDATA\[)", re.IGNORECASE)
"""What makes a string markup rather than plain text."""

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_UNSEEN = [
    *("script", "style", "template", "iframe", "object", "svg", "button", "form"),
    *("[hidden]", '[style*="display:none"]', '[style*="display: none"]', '[style*="visibility:hidden"]'),
]
_BLANK_LINES = re.compile(r"\n{3,}")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def to_text(markup: str) -> str:
    """The text a reader would see: paragraphs apart by a blank line, other blocks by a newline.

    Plain text stays as it is but for blanks. What was escaped twice is unescaped twice, never three times.
    """
    if MARKUP.search(markup):
        text = _flatten(markup)
        # Escaped markup in a wrapper of its own: what opens with a tag is no text.
        return _tidy(_flatten(text) if MARKUP.match(text) else _unescape(text))
    text = _unescape(markup)
    if MARKUP.search(text):
        return _tidy(_flatten(text))
    return _tidy(_unescape(text))


def one_line(text: str) -> str:
    """The text with every run of blanks and newlines as one blank."""
    return " ".join(text.split())


def blocks(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line for line in text.split("\n") if line]


def _flatten(markup: str) -> str:
    return str(
        extract_plain_text(markup, preserve_formatting=True, list_bullets=False, alt_texts=False, skip_elements=_UNSEEN)
    )


def _unescape(text: str) -> str:
    return html.unescape(text) if _ENTITY.search(text) else text


def _tidy(text: str) -> str:
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(map(one_line, text.split("\n")))).strip()
