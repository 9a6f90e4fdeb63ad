"""The same run on an object store: a real S3 server on loopback."""

import logging
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from pipeline.lease import Lease, OutputBusy
from tests.faults.kills import run_and_kill
from tests.faults.test_run_kills import first_day, run_in_child, second_day
from tests.pipeline.newsroom import newsroom, rows, run, tables
from transforms.poll.transform import utc_now
from transforms.write.store import StorageError, Store

BUCKET = "casewire-tests"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an empty prefix in an empty bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    try:
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield f"s3://{BUCKET}/news desk/out"
    finally:
        server.stop()


def test_two_days_are_the_same_as_on_a_disk(s3: str, tmp_path: Path) -> None:
    with newsroom(tmp_path / "room") as room:
        for publish in (first_day, second_day):
            publish(room)
            for output in (s3, str(tmp_path / "disk")):
                run(room.configured(), output)
    assert tables(s3) == tables(str(tmp_path / "disk"))
    assert len(rows(s3, "story_articles")) == len(rows(s3, "stories")) == 4
    assert not list(Store(s3).list("_staging"))


def test_overlapping_runs_are_refused(s3: str) -> None:
    store = Store(s3)
    with Lease(store, "first", utc_now), pytest.raises(OutputBusy), Lease(store, "second", utc_now):
        pass


def test_a_missing_bucket_is_named_with_the_remedy(s3: str) -> None:
    with pytest.raises(StorageError, match="create the bucket first"):
        Store(s3.replace(BUCKET, "nobody-has-this")).put("a", b"")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_every_write_it_is_whole_after_the_next_run(s3: str, tmp_path: Path) -> None:
    with newsroom(tmp_path / "room") as room:
        first_day(room)
        run(room.configured(), f"{s3}/undisturbed")
        expected = tables(f"{s3}/undisturbed")
        step = 0
        while run_and_kill(run_in_child, room.configured(), f"{s3}/{step}", at=step + 1, when="after"):
            assert set(map(str, tables(f"{s3}/{step}")["articles"])) <= set(map(str, expected["articles"]))
            run(room.configured(), f"{s3}/{step}")
            assert tables(f"{s3}/{step}") == expected
            step += 1
        assert step > 15
