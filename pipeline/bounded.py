"""One bounded run, from the lock to the commit."""

import logging
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version

import apache_beam as beam
import msgspec
from apache_beam.metrics import MetricsFilter
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.commit import Manifest, commit, recover, staged_files, staging_folder
from pipeline.graph import Job, build
from pipeline.lease import Lease
from pipeline.memory import Head, SketchFile, next_head, obsolete, read_head
from pipeline.summary import Summary, summarise
from schemas.flow import Feed, StagedFile
from transforms.metrics import TIME
from transforms.poll.poller import Clock
from transforms.tag.transform import TaggerSettings
from transforms.write.store import Store, remedy_for

_CAUSE = re.compile(
    r"^(?:[\w.]+\.)?(StorageError|ConfigurationError): (.+?)(?: \[while running|\Z)", re.MULTILINE | re.DOTALL
)

logger = logging.getLogger("casewire.run")


class RunFailed(Exception):  # noqa: N818 -- what happened, as the user reads it
    """The pipeline did not finish; nothing of the run was committed."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What the user asked for."""

    feeds: list[Feed]
    location: str
    beam: PipelineOptions
    tagger: TaggerSettings = field(default_factory=TaggerSettings)
    poll_all: bool = False
    shards: int = 1
    window: timedelta = timedelta(hours=72)


def run_bounded(request: RunRequest, clock: Clock) -> Summary:
    """Polls, deduplicates, tags, writes and commits.

    Raises:
        OutputBusy: another run holds the output.
        StorageError: the output cannot be read or written.
        RunFailed: the pipeline failed; the next run starts from where this one did.
    """
    started_at = clock()
    run_id = f"{started_at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    store = Store(request.location)
    with Lease(store, run_id, clock) as lease:
        finished_runs = recover(store)
        head = read_head(store)
        seconds = _execute(request, _job(request, run_id, started_at, clock, head))
        files = staged_files(store, run_id)
        summary = summarise(
            store,
            staging_folder(run_id),
            files,
            run_id=run_id,
            version=version("casewire"),
            feeds=len(request.feeds),
            started_at=started_at,
            finished_at=clock(),
            seconds=seconds,
            finished_runs=finished_runs,
        )
        lease.assert_held()
        commit(store, _manifest(request, head, files, summary))
    return summary


def _job(request: RunRequest, run_id: str, started_at: datetime, clock: Clock, head: Head | None) -> Job:
    window_start = started_at - request.window
    return Job(
        run_id=run_id,
        started_at=started_at,
        feeds=request.feeds,
        location=request.location,
        staging=staging_folder(run_id),
        feed_memory=[head.feeds] if head else [],
        sketch_memory=[file.path for file in head.sketches if file.newest >= window_start] if head else [],
        tagger=request.tagger,
        shards=request.shards,
        poll_all=request.poll_all,
        clock=clock,
        window=request.window,
    )


def _manifest(request: RunRequest, head: Head | None, files: list[StagedFile], summary: Summary) -> Manifest:
    sketches = [SketchFile(file.target, summary.finished_at) for file in files if file.table == "sketches"]
    new_head = next_head(head, summary.run_id, sketches, summary.started_at - request.window)
    return Manifest(
        run_id=summary.run_id,
        files=files,
        head=new_head,
        obsolete=obsolete(head, new_head),
        summary=msgspec.Raw(msgspec.json.format(msgspec.json.encode(summary))),
    )


def _execute(request: RunRequest, job: Job) -> dict[str, float]:
    """Runs the pipeline; gives the seconds of each step."""
    logger.info("run %s: %d feeds", job.run_id, len(job.feeds), extra={"step": "poll", "total": len(job.feeds)})
    pipeline = beam.Pipeline(options=request.beam)
    build(pipeline, job)
    try:
        result = pipeline.run()
        result.wait_until_finish()
    except (Exception, KeyboardInterrupt) as error:  # a runner reports a failure as whatever it likes, the cause inside
        raise RunFailed(_cause(error)) from error
    distributions = result.metrics().query(MetricsFilter().with_name(TIME))["distributions"]
    return {entry.key.metric.namespace: entry.result.sum / 1e6 for entry in distributions}


def _cause(error: BaseException) -> str:
    """The worker's own message, out of the traceback that the runner made of it."""
    if isinstance(error, KeyboardInterrupt) or "KeyboardInterrupt" in str(error):
        return "stopped; nothing of this run was committed, and nothing of the runs before is lost"
    found = _CAUSE.findall(str(error))
    if found:
        return str(found[-1][1])
    reason = (str(error).strip().splitlines() or [type(error).__name__])[-1]
    return f"the pipeline failed: {reason}\n  remedy: {remedy_for(reason)}; run again with -vv for the whole story"
