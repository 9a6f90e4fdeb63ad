"""Several worker processes of the local runner do what one does."""

from pathlib import Path

import pytest

from pipeline.beam_options import beam_options
from pipeline.bounded import RunRequest, run_bounded
from tests.faults.test_run_kills import first_day
from tests.pipeline.newsroom import newsroom, run, tables
from transforms.poll.transform import utc_now


@pytest.mark.slow
def test_two_workers_write_the_tables_of_one(tmp_path: Path) -> None:
    with newsroom(tmp_path / "room") as room:
        first_day(room)
        run(room.configured(), str(tmp_path / "one"))
        two = str(tmp_path / "two")
        run_bounded(RunRequest(feeds=room.configured(), location=two, beam=beam_options([], 2), shards=2), utc_now)
    assert tables(two) == tables(str(tmp_path / "one"))
    assert len(tables(two)["articles"]) == 3
