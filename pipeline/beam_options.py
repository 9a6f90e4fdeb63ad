"""Beam's own options, passed through: everything on the command line that Casewire does not know."""

from collections.abc import Sequence
from difflib import get_close_matches

from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, SetupOptions, StandardOptions

from schemas.errors import ConfigurationError

# Beam's DirectRunner switches to Prism where it can download it; the run says which engine it means.
_LOCAL_RUNNER = "FnApiRunner"


def beam_options(arguments: Sequence[str], workers: int = 1) -> PipelineOptions:
    """The pipeline options of a run.

    Args:
        arguments: Beam's flags, as given.
        workers: processes of the local runner.

    Raises:
        ConfigurationError: a flag is not one of Beam's either.
    """
    options = PipelineOptions(list(arguments))
    _refuse_unknown(options)
    standard = options.view_as(StandardOptions)
    if standard.runner in {None, "DirectRunner", "direct"}:
        standard.runner = _LOCAL_RUNNER
    if workers > 1:
        direct = options.view_as(DirectOptions)
        direct.direct_num_workers = workers
        direct.direct_running_mode = "multi_processing"
    options.view_as(SetupOptions).save_main_session = False
    return options


def _refuse_unknown(options: PipelineOptions) -> None:
    known = set(options.get_all_options())
    unknown = sorted(set(options.get_all_options(retain_unknown_options=True)) - known)
    if unknown:
        guess = get_close_matches(unknown[0], known, 1)
        advice = f"did you mean --{guess[0]}?" if guess else "see casewire run --help, and Beam's pipeline options"
        raise ConfigurationError(f"unknown option --{unknown[0]}: {advice}")
