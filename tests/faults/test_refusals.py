"""What stops a run stops it with a clear message, and costs nothing that was there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.lease import Lease
from tests.faults.test_run_kills import first_day
from tests.pipeline.newsroom import Newsroom, newsroom
from transforms.poll.transform import utc_now
from transforms.write.store import Store


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path / "room") as opened:
        first_day(opened)
        (tmp_path / "feeds.toml").write_text(
            "".join(
                f'[[feeds]]\nid = "{f.feed_id}"\nurl = "{f.url}"\nprivate_network = true\n' for f in opened.configured()
            )
        )
        yield opened


def casewire(feeds: Path, output: str) -> subprocess.CompletedProcess[str]:
    """`casewire run` as a user starts it."""
    command = [sys.executable, "-m", "pipeline", "run", "--feeds", str(feeds), "--output", output]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_two_runs_at_once_the_second_is_refused(room: Newsroom, tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    with Lease(Store(output), "the-first-run", utc_now):
        second = casewire(tmp_path / "feeds.toml", output)
    assert second.returncode == 1
    assert "in use by run the-first-run" in second.stderr
    assert f"process {os.getpid()}" in second.stderr
    assert "Traceback" not in second.stderr


def test_an_output_that_cannot_be_written_is_named(room: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused = casewire(tmp_path / "feeds.toml", str(tmp_path / "file"))
    assert refused.returncode == 1
    assert str(tmp_path / "file") in refused.stderr
    assert "choose another" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_loses_nothing(room: Newsroom, tmp_path: Path) -> None:
    """On a real file system of 300 kB, filled to the brim between two runs."""
    disk = tmp_path / "disk"
    disk.mkdir()
    second = tmp_path / "second.toml"
    shutil.copy(tmp_path / "feeds.toml", second)
    script = f"""
set -e
mount -t tmpfs -o size=300k none {disk}
run() {{ {sys.executable} -m pipeline run --feeds {second} --output {disk}/out; }}
run >/dev/null
before=$(cd {disk}/out && find stories articles -type f | sort | xargs cksum)
dd if=/dev/zero of={disk}/filler bs=1k 2>/dev/null || true
set +e; run; code=$?; set -e
echo "exit code $code"
test "$before" = "$(cd {disk}/out && find stories articles -type f | sort | xargs cksum)"
rm {disk}/filler
run
"""
    sandbox = ["unshare", "--user", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*sandbox, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("NO FULL DISK: this machine lets no user mount a small file system")
    done = subprocess.run([*sandbox, "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "exit code 1" in done.stdout
    assert "the disk is full: free some space" in done.stderr
    assert "Traceback" not in done.stderr
