"""`casewire feeds check` and `feeds discover`: what they find, and what they advise."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.poll.scripted_server import Reply, ScriptedServer, rss


def casewire(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["feeds", *arguments])


def test_a_good_feed(server: ScriptedServer) -> None:
    url = server.on("/feed", Reply(body=rss("a flood"), headers={"ETag": '"1"'}), Reply(304))
    result = casewire("check", url, "--private-network")
    assert result.exit_code == 0
    assert "new: 1 new" in result.output
    assert 'given and honoured; ETag "1"' in result.output
    assert "a flood" in result.output
    assert "! 1 of 1 dates are missing" in result.output
    assert [request.headers.get("if-none-match") for request in server.requests] == [None, '"1"']


@pytest.mark.parametrize(
    ("reply", "advice"),
    [
        (Reply(body=rss("a flood")), "gives no validators"),
        (Reply(body=rss("a flood"), headers={"ETag": '"1"'}), "does not honour them"),
        (Reply(body=rss("a", "b").replace(b">b</guid>", b">a</guid>")), "recognised by link"),
    ],
)
def test_advice(reply: Reply, advice: str, server: ScriptedServer) -> None:
    result = casewire("check", server.on("/feed", reply), "--private-network")
    assert result.exit_code == 0
    assert advice in result.output


def test_a_feed_that_moved(server: ScriptedServer) -> None:
    new = server.on("/new", Reply(body=rss("a flood")))
    result = casewire("check", server.on("/old", Reply(301, headers={"Location": "/new"})), "--private-network")
    assert f"! it has moved for good: change its address to {new}" in result.output


def test_what_is_no_feed_fails(server: ScriptedServer) -> None:
    result = casewire("check", server.on("/page", Reply(body=b"<html><p>Welcome")), "--private-network")
    assert result.exit_code == 1
    assert "not_a_feed" in result.output


def test_private_addresses_need_leave(server: ScriptedServer) -> None:
    result = casewire("check", server.on("/feed", Reply(body=rss("a flood"))))
    assert result.exit_code == 1
    assert "private_address" in result.output


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss("a flood"))
    result = casewire("check", str(tmp_path / "feed.xml"))
    assert result.exit_code == 0
    assert "a flood" in result.output
    assert "! the server" not in result.output


def test_the_feeds_of_a_page(server: ScriptedServer) -> None:
    feed = server.on("/feed", Reply(body=rss("a flood")))
    links = b"<link rel=alternate type=application/rss+xml href=/feed title=News><a href=/old/rss>Old</a>"
    result = casewire("discover", server.on("/", Reply(body=b"<html><head>" + links)), "--private-network")
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert first == f"{feed}  declared, new: 1 new, 0 revised, 0 known  News"
    assert "linked, not_found" in second


def test_a_page_without_feeds(server: ScriptedServer) -> None:
    result = casewire("discover", server.on("/", Reply(body=b"<html><p>Welcome")), "--private-network")
    assert result.exit_code == 1
    assert "names no feed" in result.output
