"""Runs that follow each other on one output."""

import operator
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.pipeline.newsroom import FINAL, QUAKE, SPY, START, WHEAT, Newsroom, Piece, newsroom, rows, run
from transforms.write.store import Store


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path / "room") as opened:
        opened.publish(
            "coastal", [Piece("spy", "Court extends detention of engineer", SPY), Piece("wheat", "Wheat falls", WHEAT)]
        )
        opened.publish("daily", [Piece("cup", "Ribeira reach the final", FINAL, 1)])
        yield opened


@pytest.fixture
def output(tmp_path: Path) -> str:
    return str(tmp_path / "out put")


def test_the_same_feeds_again_add_nothing_but_the_poll_log(room: Newsroom, output: str) -> None:
    first = run(room.configured(), output)
    before = {table: rows(output, table) for table in ("stories", "articles", "rejects")}
    second = run(room.configured(), output)
    assert (first.items_new, first.stories, second.items_new, second.stories) == (3, 3, 0, 0)
    assert {table: rows(output, table) for table in before} == before
    assert [row["outcome"] for row in rows(output, "fetches") if row["run_id"] == second.run_id] == ["not_modified"] * 2
    assert "parse" not in second.seconds, "unchanged documents are not parsed"
    assert "tag" not in second.seconds


def test_a_copy_of_yesterdays_story_joins_it(room: Newsroom, output: str) -> None:
    run(room.configured(), output)
    room.publish(
        "daily", [Piece("copy", "Engineer to stay in jail", SPY, 20), Piece("cup", "Ribeira reach the final", FINAL, 1)]
    )
    second = run(room.configured(), output)
    assert (second.items_new, second.stories, second.relations) == (1, 0, {"copy": 1})
    (story,) = [row for row in rows(output, "story_articles") if row["copies"] == 1]
    assert story["title"] == "Court extends detention of engineer"
    assert story["outlets"] == ["Coastal", "Daily"]


def test_only_new_items_are_tagged(room: Newsroom, output: str) -> None:
    run(room.configured(), output)
    room.publish("coastal", [Piece("quake", "Quake shakes Chile", QUAKE, 20), *room.feeds["coastal"]])
    second = run(room.configured(), output)
    assert (second.items_seen, second.items_new, second.stories) == (3, 1, 1)
    assert [row["title"] for row in rows(output, "stories") if row["run_id"] == second.run_id] == ["Quake shakes Chile"]


def test_a_changed_text_is_a_revision_of_its_story(room: Newsroom, output: str) -> None:
    run(room.configured(), output)
    room.publish("daily", [Piece("cup", "Ribeira reach the final", FINAL.replace("18,402", "18,420"), 1)])
    second = run(room.configured(), output)
    assert (second.items_new, second.items_revised, second.stories) == (0, 1, 0)
    revision = next(row for row in rows(output, "articles") if row["version"] == 2)
    original = next(row for row in rows(output, "articles") if row["guid"] == "cup" and row["version"] == 1)
    assert revision["relation"] == "revision"
    assert revision["story_id"] == original["article_id"] == revision["matched_article_id"]


def test_a_revision_long_after_the_window_still_finds_its_story(room: Newsroom, output: str) -> None:
    start = datetime.now(UTC)
    run(room.configured(), output, lambda: start)
    run(room.configured(), output, lambda: start + timedelta(days=30))
    room.publish("daily", [Piece("cup", "Ribeira reach the final", FINAL.replace("18,402", "18,420"), 1)])
    run(room.configured(), output, lambda: start + timedelta(days=30, hours=1))
    assert len({row["story_id"] for row in rows(output, "articles") if row["guid"] == "cup"}) == 1


def test_an_item_that_was_dropped_and_listed_again_is_not_new(room: Newsroom, output: str) -> None:
    listed = room.feeds["coastal"]
    run(room.configured(), output)
    room.publish("coastal", listed[:1])
    run(room.configured(), output)
    room.publish("coastal", listed)
    assert run(room.configured(), output).items_new == 0


def test_the_same_documents_at_another_address_are_no_news(room: Newsroom, output: str) -> None:
    (room.folder / "broken.xml").write_text("<html><body>Not a feed</body></html>")
    room.feeds["broken"] = []
    run(room.configured(), output)
    with newsroom(room.folder) as moved:
        moved.feeds = room.feeds
        second = run(moved.configured(), output)
    assert (second.items_new, second.unchanged, second.rejects) == (0, 2, 0)


def test_a_feed_left_out_of_one_run_is_not_forgotten(room: Newsroom, output: str) -> None:
    run(room.configured(), output)
    run(room.configured()[1:], output)
    assert run(room.configured(), output).items_new == 0


def test_one_bad_feed_fails_nobody(room: Newsroom, output: str) -> None:
    (room.folder / "broken.xml").write_text("<html><body>Not a feed</body></html>")
    room.feeds["broken"] = []
    room.feeds["missing"] = []
    summary = run(room.configured(), output)
    assert (summary.stories, summary.failed) == (3, {"not_a_feed": 1, "not_found": 1})
    kept = {(row["feed_id"], row["stage"]): row["raw"] for row in rows(output, "rejects")}
    assert kept["broken", "document"] == b"<html><body>Not a feed</body></html>"
    assert kept.keys() == {("broken", "document"), ("missing", "fetch")}
    run(room.configured(), output)
    assert len(rows(output, "rejects")) == 2, "the same bytes are kept once"


def test_the_cost_of_a_run_does_not_grow_with_what_came_before_the_window(
    room: Newsroom, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(4):
        room.publish("daily", [Piece(f"cup-{day}", f"Final {day}", FINAL.replace("31", str(day)), 24 * day)])
        run(room.configured(), output, partial(operator.add, START, timedelta(days=30 * day)))
    reads: list[str] = []
    get = Store.get

    def recorded(store: Store, path: str) -> bytes | None:
        reads.append(path)
        return get(store, path)

    monkeypatch.setattr(Store, "get", recorded)
    summary = run(room.configured(), output, partial(operator.add, START, timedelta(days=200)))
    before = {path.partition("-")[0] for path in reads if summary.run_id not in path and not path.startswith("_lock")}
    assert before == {"_memory/HEAD.json", "_memory/feeds"}
