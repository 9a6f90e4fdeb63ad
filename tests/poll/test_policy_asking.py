"""What the polling policy asks: validators, names, and the address where a feed lives."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from schemas.memory import FeedMemory
from schemas.tables import Outcome
from tests.poll.policy_cases import (
    FEED,
    FRESH,
    KNOWN,
    NOW,
    SAME_VALIDATORS,
    SETTINGS,
    URL,
    Never,
    after,
    after_news,
    failure,
    news,
    response,
)
from transforms.poll.exchange import Hop
from transforms.poll.outcome import outcome_of
from transforms.poll.policy import Came, ask, ask_again, conclude, is_due, recall

# Validators


def test_validators_go_out_as_they_came() -> None:  # requirement 1
    memory = after_news(FRESH, {"etag": 'W/"a,\\"b"', "last-modified": "yesterday, about noon"})
    request = ask(FEED, memory, NOW, SETTINGS)
    assert (request.etag, request.last_modified) == ('W/"a,\\"b"', "yesterday, about noon")


def test_no_validators_are_invented() -> None:  # requirement 1
    request = ask(FEED, after_news(FRESH), NOW, SETTINGS)
    assert (request.etag, request.last_modified, request.conditional) == (None, None, False)


@pytest.mark.parametrize("outcome", ["not_a_feed", "unparsable", "empty", "blocked", "server_error"])
def test_validators_of_what_is_no_feed_are_not_kept(outcome: Outcome) -> None:  # requirement 2
    memory = after(response(200, {"etag": '"error page"'}), outcome)
    assert (memory.etag, memory.last_modified, memory.body_hash) == (KNOWN.etag, KNOWN.last_modified, KNOWN.body_hash)


def test_a_304_updates_the_validators_it_mentions() -> None:  # requirement 3
    memory = after(response(304, {"etag": '"2"'}), "not_modified")
    assert (memory.etag, memory.last_modified, memory.body_hash) == ('"2"', KNOWN.last_modified, KNOWN.body_hash)


def test_a_200_replaces_both_validators() -> None:
    memory = after_news(KNOWN, {"etag": '"2"'})
    assert (memory.etag, memory.last_modified) == ('"2"', None)


def test_validators_are_ignored_where_nothing_may_be_cached() -> None:  # requirement 4
    memory = after_news(FRESH, {"etag": '"1"', "last-modified": KNOWN.last_modified or "", "expires": "0"})
    assert (memory.etag, memory.last_modified) == (None, None)


def test_a_last_modified_in_the_future_is_ignored() -> None:  # requirement 4, miniflux#51
    memory = after_news(FRESH, {"etag": '"1"', "last-modified": "Tue, 01 Jan 2041 00:00:00 GMT"})
    assert (memory.etag, memory.last_modified) == ('"1"', None)


def test_the_same_body_is_a_success_whatever_its_etag() -> None:  # requirement 5
    failing = replace(KNOWN, failures=2.0)
    memory = after(response(200, {"etag": '"other"'}), "unchanged", failing, body_hash="old")
    assert (memory.failures, memory.etag, memory.last_success_at) == (0.0, '"other"', NOW)


def test_validators_are_tested_after_a_week_of_304() -> None:  # requirement 6
    quiet = replace(KNOWN, last_full_at=NOW - timedelta(days=7), new_item_gap_s=3 * 86400.0)
    assert not ask(FEED, quiet, NOW, SETTINGS).conditional
    assert ask(FEED, quiet, NOW - timedelta(minutes=1), SETTINGS).conditional


def test_a_busy_feed_is_doubted_sooner() -> None:  # requirement 6
    busy = replace(KNOWN, last_full_at=NOW - timedelta(days=1), new_item_gap_s=600.0)
    assert not ask(FEED, busy, NOW, SETTINGS).conditional


def test_validators_are_tested_once_a_day_at_most() -> None:  # requirement 6
    quiet = replace(KNOWN, last_full_at=NOW - timedelta(days=9))
    asked = after(failure("timeout"), "timeout", quiet)
    assert ask(FEED, asked, NOW + timedelta(hours=23), SETTINGS).conditional
    assert not ask(FEED, asked, NOW + timedelta(hours=24), SETTINGS).conditional


def test_validators_caught_lying_are_tested_every_day() -> None:  # requirement 6
    quiet = replace(KNOWN, last_full_at=NOW - timedelta(days=9), new_item_gap_s=3 * 86400.0)
    caught = after(response(200, SAME_VALIDATORS), "new", quiet, body_hash="new")
    assert caught.validators_lied
    assert ask(FEED, caught, NOW + timedelta(hours=23), SETTINGS).conditional
    assert not ask(FEED, caught, NOW + timedelta(hours=24), SETTINGS).conditional
    honest = after(response(200, SAME_VALIDATORS), "unchanged", quiet, body_hash="old")
    assert ask(FEED, honest, NOW + timedelta(hours=24), SETTINGS).conditional


# Moved for good

MOVED = Hop(url=URL, status=301), "https://paper.example/news/feed"


def moved(memory: FeedMemory, outcome: Outcome = "new", *hops: Hop, target: str = MOVED[1]) -> FeedMemory:
    answer = response(304 if outcome == "not_modified" else 200, {}, *(hops or (MOVED[0],)), url=target)
    return after(answer, outcome, memory, found=news() if outcome == "new" else None)


def test_a_permanent_redirect_is_believed_the_third_time() -> None:  # requirement 12
    first = moved(FRESH)
    second = moved(first, "not_modified")
    third = moved(second, "unchanged")
    assert (first.url, second.url, third.url) == (URL, URL, MOVED[1])


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_chain_with_a_temporary_hop_is_not(status: int) -> None:  # requirement 12
    memory = FRESH
    for _ in range(5):
        memory = moved(memory, "new", MOVED[0], Hop(url="https://paper.example/x", status=status))
    assert memory.url == URL


def test_the_count_starts_again_after_a_poll_without_it() -> None:  # requirement 12
    memory = moved(moved(FRESH))
    memory = moved(moved(after_news(memory)))
    assert memory.url == URL


def test_the_count_starts_again_for_another_target() -> None:  # requirement 12
    assert moved(moved(moved(FRESH)), target="https://other.example/feed").url == URL


def test_a_redirect_to_what_is_no_feed_is_not_believed() -> None:  # requirement 12
    memory = FRESH
    for _ in range(5):
        memory = moved(memory, "not_a_feed")
    assert memory.url == URL


def test_a_redirect_that_gives_up_encryption_is_not_believed() -> None:  # requirement 13
    memory = FRESH
    for _ in range(5):
        memory = moved(memory, target="http://paper.example/feed")
    assert memory.url == URL


def test_a_learned_address_that_keeps_failing_is_given_up() -> None:
    memory = replace(KNOWN, url=MOVED[1])
    for _ in range(3):
        memory = after(failure("not_a_feed"), "not_a_feed", memory)
    assert (memory.url, memory.etag) == (URL, None)


def test_another_configured_address_is_asked_afresh() -> None:
    memory = recall(
        replace(FEED, url="https://me:word@paper.example/new"), replace(KNOWN, failures=5.0, identity="link")
    )
    assert (memory.url, memory.etag, memory.failures) == ("https://paper.example/new", None, 0.0)
    assert memory.identity == "link"
    assert recall(FEED, KNOWN) is KNOWN


# Whom to ask


TWO_NAMES = replace(FEED, fallback_user_agent="Second/1.0")


def test_a_403_is_tried_once_more_under_the_second_name() -> None:  # requirement 18
    request = ask(TWO_NAMES, FRESH, NOW, SETTINGS)
    again = ask_again(TWO_NAMES, request, response(403))
    assert again is not None
    assert (request.user_agent, again.user_agent, again.url) == (SETTINGS.user_agent, "Second/1.0", URL)
    assert ask_again(TWO_NAMES, again, response(403)) is None
    assert ask_again(TWO_NAMES, request, response(404)) is None
    assert ask_again(FEED, request, response(403)) is None


def test_the_name_that_was_let_in_is_remembered() -> None:  # requirement 18
    request = ask(TWO_NAMES, FRESH, NOW, SETTINGS).under("Second/1.0")
    came = Came(request=request, answer=response(), outcome="new", news=news(), body_hash="x")
    memory = conclude(TWO_NAMES, FRESH, came, NOW, Never())
    assert ask(TWO_NAMES, memory, NOW, SETTINGS).user_agent == "Second/1.0"
    other = replace(TWO_NAMES, user_agent="Mine/1.0", fallback_user_agent="Third/1.0")
    assert ask(other, memory, NOW, SETTINGS).user_agent == "Mine/1.0"


def test_the_user_agent_says_who_and_where() -> None:  # requirement 18
    assert ask(FEED, FRESH, NOW, SETTINGS).user_agent.startswith("Casewire/")
    assert "(+https://" in SETTINGS.user_agent


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (403, {"cf-mitigated": "challenge"}, "blocked"),
        (403, {"content-type": "text/html"}, "blocked"),
        (403, {"content-type": "application/json"}, "forbidden"),
        (503, {"content-type": "text/html; charset=UTF-8"}, "blocked"),
        (503, {"content-type": "text/html", "retry-after": "60"}, "unavailable"),
        (503, {}, "unavailable"),
        (202, {"x-amzn-waf-action": "challenge"}, "blocked"),
        (200, {"content-type": "text/html"}, None),
        (226, {}, None),
    ],
)
def test_challenges_are_told_from_refusals(status: int, headers: dict[str, str], outcome: Outcome | None) -> None:
    """Holds requirement 19."""
    assert outcome_of(ask(FEED, KNOWN, NOW, SETTINGS), response(status, headers)) == outcome


def test_a_feed_is_due_when_its_time_has_come() -> None:  # requirement 25
    memory = replace(KNOWN, next_due_at=NOW)
    assert not is_due(FEED, memory, NOW - timedelta(seconds=1), poll_all=False)
    assert is_due(FEED, memory, NOW, poll_all=False)
    assert is_due(FEED, FRESH, NOW, poll_all=False)


def test_private_servers_and_polls_on_demand_do_not_wait() -> None:  # requirement 25
    memory = replace(KNOWN, next_due_at=NOW + timedelta(hours=1))
    assert is_due(FEED, memory, NOW, poll_all=True)
    assert is_due(replace(FEED, private_network=True), memory, NOW, poll_all=False)
    blocked = replace(memory, blocked_until=NOW + timedelta(minutes=1))
    assert not is_due(FEED, blocked, NOW, poll_all=True)
    assert not is_due(replace(FEED, private_network=True), blocked, NOW, poll_all=True)
