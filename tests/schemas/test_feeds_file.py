"""The feeds file: what is read, and how mistakes are named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from schemas.feeds_file import load_feeds

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(text: str, name: str = "feeds.toml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return _write


def test_defaults_apply_where_a_feed_says_nothing(write: Write) -> None:
    feeds = load_feeds(
        write(
            """
            [defaults]
            min_interval = "15m"
            language = "en"
            [[feeds]]
            id = "wire"
            url = "https://wire.example/rss"
            outlet = "The Wire"
            [[feeds]]
            url = "https://www.daily.example/atom"
            min_interval = "2h"
            private_network = true
            """
        )
    )
    assert [(f.feed_id.split("-")[0], f.outlet, f.min_interval_s, f.language, f.private_network) for f in feeds] == [
        ("wire", "The Wire", 900, "en", False),
        ("daily.example", "daily.example", 7200, "en", True),
    ]


def test_an_id_made_from_the_address_stays_the_same(write: Write) -> None:
    one = load_feeds(write('[[feeds]]\nurl = "https://a.example/x"\n'))
    two = load_feeds(write('[[feeds]]\nurl = "https://b.example/x"\n[[feeds]]\nurl = "https://a.example/x"\n'))
    assert one[0].feed_id == two[1].feed_id != two[0].feed_id


def test_opml_is_read_with_titles_and_without_repeats(write: Write) -> None:
    path = write(
        """<opml version="2.0"><body><outline text="News">
        <outline type="rss" text="The Wire" xmlUrl="https://wire.example/rss"/>
        <outline type="rss" text="Again" xmlUrl="https://wire.example/rss"/>
        <outline type="rss" text="Daily" xmlUrl="https://daily.example/atom"/>
        </outline></body></opml>""",
        "feeds.opml",
    )
    assert [(f.url, f.outlet) for f in load_feeds(path)] == [
        ("https://wire.example/rss", "The Wire"),
        ("https://daily.example/atom", "Daily"),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("feeds = 1 2", ["is not TOML", "line 1"]),
        ("", ["'feeds' is missing"]),
        (
            '[[feeds]]\nid = "wire"\nurl = "https://a.example"\nouttlet = "x"',
            [":1: feed 1 (wire)", "did you mean 'outlet'"],
        ),
        ('[[feeds]]\nurl = "https://a.example"\n\n[[feeds]]\nid = "b"', [":4: feed 2 (b)", "'url' is missing"]),
        ('[[feeds]]\nurl = "gopher://a.example"', ["not an http or https address"]),
        ('[[feeds]]\nurl = "https://a.example:99999/"', ["not an http or https address"]),
        ('[[feeds]]\nurl = "https://[a.example/"', ["Invalid IPv6 URL"]),
        ('[[feeds]]\nid = "A B"\nurl = "https://a.example"', ["'A B' cannot be used", "lower-case"]),
        ('[[feeds]]\nurl = "https://a.example"\nmin_interval = "soon"', ["min_interval", "15m"]),
        ('[[feeds]]\nurl = "https://user:pass@a.example"', ["`secret`"]),
        ('[[feeds]]\nurl = "https://a.example"\n[[feeds]]\nurl = "https://a.example"', ["stands in two feeds"]),
        ('[defaults]\nwindow = 3\n[[feeds]]\nurl = "https://a.example"', ["unknown key 'window'"]),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(write: Write, text: str, named: list[str]) -> None:
    path = write(text)
    with pytest.raises(ConfigurationError) as error:
        load_feeds(path)
    for words in [str(path), *named]:
        assert words in str(error.value)


def test_every_mistake_is_named_at_once(write: Write) -> None:
    path = write('[[feeds]]\nid = "one"\n[[feeds]]\nid = "two"\nurl = "https://a.example"\ncolour = "red"\n')
    with pytest.raises(ConfigurationError) as error:
        load_feeds(path)
    assert len(str(error.value).splitlines()) == 2


def test_a_password_is_never_repeated(write: Write) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_feeds(write('[[feeds]]\nurl = "https://user:hunter2@a.example"'))
    assert "hunter2" not in str(error.value)


@pytest.mark.data
def test_every_real_opml_file_is_read(shared_data: Path) -> None:
    files = sorted((shared_data / "feeds" / "opml").rglob("*.opml"))
    assert len(files) == 118
    assert sum(len(load_feeds(path)) for path in files) > 700
