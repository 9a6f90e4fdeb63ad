import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parse.charset import decode, strip_illegal

LETTER = "<?xml version='1.0' encoding='{}'?><t>Übermäßig, «éà» — naïve</t>"
RUSSIAN = "<?xml version='1.0' encoding='{}'?><t>Суд продлил арест журналиста до осени</t>"


@pytest.mark.parametrize(
    ("text", "encoding", "content_type"),
    [
        (LETTER.format("utf-8"), "utf-8", None),
        (LETTER.format("utf-8"), "utf-8-sig", None),
        (LETTER.format("utf-16"), "utf-16", None),
        (LETTER.format("utf-16"), "utf-16-le", None),
        (LETTER.format("utf-16"), "utf-16-be", "text/xml; charset=iso-8859-1"),
        (LETTER.format("utf-32"), "utf-32", None),
        (LETTER.format("windows-1252"), "windows-1252", None),
        (LETTER.format("iso-8859-1"), "windows-1252", None),  # as browsers read it
        (RUSSIAN.format("koi8-r"), "koi8-r", None),
        (RUSSIAN.format("iso-8859-5"), "windows-1251", 'application/xml; charset="windows-1251"'),
        ("<?xml version='1.0' encoding='gb2312'?><t>朱镕基, 镕</t>", "gb18030", None),
        ("<?xml version='1.0' encoding='iso-2022-jp'?><t>東京地裁</t>", "iso2022_jp", None),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str, content_type: str | None) -> None:  # requirement 41
    assert decode(text.encode(encoding), content_type) == text


@pytest.mark.parametrize("lie", ["iso-8859-1", "windows-1251", "us-ascii", "utf-16", "unknown-8bit"])
def test_what_is_utf_8_is_never_encoded_twice(lie: str) -> None:  # requirement 41
    text = LETTER.format(lie)
    assert decode(text.encode(), f"text/xml; charset={lie}") == text


def test_what_nobody_declares_is_detected() -> None:  # requirement 41
    text = "<t>" + "Суд продлил арест журналиста до осени. " * 5 + "</t>"
    assert decode(text.encode("windows-1251"), "application/xml") == text


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    body = ("<t>" + "é" * 100).encode() + b"\xff</t>"
    assert decode(body, None) == "<t>" + "é" * 100 + "\ufffd</t>"


@given(st.binary(max_size=200), st.none() | st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, content_type: str | None) -> None:
    strip_illegal(decode(body, content_type)).encode()


def test_characters_that_xml_forbids_go() -> None:  # requirement 42
    forbidden = "a\x00b\x0bc&#0;d&#x1F;e&#xD800;f&#1114112;g&#99999999999;h\ufffei"
    assert strip_illegal(forbidden) == "abcdefghi"
    assert strip_illegal("tab\t&#9;&#x41;&#128512;") == "tab\t&#9;&#x41;&#128512;"


def test_references_are_found_wherever_a_long_text_is_sliced() -> None:
    text = "&#1;a&#65;" * 50_000
    assert strip_illegal(text) == "a&#65;" * 50_000
