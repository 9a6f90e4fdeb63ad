"""The polling policy, requirement by requirement: pure, so without server, clock or chance."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.flow import Feed
from schemas.memory import FeedMemory
from schemas.tables import Outcome
from transforms.poll import rhythm
from transforms.poll.exchange import Answer, Failure, Hop, Request, Response
from transforms.poll.news import News
from transforms.poll.outcome import SUCCESSES, outcome_of
from transforms.poll.policy import Came, ask, ask_again, conclude, hold, is_due, recall, site_pause
from transforms.poll.settings import PollSettings

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://paper.example/feed"
FEED = Feed(feed_id="paper", url=URL, outlet="Paper")
SETTINGS = PollSettings()
FRESH = FeedMemory(feed_id="paper", url=URL, configured_url=URL)
KNOWN = replace(
    FRESH,
    etag='W/"1"',
    last_modified="Sun, 01 Mar 2026 08:00:00 GMT",
    body_hash="old",
    interval_s=3600,
    last_full_at=NOW - timedelta(hours=1),
    last_success_at=NOW - timedelta(hours=1),
    last_new_at=NOW - timedelta(hours=1),
    new_item_gap_s=3600.0,
)


SAME_VALIDATORS = {"etag": KNOWN.etag or "", "last-modified": KNOWN.last_modified or ""}


class Never(Random):
    """Chance that always comes out lowest."""

    def random(self) -> float:
        return 0.0


class Always(Random):
    """Chance that always comes out highest."""

    def random(self) -> float:
        return 1.0


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- chance in a test


def news(new: int = 1, known: int = 1, overlap: float | None = 0.5) -> News:
    return News(
        entries=[],
        listed=[],
        identity="guid",
        blocks=[],
        items=new + known,
        new=new,
        revised=0,
        known=known,
        overlap=overlap,
    )


def response(status: int = 200, headers: dict[str, str] | None = None, *hops: Hop, url: str = URL) -> Response:
    return Response(url=url, status=status, headers=headers or {}, body=b"body", hops=hops)


def after(
    answer: Answer,
    outcome: Outcome,
    memory: FeedMemory = KNOWN,
    *,
    feed: Feed = FEED,
    found: News | None = None,
    body_hash: str = "new",
    ttl_s: int | None = None,
    now: datetime = NOW,
    chance: Random | None = None,
) -> FeedMemory:
    """The memory after one poll."""
    request = ask(feed, memory, now, SETTINGS)
    came = Came(request=request, answer=answer, outcome=outcome, body_hash=body_hash, ttl_s=ttl_s, news=found)
    return conclude(feed, memory, came, now, chance or Never())


def after_news(memory: FeedMemory = KNOWN, headers: dict[str, str] | None = None, **options: object) -> FeedMemory:
    return after(response(200, headers), "new", memory, found=news(), **options)  # type: ignore[arg-type]  # as `after`


def wait(memory: FeedMemory, now: datetime = NOW) -> timedelta:
    assert memory.next_due_at is not None
    return memory.next_due_at - now


def failure(outcome: Outcome, *, transient: bool = False) -> Failure:
    return Failure(outcome=outcome, detail="no", url=URL, transient=transient)


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


def test_jitter_is_a_tenth_and_half_an_hour_at_most() -> None:  # requirement 28
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
