from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

import listparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parse.urls import RULES, canonical, is_opaque, resolve

GOLDEN = [
    ("http://News.Example/a", "https://news.example/a"),
    ("https://news.example", "https://news.example/"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("http://news.example:80/a", "https://news.example/a"),
    ("https://news.example:8443/a", "https://news.example:8443/a"),
    ("https://user:secret@news.example/a", "https://news.example/a"),
    ("https://news.example./a", "https://news.example/a"),
    ("https://news.example/a/../b/./c", "https://news.example/b/c"),
    ("https://news.example/a/", "https://news.example/a/"),
    ("https://news.example/%7Euser/%e4%b8%ad", "https://news.example/~user/%E4%B8%AD"),
    ("https://news.example/中 b", "https://news.example/%E4%B8%AD%20b"),
    ("https://müller.example/a", "https://xn--mller-kva.example/a"),
    ("https://news.example/a?utm_source=rss&id=2&b=1", "https://news.example/a?b=1&id=2"),
    ("https://news.example/a?at_medium=RSS&at_campaign=KARANGA", "https://news.example/a"),
    ("https://news.example/a?source=rss", "https://news.example/a"),
    ("https://news.example/a?source=archive", "https://news.example/a?source=archive"),
    ("https://news.example/a?ref=feed&p=123", "https://news.example/a?p=123"),
    ("https://news.example/?p=123", "https://news.example/?p=123"),
    ("https://news.example/a#comments", "https://news.example/a"),
    ("https://news.example/a#2024-03-05", "https://news.example/a#2024-03-05"),
    ("https://news.example/#!/story/5", "https://news.example/#!/story/5"),
    ("https://www.google.com/url?rct=j&sa=t&url=https://news.example/a%3Fid%3D1&ct=ga", "https://news.example/a?id=1"),
    ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
]


@pytest.mark.parametrize(("url", "expected"), GOLDEN)
def test_golden_addresses_under_rules_1(url: str, expected: str) -> None:  # requirement 54
    assert RULES == 1
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url", ["mailto:a@b.example", "magnet:?xt=urn:btih:1", "/a", "http://", "http://[x", "http://a:b:c/"]
)
def test_what_is_no_http_address_has_no_canonical_form(url: str) -> None:
    assert canonical(url) is None


_PATH = st.text(st.sampled_from("ab/.%~ 中é+&=;:@0aF2"), max_size=20)
_QUERY = st.text(st.sampled_from("abutm_source&=%2F 中;#"), max_size=30)


@given(
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.example", "É.example", "A.example:80"]),
    _PATH,
    _QUERY,
)
def test_canonical_is_idempotent(scheme: str, host: str, path: str, query: str) -> None:  # requirement 54
    once = canonical(f"{scheme}://{host}/{path}?{query}")
    assert once is not None
    assert canonical(once) == once


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(url: str) -> None:
    canonical(url)
    canonical(f"http://{url}")
    is_opaque(url)
    resolve(url, ["http://news.example/", None])


@pytest.mark.data
def test_no_two_pages_of_the_opml_set_are_merged(shared_data: Path) -> None:  # requirement 54
    urls = set()
    for path in (shared_data / "feeds" / "opml").rglob("*.opml"):
        outline = listparser.parse(path.read_bytes())
        urls |= {feed.url for feed in outline.feeds if feed.url}
    assert len(urls) > 700
    merged = defaultdict(set)
    for url in urls:
        merged[canonical(url)].add(_plain(url))
    assert {key: pages for key, pages in merged.items() if key is None or len(pages) > 1} == {}


def _plain(url: str) -> tuple[str, ...]:
    """A page but for the scheme, the case of its host and escapes: differences nobody takes for another page."""
    parts = urlsplit(url.strip())
    return (parts.netloc.lower(), unquote(parts.path) or "/", parts.query, parts.fragment)


@pytest.mark.parametrize(
    ("link", "bases", "expected"),
    [
        ("https://news.example/a", ["https://other.example/"], "https://news.example/a"),
        ("/a", [None, "https://news.example/x/feed"], "https://news.example/a"),
        ("a?b=1", ["https://news.example/x/"], "https://news.example/x/a?b=1"),
        ("//cdn.example/p.jpg", ["https://news.example/"], "https://cdn.example/p.jpg"),
        (" https://news.example/a\n", [], "https://news.example/a"),
        ("/a", [None], "/a"),
        ("http://[x", ["https://news.example/"], "http://[x"),
    ],
)
def test_links_are_resolved_against_the_first_base_that_can(
    link: str, bases: list[str | None], expected: str
) -> None:  # requirement 48
    assert resolve(link, bases) == expected


@pytest.mark.parametrize(
    ("url", "opaque"),
    [
        ("https://news.google.com/rss/articles/CBMiabc?oc=5", True),
        ("http://feedproxy.google.com/~r/name/~3/abc/", True),
        ("https://t.co/abc", True),
        ("https://news.example/t.co/abc", False),
        ("https://news.google.com/", False),
    ],
)
def test_redirectors_are_opaque(url: str, opaque: bool) -> None:  # requirement 53
    assert is_opaque(url) == opaque
