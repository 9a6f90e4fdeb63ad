"""The job as Beam sees it."""

from datetime import UTC, datetime

import apache_beam as beam
import pytest
from apache_beam.coders.coders import CloudpickleCoder, DillCoder, FastPrimitivesCoder, PickleCoder
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.runners.pipeline_context import PipelineContext

from pipeline.beam_options import beam_options
from pipeline.graph import Job, build
from schemas.coder import RecordCoder
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
    """Beam sends a coder of ours as a pickled reference to its class; what matters is that it is ours."""
    context = PipelineContext(job.components)

    def leaves(coder_id: str) -> list[str]:
        components = job.components.coders[coder_id].component_coder_ids
        return [leaf for component in components for leaf in leaves(component)] or [coder_id]

    coders = {
        (collection.unique_name, context.coders.get_by_id(leaf))
        for collection in job.components.pcollections.values()
        for leaf in leaves(collection.coder_id)
    }
    pickling = (FastPrimitivesCoder, PickleCoder, DillCoder, CloudpickleCoder)
    assert [(name, coder) for name, coder in coders if isinstance(coder, pickling)] == []
    assert any(isinstance(coder, RecordCoder) for _, coder in coders)


def test_beams_own_options_pass_through() -> None:
    options = beam_options(["--runner=FlinkRunner", "--temp_location=gs://b/t", "--parallelism", "2"]).get_all_options()
    assert (options["runner"], options["temp_location"], options["parallelism"]) == ("FlinkRunner", "gs://b/t", 2)


def test_the_local_runner_is_named_so_that_no_other_takes_its_place() -> None:
    for arguments in ([], ["--runner", "DirectRunner"]):
        assert beam_options(arguments).get_all_options()["runner"] == "FnApiRunner"


def test_an_option_nobody_knows_is_refused_with_a_guess() -> None:
    with pytest.raises(ConfigurationError, match="did you mean --temp_location"):
        beam_options(["--temp_locatoin=x"])
