"""When the polling policy asks again: what is wished, pauses, rhythm, back-off."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.tables import Outcome
from tests.poll.policy_cases import (
    FEED,
    FRESH,
    KNOWN,
    NOW,
    SETTINGS,
    URL,
    Always,
    after,
    after_news,
    failure,
    news,
    response,
    seeded,
    wait,
)
from transforms.poll import rhythm
from transforms.poll.exchange import Answer, Failure, Request
from transforms.poll.outcome import SUCCESSES, outcome_of
from transforms.poll.policy import Came, ask, conclude, hold, is_due, site_pause

# When next


def test_next_due_is_the_longest_of_what_is_wished() -> None:  # requirement 8
    assert wait(after_news(KNOWN)) == timedelta(hours=1)
    assert wait(after_news(KNOWN, ttl_s=7200)) == timedelta(hours=2)
    assert wait(after_news(KNOWN, {"cache-control": "public, max-age=10800"})) == timedelta(hours=3)
    expires = {"date": "Mon, 02 Mar 2026 09:00:00 GMT", "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}
    assert wait(after_news(KNOWN, expires)) == timedelta(hours=4)
    assert wait(after_news(KNOWN, feed=replace(FEED, min_interval_s=18_000))) == timedelta(hours=5)


def test_nothing_wished_exceeds_a_day() -> None:  # requirement 8
    assert wait(after_news(KNOWN, {"cache-control": "max-age=31536000"}, ttl_s=10**9)) == timedelta(days=1)


def test_max_age_says_nothing_under_no_cache() -> None:  # requirement 8
    assert wait(after_news(KNOWN, {"cache-control": "no-cache, max-age=10800"})) == timedelta(hours=1)


def test_a_ttl_holds_while_the_document_does() -> None:  # requirement 8
    memory = after_news(KNOWN, ttl_s=7200)
    assert wait(after(response(304), "not_modified", memory)) == timedelta(hours=2)
    assert wait(after(response(), "unchanged", memory, body_hash="new")) == timedelta(hours=2)


@pytest.mark.parametrize("outcome", ["throttled", "unavailable"])
@pytest.mark.parametrize("value", ["7200", "Mon, 02 Mar 2026 14:00:00 GMT"])
def test_retry_after_is_obeyed(outcome: Outcome, value: str) -> None:  # requirement 9
    status = 429 if outcome == "throttled" else 503
    memory = after(response(status, {"retry-after": value}), outcome)
    assert memory.blocked_until == NOW + timedelta(hours=2)
    assert memory.next_due_at == memory.blocked_until


@pytest.mark.parametrize("value", ["317100", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_retry_after_is_believed_for_a_day(value: str) -> None:  # requirement 9
    memory = after(response(429, {"retry-after": value}), "throttled")
    assert memory.blocked_until == NOW + timedelta(days=1)


@pytest.mark.parametrize("value", ["0", "-5", "soon", "", "1e9", "Thu, 01 Jan 1970 00:00:00 GMT", "\u0662"])
def test_an_absurd_retry_after_leaves_the_usual_back_off(value: str) -> None:  # requirement 9
    memory = after(response(429, {"retry-after": value}), "throttled")
    assert timedelta(hours=1) <= wait(memory) <= timedelta(hours=2)


def test_up_to_an_hour_of_chance_comes_on_top() -> None:  # requirement 9
    memory = after(response(429, {"retry-after": "7200"}), "throttled", chance=Always())
    assert memory.blocked_until == NOW + timedelta(hours=3)


def test_only_a_429_of_a_public_site_pauses_the_site() -> None:  # requirement 10, FreshRSS#7870
    headers = {"retry-after": "7200"}
    throttled = after(response(429, headers), "throttled")
    unavailable = after(response(503, headers), "unavailable")
    intranet = replace(FEED, private_network=True)
    assert site_pause(FEED, throttled) == NOW + timedelta(hours=2)
    assert site_pause(FEED, unavailable) is None
    assert site_pause(intranet, throttled) is None


def test_a_pause_of_the_site_moves_its_feeds() -> None:  # requirement 10
    until = NOW + timedelta(hours=2)
    held = hold(replace(FRESH, next_due_at=NOW), until)
    assert (held.blocked_until, held.next_due_at) == (until, until)
    later = replace(FRESH, next_due_at=until + timedelta(hours=1), blocked_until=until + timedelta(minutes=1))
    assert hold(later, until) == later


def test_a_410_is_asked_again_after_thirty_days() -> None:  # requirement 11
    memory = after(response(410), "gone")
    assert (memory.state, memory.next_due_at) == ("gone", NOW + timedelta(days=30))
    assert not is_due(FEED, memory, NOW + timedelta(days=29), poll_all=True)
    assert is_due(FEED, memory, NOW + timedelta(days=30), poll_all=False)


def test_a_feed_that_is_back_is_active_again() -> None:  # requirement 11
    gone = after(response(410), "gone")
    back = after_news(gone, now=NOW + timedelta(days=31))
    assert (back.state, back.blocked_until, back.failures) == ("active", None, 0.0)


# Rhythm


@pytest.mark.parametrize(
    ("overlap", "interval_s"), [(0.0, 1800), (0.2, 3600), (0.4, 7200), (0.6, 7200), (0.9, 7800), (1.0, 7800)]
)
def test_the_rhythm_steers_to_a_third_to_two_thirds_known(overlap: float, interval_s: int) -> None:  # requirement 26
    assert rhythm.next_interval_s(7200, overlap) == interval_s


def test_a_dormant_feed_is_left_alone_faster() -> None:  # requirement 26
    assert rhythm.next_interval_s(7200, 1.0, dormant=True) == 10_800
    assert rhythm.is_dormant(replace(KNOWN, last_new_at=NOW - timedelta(days=32)), NOW)
    assert not rhythm.is_dormant(KNOWN, NOW)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_the_rhythm_stays_between_floor_and_ceiling(overlaps: list[float]) -> None:  # requirement 26
    interval_s: int | None = None
    for overlap in overlaps:
        interval_s = rhythm.next_interval_s(interval_s, overlap)
        assert rhythm.FLOOR_S <= interval_s <= rhythm.CEILING_S


@pytest.mark.parametrize("per_hour", [0.2, 2, 20, 60])
def test_the_rhythm_finds_a_steady_feed(per_hour: float) -> None:  # requirement 26
    """A feed of twenty items and so many new ones an hour is soon polled without loss."""
    interval_s: int | None = None
    overlaps: Counter[bool] = Counter()
    for poll in range(200):
        new = min(20.0, per_hour * (interval_s or 0) / 3600)
        interval_s = rhythm.next_interval_s(interval_s, 1 - new / 20 if poll else None)
        if poll > 160:
            overlaps[new < 20] += 1
    assert overlaps[True] == 39


def test_no_overlap_shortens_the_rhythm_at_once() -> None:  # requirement 27
    memory = after(response(), "new", found=news(new=20, known=0, overlap=0.0))
    assert (memory.last_overlap, memory.interval_s) == (0.0, 900)


def test_jitter_is_a_tenth_and_half_an_hour_at_most() -> None:  # requirements 28, 64
    assert wait(after_news(KNOWN, chance=Always())) == timedelta(hours=1, minutes=6)
    assert wait(after_news(KNOWN, ttl_s=86_400, chance=Always())) == timedelta(days=1, minutes=30)
    assert after_news(KNOWN, chance=seeded(1)) == after_news(KNOWN, chance=seeded(1))


@pytest.mark.parametrize(
    ("outcome", "transient", "weight"),
    [
        ("dns_error", True, 0.25),
        ("not_found", False, 0.5),
        ("throttled", False, 0.5),
        ("server_error", False, 0.5),
        ("timeout", False, 0.5),
        ("tls_error", False, 0.5),
        ("dns_error", False, 0.5),
        ("not_a_feed", False, 1.0),
        ("forbidden", False, 1.0),
        ("private_address", False, 1.0),
    ],
)
def test_failures_weigh_by_class(outcome: Outcome, transient: bool, weight: float) -> None:  # requirement 31
    memory = after(failure(outcome, transient=transient), outcome)
    assert memory.failures == weight
    assert wait(memory) == timedelta(hours=1 + weight)


def test_back_off_is_linear_and_never_for_ever() -> None:  # requirement 31
    memory, waits = KNOWN, []
    for _ in range(500):
        memory = after(failure("not_a_feed"), "not_a_feed", memory)
        waits.append(wait(memory))
    assert waits[:3] == [timedelta(hours=2), timedelta(hours=3), timedelta(hours=4)]
    assert waits[-1] == timedelta(days=1)
    assert memory.state == "active"


def test_a_success_ends_the_back_off() -> None:  # requirement 31
    memory = after_news(replace(KNOWN, failures=9.0))
    assert (memory.failures, wait(memory)) == (0.0, timedelta(hours=1))


def test_a_feed_without_news_for_long_is_silent() -> None:  # requirement 33
    daily = replace(KNOWN, new_item_gap_s=86_400.0)
    assert not rhythm.is_silent(replace(daily, last_new_at=NOW - timedelta(days=9)), NOW)
    assert rhythm.is_silent(replace(daily, last_new_at=NOW - timedelta(days=11)), NOW)
    assert not rhythm.is_silent(replace(KNOWN, last_new_at=NOW - timedelta(days=2)), NOW)
    assert not rhythm.is_silent(FRESH, NOW)


def test_the_usual_gap_follows_the_feed() -> None:  # requirement 33
    memory = replace(KNOWN, new_item_gap_s=None, last_new_at=NOW - timedelta(hours=4))
    assert rhythm.usual_gap_s(memory, 4, NOW) == 3600
    assert rhythm.usual_gap_s(replace(memory, new_item_gap_s=7200.0), 4, NOW) == 6300
    assert rhythm.usual_gap_s(replace(memory, new_item_gap_s=7200.0), 0, NOW) == 7200


# Whatever comes

ANSWERS = st.one_of(
    st.builds(
        lambda status, retry, age: response(status, {"retry-after": retry, "cache-control": f"max-age={age}"}),
        st.sampled_from([200, 226, 304, 403, 404, 410, 429, 500, 503]),
        st.text(max_size=12),
        st.integers(-10, 10**12),
    ),
    st.builds(lambda transient: failure("timeout", transient=transient), st.booleans()),
)


@given(st.lists(ANSWERS, min_size=1, max_size=12), st.integers())
def test_whatever_comes_the_next_time_is_sane(answers: list[Answer], seed: int) -> None:
    memory, now = FRESH, NOW
    for answer in answers:
        request = ask(FEED, memory, now, SETTINGS)
        outcome = answer.outcome if isinstance(answer, Failure) else outcome_of(request, answer) or "new"
        came = Came(request=request, answer=answer, outcome=outcome, news=news() if outcome == "new" else None)
        memory = conclude(FEED, memory, came, now, seeded(seed))
        longest = timedelta(days=30) if outcome == "gone" else timedelta(hours=25)
        assert timedelta(minutes=10) <= wait(memory, now) <= longest + timedelta(minutes=1)
        assert (memory.failures == 0) == (outcome in SUCCESSES)
        now += wait(memory, now)
        assert is_due(FEED, memory, now, poll_all=False)


def test_a_request_never_shows_its_secret() -> None:  # requirement 24
    assert "letmein" not in repr(Request(url=URL, user_agent="x", authorization="Bearer letmein"))
