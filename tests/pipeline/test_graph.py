"""The job as Beam sees it."""

from datetime import UTC, datetime

import apache_beam as beam
import pytest
from apache_beam.portability.api import beam_runner_api_pb2

from pipeline.beam_options import beam_options
from pipeline.graph import Job, build
from schemas.coder import BEAM_PLUGINS
from schemas.errors import ConfigurationError
from schemas.flow import Feed
from transforms.tag.transform import TaggerSettings

STEPS = ["AssembleShards", "PollFeeds", "ParseEntries", "Deduplicate", "TagStories", "Remember", "WriteTables"]


@pytest.fixture(scope="module")
def job() -> beam_runner_api_pb2.Pipeline:
    pipeline = beam.Pipeline(options=beam_options([]))
    build(
        pipeline,
        Job(
            run_id="run",
            started_at=datetime(2026, 3, 2, tzinfo=UTC),
            feeds=[Feed(feed_id="wire", url="https://wire.example/feed", outlet="Wire")],
            location="/tmp/nowhere",  # noqa: S108 -- never opened
            staging="_staging/run",
            feed_memory=["_memory/feeds.parquet"],
            sketch_memory=["_memory/sketches.parquet"],
            tagger=TaggerSettings(),
        ),
    )
    return pipeline.to_runner_api()


def test_the_flow_has_its_steps(job: beam_runner_api_pb2.Pipeline) -> None:
    names = {transform.unique_name for transform in job.components.transforms.values()}
    assert set(STEPS) <= names


def test_no_element_is_pickled_between_stages(job: beam_runner_api_pb2.Pipeline) -> None:
    coders = job.components.coders

    def urns(coder_id: str) -> set[str]:
        coder = coders[coder_id]
        return {coder.spec.urn}.union(*(urns(component) for component in coder.component_coder_ids))

    pickled = {
        collection.unique_name
        for collection in job.components.pcollections.values()
        if "beam:coder:pickled_python:v1" in urns(collection.coder_id)
    }
    assert pickled == set()
    assert any(coder.spec.urn == "casewire:coder:record:v1" for coder in coders.values())


def test_workers_are_told_to_learn_the_coder() -> None:
    assert beam_options([]).get_all_options()["beam_plugins"] == BEAM_PLUGINS


def test_beams_own_options_pass_through() -> None:
    options = beam_options(["--runner=FlinkRunner", "--temp_location=gs://b/t", "--parallelism", "2"]).get_all_options()
    assert (options["runner"], options["temp_location"], options["parallelism"]) == ("FlinkRunner", "gs://b/t", 2)


def test_the_local_runner_is_named_so_that_no_other_takes_its_place() -> None:
    for arguments in ([], ["--runner", "DirectRunner"]):
        assert beam_options(arguments).get_all_options()["runner"] == "FnApiRunner"


def test_an_option_nobody_knows_is_refused_with_a_guess() -> None:
    with pytest.raises(ConfigurationError, match="did you mean --temp_location"):
        beam_options(["--temp_locatoin=x"])
