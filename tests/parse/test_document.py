import contextlib
import json
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.parse.document import FeedDocument, NotAFeed, UnparsableDocument, read_document
from transforms.parse.feed import ENTRY_LIMIT
from transforms.parse.xml_entry import read_entry

URL = "https://news.example/feeds/world.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
     xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
  <title>World &amp; more</title><link>https://news.example/</link><language>en</language>
  <lastBuildDate>Tue, 05 Mar 2024 10:00:00 GMT</lastBuildDate><ttl>30</ttl>
  <atom:link rel="self" href="https://news.example/feeds/world.xml"/>
  <atom:link rel="hub" href="https://hub.example/"/>
  <item>
    <title>Court &lt;i&gt;extends&lt;/i&gt; detention</title><link>/a?id=1</link><guid isPermaLink="false">n-1</guid>
    <description>&lt;p&gt;Short.&lt;/p&gt;</description>
    <content:encoded><![CDATA[<p>Longer&nbsp;text.</p>]]></content:encoded>
    <pubDate>Seg, 04 Mar 2024 10:00:00 GMT</pubDate><dc:creator>Jane Doe</dc:creator>
    <category>Courts</category><category>Courts</category><category>World</category>
    <source url="https://wire.example/">Wire</source>
    <media:content url="https://img.example/1.jpg" medium="image"/>
    <enclosure url="https://img.example/1.jpg" type="image/jpeg" length="1"/>
    <media:thumbnail url="https://img.example/small.jpg"/>
  </item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://news.example/atom/">
  <title>Welt</title><updated>2024-03-05T10:00:00Z</updated><link href="https://news.example/"/>
  <entry><id>tag:1</id><title type="html">A &amp;amp; B</title><link href="eins"/>
    <updated>2024-03-05T10:00:00Z</updated><published>2024-03-04T10:00:00Z</published><author><name>Jo</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins</p><p>Zwei</p></div></content></entry>
