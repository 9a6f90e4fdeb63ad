"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of corpora and real feeds beside the checkout; skips the test where it is absent.

    `CASEWIRE_SHARED_DATA` names it where it lies elsewhere.
    """
    folder = Path(os.environ.get("CASEWIRE_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"SHARED DATA ABSENT: {folder} does not exist; this test checks nothing without it")
    return folder
