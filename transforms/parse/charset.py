"""From the bytes of a document to its text, whatever it claims about itself."""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from transforms.parse.slices import substitute_references

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    # "<?" or "<r" without a byte order mark: XML 1.0, appendix F
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
_TOLERATED_DAMAGE = 0.1
_SNIFFED = 65_536

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));")


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a document.

    A byte order mark decides; then bytes that are valid UTF-8 are UTF-8 even where a header or declaration says
    otherwise, since decoding them as anything else would encode them twice; then the charset of the Content-Type
    header, the XML declaration, and detection.
    """
    for signature, encoding in _SIGNATURES:
        if body.startswith(signature):
            return body.decode(encoding, "replace")
    declared = _declared(body, content_type)
    if body.isascii() and declared is not None and declared.startswith("iso2022"):
        return body.decode(declared, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = body.decode("utf-8", "replace")
    if _is_damaged_utf8(lenient):
        return lenient
    return body.decode(declared or _detected(body), "replace")


def strip_illegal(text: str) -> str:
    """The text without characters XML forbids, written out or as references."""
    return substitute_references(_NUMBERED, _legal_reference, _ILLEGAL.sub("", text))


def _legal_reference(match: re.Match[str]) -> str:
    hexadecimal, decimal = match.groups()
    digits, base = (hexadecimal, 16) if hexadecimal else (decimal, 10)
    # Past seven digits nothing is a character, and int() of a megabyte of digits would be slow.
    legal = len(digits) <= 7 and (code := int(digits, base)) <= 0x10FFFF and not _ILLEGAL.match(chr(code))
    return match.group() if legal else ""


def _declared(body: bytes, content_type: str | None) -> str | None:
    http = _HTTP_CHARSET.search(content_type or "")
    xml = _XML_ENCODING.match(body.lstrip()[:300])
    names = [http.group(1) if http else None, xml.group(1).decode("ascii", "ignore") if xml else None]
    return next((codec for name in names if name and (codec := _codec(name))), None)


def _codec(name: str) -> str | None:
    """The codec browsers use under that name (iso-8859-1 means windows-1252), None for an unknown or Unicode one."""
    mapped = map_encoding_to_html5(name, fallback_utf8=False) or name
    try:
        codec = codecs.lookup(mapped).name
    except LookupError:
        return None
    # Text that is not valid UTF-8 and has no UTF-16 signature is neither.
    return None if codec.startswith(("utf", "ascii")) else codec


def _is_damaged_utf8(lenient: str) -> bool:
    damaged = lenient.count("\ufffd")
    foreign = len(lenient) - len(lenient.encode("ascii", "ignore"))
    return damaged <= foreign * _TOLERATED_DAMAGE


def _detected(body: bytes) -> str:
    return _codec(detect_encoding(body[:_SNIFFED]) or "") or "cp1252"
