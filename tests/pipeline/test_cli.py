"""The command line as a user meets it: exit codes, messages, output."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.newsroom import FINAL, SPY, Newsroom, Piece, newsroom


def casewire(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=stdin)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("cli") / "room") as opened:
        opened.publish("coastal", [Piece("spy", "Court extends detention of engineer", SPY)])
        opened.publish(
            "daily", [Piece("copy", "Engineer stays in jail", SPY, 2), Piece("cup", "Ribeira in final", FINAL)]
        )
        yield opened


@pytest.fixture(scope="module")
def ingested(room: Newsroom) -> Path:
    """An output made by `casewire run`."""
    feeds = room.folder.parent / "feeds.toml"
    feeds.write_text(
        "[defaults]\nprivate_network = true\n"
        + "".join(
            f'[[feeds]]\nid = "{feed.feed_id}"\nurl = "{feed.url}"\noutlet = "{feed.outlet}"\n'
            for feed in room.configured()
        )
    )
    output = room.folder.parent / "with space"
    done = casewire("run", "--feeds", str(feeds), "--output", str(output))
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "quiet where nobody watches"
    for words in ("2 polled", "3 new", "2 new; 1 copy", "seconds", "casewire query --output"):
        assert words in done.stdout
    return output


def test_the_summary_is_kept_as_json(ingested: Path) -> None:
    (summary,) = [json.loads(path.read_text()) for path in (ingested / "_runs").glob("*.json")]
    assert (summary["polled"], summary["items_new"], summary["stories"]) == (2, 3, 2)
    assert summary["relations"] == {"lead": 2, "copy": 1}
    assert summary["seconds"]["tag"] > 0
    assert "espionage" in summary["topics"]


def test_query_prints_json_csv_and_a_table(ingested: Path) -> None:
    sql = "SELECT title, copies FROM story_articles ORDER BY copies DESC"
    rows = json.loads(casewire("query", "--output", str(ingested), "--format", "json", sql).stdout)
    assert rows == [
        {"title": "Court extends detention of engineer", "copies": 1},
        {"title": "Ribeira in final", "copies": 0},
    ]
    csv = casewire("query", "--output", str(ingested), "--format", "csv", sql).stdout
    assert csv == "title,copies\nCourt extends detention of engineer,1\nRibeira in final,0\n"
    assert "Court extends detention of engineer" in casewire("query", "--output", str(ingested), sql).stdout
    assert casewire("query", "--output", str(ingested), "--format", "csv", stdin=sql).stdout == csv


def test_every_view_answers(ingested: Path) -> None:
    for view in ("stories", "articles", "story_articles", "entities", "topics", "fetches", "rejects"):
        answer = casewire("query", "--output", str(ingested), "--format", "json", f"SELECT count(*) AS n FROM {view}")
        (row,) = json.loads(answer.stdout)
        assert row["n"] > 0 or view == "rejects"


def test_a_query_that_fails_says_why(ingested: Path) -> None:
    failed = casewire("query", "--output", str(ingested), "SELECT nothing FROM nowhere")
    assert failed.returncode == 2
    assert "nowhere" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_explain_says_why_a_copy_joined(ingested: Path) -> None:
    said = casewire("explain", "--output", str(ingested), "https://daily.example/copy").stdout
    for words in (
        "Engineer stays in jail",
        "copy of story",
        "Court extends detention of engineer",
        "joins",
        "keys in common",
    ):
        assert words in said


def test_feeds_list_shows_how_they_fare(ingested: Path) -> None:
    said = casewire("feeds", "list", "--output", str(ingested)).stdout
    assert "coastal" in said
    assert "new" in said


def test_topics_can_be_looked_at() -> None:
    assert "espionage" in casewire("topics", "list").stdout
    assert "medtop:20000605" in casewire("topics", "show", "espionage").stdout
    assert casewire("topics", "show", "gossip").returncode == 2
    checked = casewire("topics", "check")
    assert (checked.returncode, "58 topics" in checked.stdout) == (0, True), checked.stdout


def test_feeds_import_writes_a_feeds_file_that_reads_back(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text("<opml><body><outline text='The \"Wire\"' xmlUrl='https://wire.example/rss'/></body></opml>")
    written = casewire("feeds", "import", str(opml), "--to", str(tmp_path / "feeds.toml"))
    assert (written.returncode, "1 feeds" in written.stdout) == (0, True)
    assert 'outlet = "The \\"Wire\\""' in (tmp_path / "feeds.toml").read_text()
    assert casewire("feeds", "import", str(opml), "--to", str(tmp_path / "feeds.toml")).returncode == 2, (
        "never overwrites"
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["run", "--feeds", "none.toml", "--output", "out"], "none.toml: cannot be read"),
        (["run", "--feeds", "{feeds}"], "--output is missing"),
        (["run", "--feeds", "{feeds}", "--output", "out", "--widnow", "3h"], "unknown option --widnow"),
        (["run", "--feeds", "{feeds}", "--output", "out", "--window", "soon"], "--window 'soon'"),
        (["run", "--feeds", "{feeds}", "--output", "out", "--spacy-model", "en_none"], "en_none"),
        (["run", "--feeds", "{feeds}", "--output", "out", "--topics", "{feeds}"], "{feeds}"),
        (["query", "--output", "nowhere", "SELECT 1"], "nowhere"),
        (["fly"], "No such command"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_fetched(
    tmp_path: Path, arguments: list[str], named: str
) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feeds]]\nurl = "https://wire.example/rss"\n')
    refused = casewire(*(argument.format(feeds=feeds) for argument in arguments))
    assert refused.returncode == (1 if arguments[0] == "query" else 2)
    assert named.format(feeds=feeds) in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("command", [[], ["run"], ["query"], ["explain"], ["evaluate"], ["feeds"], ["topics"]])
def test_help_is_worth_reading(command: list[str]) -> None:
    told = casewire(*command, "--help")
    assert told.returncode == 0
    assert len(told.stdout.splitlines()) > 8
