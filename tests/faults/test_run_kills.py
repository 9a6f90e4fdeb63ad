"""A whole run, killed anywhere: after the next run the tables are those of an undisturbed one."""

import random
import shutil
import threading
import time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.beam_options import beam_options
from pipeline.bounded import RunRequest, run_bounded
from schemas.flow import Feed
from tests.faults.kills import run_and_kill
from tests.pipeline.newsroom import FINAL, QUAKE, SPY, WHEAT, Newsroom, Piece, newsroom, run, tables
from transforms.poll.transform import utc_now

MOMENTS = 50
CHUNKS = 5


def run_in_child(feeds: list[Feed], output: str) -> None:
    run_bounded(RunRequest(feeds=feeds, location=output, beam=beam_options([])), utc_now)


def first_day(room: Newsroom) -> None:
    room.publish(
        "coastal", [Piece("spy", "Court extends detention of engineer", SPY), Piece("wheat", "Wheat falls", WHEAT)]
    )
    room.publish("daily", [Piece("cup", "Ribeira reach the final", FINAL, 1)])


def second_day(room: Newsroom) -> None:
    room.publish(
        "daily", [Piece("copy", "Engineer to stay in jail", SPY, 20), Piece("cup", "Ribeira reach final", FINAL, 1)]
    )
    room.publish("coastal", [Piece("quake", "Quake shakes Chile", QUAKE, 20), *room.feeds["coastal"]])


def whole_files_only(output: str) -> None:
    """Every file a reader could open under the tables is a whole Parquet file."""
    for table in ("stories", "articles", "fetches", "rejects"):
        for path in (Path(output) / table).rglob("*"):
            if path.is_file():
                assert path.suffix == ".parquet", f"a partial file is visible: {path}"
                pq.read_table(path)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_at_random_moments(tmp_path: Path, chunk: int) -> None:
    with newsroom(tmp_path / "room") as room:
        first_day(room)
        undisturbed = str(tmp_path / "undisturbed")
        run(room.configured(), undisturbed)
        yesterday = shutil.copytree(undisturbed, tmp_path / "yesterday")
        second_day(room)
        start = time.monotonic()
        assert not run_and_kill(run_in_child, room.configured(), undisturbed)
        length = time.monotonic() - start
        expected = tables(undisturbed)
        assert len(expected["articles"]) == 6

        moments = random.Random(chunk)  # noqa: S311 -- any moments will do, but the same ones each time
        killed = attempts = 0
        while killed < MOMENTS // CHUNKS:
            attempts += 1
            output = str(shutil.copytree(yesterday, tmp_path / str(attempts)))
            if run_and_kill(run_in_child, room.configured(), output, after_seconds=moments.uniform(0, length)):
                killed += 1
            else:
                length *= 0.9  # the machine is less busy than when the run was timed
            whole_files_only(output)
            run(room.configured(), output)
            whole_files_only(output)
            assert tables(output) == expected
        assert attempts < 10 * killed


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("when", ["before", "after"])
def test_at_every_write(tmp_path: Path, when: str) -> None:
    with newsroom(tmp_path / "room") as room:
        first_day(room)
        undisturbed = str(tmp_path / "undisturbed")
        run(room.configured(), undisturbed)
        expected = tables(undisturbed)
        step = 0
        while True:
            step += 1
            output = str(tmp_path / str(step))
            if not run_and_kill(
                run_in_child, room.configured(), output, at=step, when="before" if when == "before" else "after"
            ):
                break
            whole_files_only(output)
            run(room.configured(), output)
            assert tables(output) == expected
        assert step > 15


@pytest.mark.slow
def test_readers_during_a_run_never_meet_a_broken_file(tmp_path: Path) -> None:
    with newsroom(tmp_path / "room") as room:
        first_day(room)
        output = str(tmp_path / "out")
        run(room.configured(), output)
        second_day(room)
        reader = duckdb.connect()
        counts = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                (count,) = reader.execute(f"SELECT count(*) FROM '{output}/articles/**/*.parquet'").fetchone() or (0,)
                counts.append(count)

        thread = threading.Thread(target=read)
        thread.start()
        try:
            run(room.configured(), output)
        finally:
            done.set()
            thread.join()
            reader.close()
        assert set(counts) <= {3, 4, 5, 6}
        assert counts == sorted(counts)
