"""A poller on a clock of the test's own, before a scripted server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.poll.polling import Bench
from tests.poll.scripted_server import ScriptedServer
from transforms.poll.client import Client
from transforms.poll.exchange import Answer, Request
from transforms.poll.settings import PollSettings


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def bench() -> Iterator[Bench]:
    settings = PollSettings(connect_timeout_s=2, read_timeout_s=1, total_timeout_s=2, max_bytes=1 << 20, threads=8)
    bench = Bench(settings=settings, client=Client(settings))
    yield bench
    bench.client.close()


@pytest.fixture
def get(bench: Bench) -> Callable[..., Answer]:
    def get(url: str, **options: Any) -> Answer:
        return bench.client.fetch(Request(url=url, user_agent="test", private_network=True, **options))

    return get