</feed>"""


def read(document: str | bytes, content_type: str | None = "application/rss+xml") -> FeedDocument:
    body = document.encode() if isinstance(document, str) else document
    return read_document(body, content_type=content_type, url=URL)


def test_rss_as_published() -> None:
    feed = read(RSS)
    assert (feed.title, feed.link, feed.language) == ("World & more", "https://news.example/", "en")
    assert (feed.ttl_s, feed.date) == (1_800, "Tue, 05 Mar 2024 10:00:00 GMT")
    assert (feed.self_url, feed.hub, feed.warnings) == (URL, "https://hub.example/", [])
    (entry,) = feed.entries
    assert (entry.guid, entry.link) == ("n-1", "https://news.example/a?id=1")
    assert entry.title == "Court <i>extends</i> detention"
    assert (entry.summary, entry.content) == ("<p>Short.</p>", "<p>Longer&#160;text.</p>")
    assert entry.published == "Seg, 04 Mar 2024 10:00:00 GMT"
    assert (entry.authors, entry.categories) == (["Jane Doe"], ["Courts", "World"])
    assert (entry.source_title, entry.source_url) == ("Wire", "https://wire.example/")
    assert [image.url for image in entry.images] == ["https://img.example/1.jpg", "https://img.example/small.jpg"]


def test_atom_as_published() -> None:  # requirement 48
    feed = read(ATOM)
    (entry,) = feed.entries
    assert (feed.language, feed.date) == ("de", "2024-03-05T10:00:00Z")
    assert (entry.link, entry.base_url) == ("https://news.example/atom/eins", "https://news.example/atom/")
    assert (entry.published, entry.updated) == ("2024-03-04T10:00:00Z", "2024-03-05T10:00:00Z")
    assert "<p>Eins</p><p>Zwei</p>" in entry.content


@pytest.mark.parametrize("content_type", [None, "text/html", "text/plain; charset=utf-8", "application/octet-stream"])
def test_a_feed_is_a_feed_whatever_its_content_type(content_type: str | None) -> None:  # requirement 37
    assert len(read(RSS, content_type).entries) == 1
    assert read(RSS, content_type).warnings == []


def test_guids_stay_as_given_and_links_become_absolute() -> None:  # requirement 48
    body = RSS.replace('<guid isPermaLink="false">n-1', "<guid>17").replace(
        "https://news.example/</link>", "https://site.example/</link>"
    )
    (entry,) = read(body).entries
    assert (entry.guid, entry.link) == ("17", "https://site.example/a?id=1")


def test_update_period_asks_for_patience() -> None:
    period = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert read(RSS.replace("<ttl>30</ttl>", period)).ttl_s == 21_600
    assert read(RSS.replace("<ttl>30</ttl>", "<ttl>soon</ttl>")).ttl_s is None


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"<!doctype html><html><head><title>Just a moment</title></head></html>", "Just a moment"),
        (b"<note><to>you</to></note>", "<note>"),
        (b"Service unavailable", "neither XML nor JSON"),
        (b'{"error": "quota"}', "JSON"),
        (b"[1, 2]", "neither XML nor JSON"),
    ],
)
def test_other_documents_are_named(body: bytes, detail: str) -> None:  # requirement 35
    with pytest.raises(NotAFeed, match=detail):
        read(body)


def test_entries_under_a_feeds_root_are_a_feed_in_any_namespace() -> None:  # requirement 35
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://channel.netscape.com/rdf/simple/0.9/">'
    assert len(read(f"{rdf}<channel><title>t</title></channel><item><title>a</title></item></rdf:RDF>").entries) == 1
    with pytest.raises(NotAFeed):
        read("<catalogue><item><title>a</title></item></catalogue>")


def test_what_feedparser_holds_as_none_is_an_empty_text() -> None:
    entry = read_entry({"title": None, "summary": None, "content": [{"value": None}]}, (), atom=False)
    assert (entry.title, entry.summary, entry.content) == ("", "", "")


def test_ill_formed_documents_are_read_as_far_as_they_go() -> None:  # requirement 36
    feed = read(RSS.replace("</description>", "</descripton>").replace("&amp; more", "& more"))
    assert len(feed.entries) == 1
    assert "not well-formed" in feed.warnings[0]


def test_items_that_feedparser_does_not_see_are_recovered() -> None:  # requirement 39
    items = "<item><title>A</title></item><item><title>B</title></item>"
    feed = read(f"<rss version='2.0'><channel><title>t</tit<{items}</channel></rss>")
    assert [entry.title for entry in feed.entries] == ["B"]


def test_a_large_ill_formed_document_is_repaired_first() -> None:  # requirement 39
    item = f"<item><title>A & B</title><description>{'word ' * 400}</description></item>"
    feed = read(f"<rss version='2.0'><channel>{item * 800}</channel></rss>")
    assert len(feed.entries) == 800
    assert "not well-formed" in feed.warnings[0]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY path "C:\\data">]>',  # feedparser#599
        '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">',
        "<!-- note --> <?pi x?> <!DOCTYPE rss>",
    ],
)
def test_doctypes_declare_nothing(doctype: str) -> None:  # requirement 40
    feed = read(RSS.replace("?>\n", f"?>\n{doctype}\n", 1).replace("Longer", "&path;&secret;Longer"))
    assert "Longer" in feed.entries[0].content
    assert "root:" not in feed.entries[0].content
    assert "data" not in feed.entries[0].content


def test_entities_within_entities_do_not_grow() -> None:  # requirement 40
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]><rss version="2.0"><channel><item><title>&l11;</title>'
    assert len(read(laughs + "</item></channel></rss>").entries[0].title) < 100


def test_references_to_no_character_do_not_fail() -> None:  # feedparser#599
    feed = read(RSS.replace("Short.", "Short&#1114112;&#xD800;\x0b."))
    assert feed.entries[0].summary == "<p>Short.</p>"


def test_coordinates_of_no_known_system_do_not_fail() -> None:  # feedparser#599
    place = '<g:where><p:Point srsName="EPSG:none"><p:pos>1 2</p:pos></p:Point></g:where>'
    spaces = 'xmlns:g="http://www.georss.org/georss" xmlns:p="http://www.opengis.net/gml"'
    body = RSS.replace("<rss ", f"<rss {spaces} ").replace("<category>World", f"{place}<category>World")
    assert len(read(body).entries) == 1


def test_html_entities_need_no_declaration() -> None:
    feed = read(RSS.replace("World &amp; more", "S&atilde;o&nbsp;Paulo &amp; more"))
    assert feed.title == "São Paulo & more"
    assert feed.warnings == []


def test_entries_beyond_the_limit_are_counted() -> None:  # requirement 63
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(ENTRY_LIMIT + 5))
    feed = read(f"<rss version='2.0'><channel><title>t</title>{items}<ttl>5</ttl></channel></rss>")
    assert [feed.entries[0].guid, feed.entries[-1].guid] == ["0", str(ENTRY_LIMIT - 1)]
    assert len(feed.entries) == ENTRY_LIMIT
    assert feed.warnings == [f"5 entries after the first {ENTRY_LIMIT} were left out"]
    assert feed.ttl_s == 300


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'>" + "<a>" * 5_000,
        "<rss version='2.0'><channel " + " ".join(f'a{n}=""' for n in range(5_000)) + "/></rss>",
        "<rss version='2.0'><channel><item>" + "<category>c</category>" * 500_000 + "</item></channel></rss>",
        "<!DOCTYPE rss [" * 100_000,
        '{"version": "1.1", "items": ' + "[" * 500_000,
        '{"version": "1.1", "items": [',
        "<rss version='2.0'><channel>" + '<a b="' * 500_000,
    ],
    ids=["nested", "attributes", "elements", "doctype", "nested JSON", "half JSON", "quotes"],
)
def test_documents_that_would_hold_up_the_parser_are_refused(body: str) -> None:  # requirement 34
    with pytest.raises(UnparsableDocument):
        read(body)


def test_an_endless_text_is_cut() -> None:  # requirement 63
    body = RSS.replace("Short.", "word &amp;amp; " * 200_000).replace("Longer", "long " * 200_000)
    (entry,) = read(body).entries
    assert 200_000 < len(entry.summary) <= 400_000
    assert 300_000 < len(entry.content) <= 400_000


def test_a_parser_that_fails_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:  # requirement 34
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr(feedparser, "parse", fail)
    with pytest.raises(UnparsableDocument, match="AttributeError: no such thing"):
        read(RSS)


@settings(deadline=None)
@given(st.data())
def test_damaged_documents_never_raise_anything_else(data: st.DataObject) -> None:  # requirement 34
    document = data.draw(st.sampled_from([RSS, ATOM, json.dumps(JSON_FEED)])).encode()
    start = data.draw(st.integers(0, len(document)))
    end = data.draw(st.integers(start, min(len(document), start + 40)))
    damaged = document[:start] + data.draw(st.binary(max_size=12)) + document[end:]
    with contextlib.suppress(NotAFeed, UnparsableDocument):
        read(damaged)


JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "World",
    "home_page_url": "https://news.example/",
    "feed_url": "https://news.example/feed.json",
    "language": "en",
    "authors": [{"name": "The desk"}],
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {
            "id": 7,
            "url": "/a",
            "title": "A < B",
            "content_text": "One.\n\nTwo & three.",
            "summary": "Short",
            "date_published": "2024-03-05T10:00:00Z",
            "date_modified": "2024-03-06T10:00:00Z",
            "tags": ["courts", 3],
            "image": "https://img.example/1.jpg",
            "attachments": [{"url": "https://img.example/1.mp3", "mime_type": "audio/mpeg"}],
        },
        {"id": "8", "external_url": "https://other.example/b", "content_html": "<p>x</p>", "author": {"name": "Jane"}},
        "not an item",
    ],
}


def test_json_feed_as_published() -> None:  # requirement 38
    feed = read(json.dumps(JSON_FEED), "application/feed+json")
    assert (feed.title, feed.link, feed.language, feed.hub) == (
        "World",
        "https://news.example/",
        "en",
        "https://hub.example/",
    )
    first, second = feed.entries
    assert (first.guid, first.link, first.title) == ("7", "https://news.example/a", "A &lt; B")
    assert (first.content, first.summary) == ("One.\n\nTwo &amp; three.", "Short")
    assert (first.published, first.updated) == ("2024-03-05T10:00:00Z", "2024-03-06T10:00:00Z")
    assert (first.authors, first.categories, first.language) == (["The desk"], ["courts"], "en")
    assert [image.type for image in first.images] == ["image", "audio/mpeg"]
    assert (second.link, second.content, second.authors) == ("https://other.example/b", "<p>x</p>", ["Jane"])


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1", "1.0"])
def test_versions_of_json_feed(version: str) -> None:  # requirement 38
    assert len(read(json.dumps(JSON_FEED | {"version": version})).entries) == 2


def test_json_of_other_kinds_is_no_feed() -> None:
    with pytest.raises(NotAFeed):
        read(json.dumps(JSON_FEED | {"version": "https://other.example/version/1"}))
    with pytest.raises(NotAFeed):
        read(json.dumps(JSON_FEED | {"items": None}))
