"""The documentation tells the truth: commands run, tables list what there is."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.query import connect
from schemas.feeds_file import load_feeds
from schemas.record import Record, arrow_schema
from schemas.tables import PARTITIONED_BY, TABLES, Entity, Evidence, Topic
from tests.pipeline.newsroom import SPY, Piece, newsroom, run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
TABLES_PAGE = ROOT / "docs" / "tables.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def column_page() -> str:
    """docs/tables.md as the schemas say it must be."""
    lines = ["# Tables", "", "Written from the schemas; a test keeps it so."]
    described: dict[str, type[Record]] = {
        **TABLES,
        "an entity": Entity,
        "a topic": Topic,
        "evidence of a topic": Evidence,
    }
    for name, record in described.items():
        lines += ["", f"## {name}", "", str(record.__doc__)]
        if name in PARTITIONED_BY:
            lines += ["", f"Partitioned by `date`, the UTC day of `{PARTITIONED_BY[name]}`; rows are sorted by it."]
        lines += ["", "| column | type | meaning |", "|---|---|---|"]
        for column in arrow_schema(record):
            kind = re.sub(r"struct<.*>", "struct", str(column.type).replace("element: ", "").replace(" not null", ""))
            meaning = column.metadata[b"description"].decode().replace("|", "\\|")
            lines.append(f"| `{column.name}` | {kind}{'' if column.nullable else ', never null'} | {meaning} |")
    return "\n".join(lines) + "\n"


def test_the_column_tables_are_those_of_the_schemas() -> None:
    assert TABLES_PAGE.read_text() == column_page()


def test_the_first_two_commands_exist_and_are_what_ci_runs() -> None:
    commands = [line.split()[0] for line in blocks("sh")[0].splitlines()]
    assert commands == ["./run_local.sh", "./test.sh"]
    for command in commands:
        assert (ROOT / command).stat().st_mode & 0o111
        assert subprocess.run(["bash", "-n", ROOT / command], check=False).returncode == 0
    assert "./test.sh" in (ROOT / ".ci" / "run").read_text()


def test_the_feeds_file_of_the_readme_is_read_and_its_keys_are_all_there_are(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(blocks("toml")[0])
    assert [feed.feed_id.split(".")[0] for feed in load_feeds(path)] == ["harbour-wire", "intranet"]
    table = set(re.findall(r"^\| `(\w+)` \|", README.split("| key |")[1].split("\n\n")[0], re.MULTILINE))
    unknown = tmp_path / "unknown.toml"
    unknown.write_text('[[feeds]]\nurl = "https://a.example"\nzzz = 1\n')
    with pytest.raises(Exception, match="known are") as refusal:
        load_feeds(unknown)
    assert table == set(re.findall(r"known are (.*)", str(refusal.value))[0].split(", "))


def test_the_views_and_the_queries_of_the_readme_work(tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    with newsroom(tmp_path / "room") as room:
        room.publish("coastal", [Piece("spy", "Court extends detention of spy suspect", SPY)])
        run(room.configured(), output)
    with connect(output) as connection:
        for view in re.findall(r"^\| `(\w+)` \|", README.split("| view |")[1].split("\n\n")[0], re.MULTILINE):
            connection.execute(f"SELECT * FROM {view}")
        rows = connection.execute(blocks("sql")[0]).fetchall()
        assert [row[:3] for row in rows] == [("Court extends detention of spy suspect", "Coastal", 1)]
        (query,) = re.findall(r'^casewire query --output data-samples "(.*)"$', README, re.MULTILINE)
        assert len(connection.execute(query).fetchall()) == 1


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`?(casewire [a-z]+(?: [a-z]+)?(?: --[a-z-]+)*)", README))))
def test_every_command_named_exists(line: str) -> None:
    words = shlex.split(line)[1:]
    command = [word for word in words if not word.startswith("--")]
    helped = CliRunner().invoke(app, [*command, "--help"])
    if helped.exit_code:  # the second word was an argument
        command = command[:1]
        helped = CliRunner().invoke(app, [*command, "--help"])
    assert helped.exit_code == 0, helped.output
    for option in (word for word in words if word.startswith("--")):
        assert option in helped.output or command == ["run"], "Beam's options are not listed"


def test_the_python_versions_of_the_readme_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11"
    assert "Python 3.11" in README
    assert sys.version_info >= (3, 11)
