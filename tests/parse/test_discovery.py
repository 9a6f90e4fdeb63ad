from transforms.parse.discovery import Candidate, discover_feeds

PAGE = """<!doctype html><html><head>
<base href="https://cdn.example/site/">
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="application/rss+xml; charset=utf-8" title="World  news" href="world.xml">
<link rel="ALTERNATE home" type="application/atom+xml" href="https://news.example/atom">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<link rel="alternate" type="application/json" href="https://news.example/wp-json/wp/v2/posts/1">
<link rel="alternate" hreflang="de" href="/de/">
</head><body>
<a href="/politics/feed/">Politics</a> <a href="world.xml">World</a> <a href="/feedback">Feedback</a>
<a href="/politics/feed/">again</a> <a href="mailto:feed@news.example/rss">mail</a> <a>nothing</a>
</body></html>"""


def test_declared_feeds_come_before_linked_ones() -> None:  # requirement 62
    assert discover_feeds(PAGE.encode(), content_type="text/html", url="https://news.example/") == [
        Candidate("https://cdn.example/site/world.xml", "World news", True),
        Candidate("https://news.example/atom", "", True),
        Candidate("https://cdn.example/feed.json", "", True),
        Candidate("https://cdn.example/politics/feed/", "Politics", False),
    ]


def test_without_a_base_addresses_are_relative_to_the_page() -> None:
    page = b'<link rel=alternate type="application/rss+xml" href=../rss><p>unclosed'
    (candidate,) = discover_feeds(page, content_type=None, url="https://news.example/a/b/")
    assert candidate.url == "https://news.example/a/rss"


def test_what_is_no_page_names_no_feeds() -> None:
    assert discover_feeds(b"", content_type=None, url="https://news.example/") == []
    assert discover_feeds(b'{"a": 1}', content_type=None, url="https://news.example/") == []
