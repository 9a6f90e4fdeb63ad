"""No request leaves the public web unless the feed says so: every form of address, every hop, every time."""

import socket
from collections.abc import Iterator, Sequence
from unittest.mock import Mock

import pytest

from schemas.flow import Feed
from tests.poll.polling import Bench, feed_at
from tests.poll.scripted_server import Reply, ScriptedServer, rss
from transforms.poll.address import is_public, resolve
from transforms.poll.client import Client
from transforms.poll.exchange import Failure, Request, Response
from transforms.poll.settings import PollSettings

PRIVATE = [
    *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8"),
    *("198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fe80::1%1", "fc00::1", "fec0::1"),
    *("ff0e::1", "64:ff9b::127.0.0.1", "64:ff9b:1::10.0.0.1", "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1"),
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_off_the_public_web(address: str) -> None:  # requirement 14
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_web(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_every_spelling_of_loopback_is_refused(host: str, server: ScriptedServer, bench: Bench) -> None:
    port = server.server_address[1]
    feed = replace_network(feed_at(f"http://{host}:{port}/feed"), private=False)
    fetch = bench.poll(feed)["feed"].fetch
    assert fetch.outcome == "private_address"
    assert "private_network = true" in fetch.detail
    assert server.requests == []


def test_a_private_network_is_asked_where_allowed(server: ScriptedServer, bench: Bench) -> None:
    assert bench.poll(feed_at(server.on("/feed", Reply(body=rss("a")))))["feed"].fetch.outcome == "new"


def test_a_redirect_into_a_private_network_is_refused(  # requirement 13, fastladder#575
    server: ScriptedServer, clients: "Clients"
) -> None:
    inside = server.on("/inside", Reply(body=rss("a")))
    server.on("/feed", Reply(302, headers={"Location": inside}))
    client = clients.where({"paper.example": ["127.0.0.1"]}, public={"127.0.0.1"})
    clients.forbid_after(1)
    answer = client.fetch(Request(url=f"http://paper.example:{server.server_address[1]}/feed", user_agent="test"))
    assert isinstance(answer, Failure)
    assert (answer.outcome, answer.url, len(answer.hops)) == ("private_address", inside, 1)
    assert server.asked("/inside") == []


def test_a_name_that_turns_private_is_refused(server: ScriptedServer, clients: "Clients") -> None:
    """DNS rebinding from poll to poll: each connection is checked anew."""
    url = f"http://paper.example:{server.server_address[1]}/feed"
    server.on("/feed", Reply(body=rss("a"), headers={"Connection": "close"}))
    client = clients.where({"paper.example": ["127.0.0.1"]}, public={"127.0.0.1"})
    assert isinstance(client.fetch(Request(url=url, user_agent="test")), Response)
    client.close()
    clients.forbid_after(0)
    answer = client.fetch(Request(url=url, user_agent="test"))
    assert isinstance(answer, Failure)
    assert answer.outcome == "private_address"


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding between check and connection: the name is looked up once, and the socket gets the address."""
    lookups = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return next(lookups)

    connect = Mock(side_effect=ConnectionRefusedError("refused"))
    monkeypatch.setattr(socket, "create_connection", connect)
    answer = Client(PollSettings(), resolve=rebinding).fetch(
        Request(url="http://paper.example/feed", user_agent="test")
    )
    assert isinstance(answer, Failure)
    assert answer.outcome == "connect_error"
    assert asked == ["paper.example"]
    assert [call.args[0] for call in connect.call_args_list] == [("93.184.216.34", 80)]


def test_private_addresses_of_a_public_name_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = Mock(side_effect=ConnectionRefusedError("refused"))
    monkeypatch.setattr(socket, "create_connection", connect)
    client = Client(PollSettings(), resolve=lambda _host, _port: ["10.0.0.1", "93.184.216.34", "::1"])
    client.fetch(Request(url="http://paper.example/feed", user_agent="test"))
    assert [call.args[0][0] for call in connect.call_args_list] == ["93.184.216.34"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "169.254.169.254"])
def test_no_proxy_is_asked_for_a_private_address(host: str, server: ScriptedServer, bench: Bench) -> None:
    proxied = Feed(feed_id="feed", url=f"http://{host}/feed", outlet="Paper", proxy=server.url(""))
    assert bench.poll(proxied)["feed"].fetch.outcome == "private_address"
    assert server.requests == []


def test_ipv4_is_tried_after_ipv6(server: ScriptedServer) -> None:  # requirement 22
    server.on("/feed", Reply(body=rss("a")))
    client = Client(PollSettings(), resolve=lambda _host, _port: ["::1", "127.0.0.1"])
    request = Request(
        url=f"http://paper.example:{server.server_address[1]}/feed", user_agent="test", private_network=True
    )
    assert isinstance(client.fetch(request), Response)
    client.close()


@pytest.mark.parametrize(("error", "weight"), [(socket.EAI_NONAME, 0.5), (socket.EAI_AGAIN, 0.25)])
def test_names_that_do_not_resolve(error: int, weight: float, bench: Bench) -> None:  # requirement 31
    bench.client = Client(PollSettings(), resolve=Mock(side_effect=socket.gaierror(error, "no")))
    fetch = bench.poll(Feed(feed_id="feed", url="http://paper.example/", outlet="Paper"))["feed"].fetch
    assert (fetch.outcome, fetch.failures) == ("dns_error", weight)


def test_a_name_that_is_none(bench: Bench) -> None:
    fetch = bench.poll(Feed(feed_id="feed", url=f"http://{'a' * 70}.example/", outlet="Paper"))["feed"].fetch
    assert fetch.outcome == "dns_error"


def test_the_systems_resolver_gives_addresses() -> None:
    assert resolve("127.1", 80) == ["127.0.0.1"]


class Clients:
    """Makes clients for which names and addresses are what a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._open: list[Client] = []
        self._allowed = 1_000

    def where(self, names: dict[str, list[str]], *, public: set[str]) -> Client:
        def judged_public(address: str) -> bool:
            self._allowed -= 1
            return address in public and self._allowed >= 0

        self._monkeypatch.setattr("transforms.poll.address.is_public", judged_public)
        client = Client(PollSettings(), resolve=lambda host, port: names.get(host) or resolve(host, port))
        self._open.append(client)
        return client

    def forbid_after(self, connections: int) -> None:
        """After so many more connections nothing is public any more."""
        self._allowed = connections

    def close(self) -> None:
        for client in self._open:
            client.close()


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    clients = Clients(monkeypatch)
    yield clients
    clients.close()


def replace_network(feed: Feed, *, private: bool) -> Feed:
    return Feed(feed_id=feed.feed_id, url=feed.url, outlet=feed.outlet, private_network=private)
