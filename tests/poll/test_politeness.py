"""Many sites at once, each of them gently."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.poll.crew import Crew
from transforms.poll.schedule import Schedule
from transforms.poll.site import site_of


def simulate(
    jobs: Iterable[tuple[str, float]], *, threads: int, per_site: int = 2, spacing_s: float = 2.0
) -> tuple[list[tuple[float, float, str]], float]:
    """Runs jobs of a site and a duration on a clock of its own; gives starts, ends and sites, and when all was done."""
    schedule: Schedule[tuple[str, float]] = Schedule(per_site=per_site)
    for job in jobs:
        schedule.add(job[0], job, spacing_s=spacing_s)
    now = 0.0
    running: list[tuple[float, str]] = []
    runs: list[tuple[float, float, str]] = []
    while True:
        while len(running) < threads and (taken := schedule.take(now)) is not None:
            site, duration = taken
            running.append((now + duration, site))
            runs.append((now, now + duration, site))
        wait_s = schedule.wait_s(now)
        if not running and wait_s is None:
            return runs, now
        ends = [end for end, _ in running]
        now = min([*ends, *([now + wait_s] if wait_s is not None and len(running) < threads else [])])
        for run in [run for run in running if run[0] <= now]:
            running.remove(run)
            schedule.ended(run[1])


JOBS = st.lists(st.tuples(st.sampled_from("abcde"), st.floats(0.01, 9)), max_size=40)


@given(JOBS, st.integers(1, 8), st.integers(1, 3), st.sampled_from([0.0, 2.0, 5.0]))
def test_no_site_is_pressed(
    jobs: list[tuple[str, float]], threads: int, per_site: int, spacing_s: float
) -> None:  # requirement 29
    runs, _ = simulate(jobs, threads=threads, per_site=per_site, spacing_s=spacing_s)
    assert sorted(run[2] for run in runs) == sorted(job[0] for job in jobs)
    by_site = defaultdict(list)
    for start, end, site in runs:
        by_site[site].append((start, end))
    for spans in by_site.values():
        assert all(second[0] - first[0] >= spacing_s - 1e-6 for first, second in pairwise(spans))
        assert max(sum(start <= at < end for start, end in spans) for at, _ in spans) <= per_site
    assert max((sum(start <= at < end for start, end, _ in runs) for at, _, _ in runs), default=0) <= threads


def test_the_longest_line_starts_first() -> None:
    """Nine feeds of one site take sixteen seconds at best; alone at the end they would take longer."""
    jobs = [(f"small{number}", 1.0) for number in range(16)] + [("large", 1.0)] * 9
    runs, done = simulate(jobs, threads=2)
    assert runs[0][2] == "large"
    assert done == pytest.approx(17.0)


def test_withdrawn_jobs_do_not_start() -> None:
    schedule: Schedule[int] = Schedule(per_site=1)
    for job in range(3):
        schedule.add("a", job, spacing_s=0)
    assert schedule.take(0.0) == 0
    assert schedule.withdraw("a") == [1, 2]
    schedule.ended("a")
    assert schedule.take(9.0) is None


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk"),
        ("https://me@someone.tumblr.com:443/rss", "tumblr.com"),
        ("http://127.0.0.1:8000/feed", "127.0.0.1"),
        ("http://intranet/feed", "intranet"),
    ],
)
def test_limits_are_kept_by_registrable_domain(url: str, site: str) -> None:  # requirement 29, FreshRSS#8925
    assert site_of(url) == site


def test_a_crew_hands_over_every_result() -> None:
    with Crew(str, threads=4, per_site=2) as crew:
        for job in range(100):
            crew.add(job % 7, job, spacing_s=0)
        assert sorted(crew.results()) == sorted((job, str(job)) for job in range(100))


def test_work_can_be_added_while_results_are_read() -> None:
    def work(job: int) -> str:
        return str(job)

    with Crew(work, threads=1, per_site=1) as crew:
        crew.add("a", 1, spacing_s=0)
        seen = []
        for job, result in crew.results():
            seen.append(result)
            if job < 3:
                crew.add("a", job + 1, spacing_s=0)
    assert seen == ["1", "2", "3"]


def test_no_more_results_wait_than_there_are_threads() -> None:
    """Bodies of fetched documents would otherwise fill the memory while one is being parsed."""
    started = threading.Semaphore(0)

    def work(_job: int) -> None:
        started.release()

    with Crew(work, threads=3, per_site=9) as crew:
        for job in range(9):
            crew.add(job, job, spacing_s=0)
        results = crew.results()
        for _ in range(3):
            assert started.acquire(timeout=5)
        assert not started.acquire(timeout=0.1)
        next(results)
        assert started.acquire(timeout=5)


def test_an_error_in_the_work_is_raised_where_results_are_read() -> None:
    def work(_job: int) -> None:
        raise LookupError("no")

    with Crew(work, threads=1, per_site=1) as crew:
        crew.add("a", 1, spacing_s=0)
        with pytest.raises(LookupError, match="no"):
            list(crew.results())


def test_a_crew_can_be_dismissed_early() -> None:
    with Crew(str, threads=2, per_site=1) as crew:
        for job in range(50):
            crew.add("a", job, spacing_s=60)
        next(crew.results())
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("poll")] == []
