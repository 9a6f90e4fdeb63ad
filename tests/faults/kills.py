"""Real kills of real processes, at a chosen operation on the store or after a chosen time."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any, Literal

from transforms.write.store import Store

MUTATIONS = ("put", "create", "rename", "delete")

# A fork server forks from a process that has only imported things: threads of the test process stay out of the child.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["pipeline.bounded", "pipeline.cli"])


def run_and_kill(
    target: Callable[..., None],
    *args: Any,
    at: int | None = None,
    when: Literal["before", "after"] = "before",
    after_seconds: float | None = None,
) -> bool:
    """Runs `target(*args)` in a process of its own and kills it.

    Args:
        target: a function of a module.
        args: its arguments.
        at: the mutation of the store, counted from 1, at which it dies.
        when: whether it dies before that mutation or once it is done.
        after_seconds: or how long it lives.

    Returns:
        Whether it was killed; False if it came to its end first.
    """
    process = _CONTEXT.Process(target=_dying, args=(dict(os.environ), target, args, at, when))
    process.start()
    process.join(after_seconds)
    if process.is_alive():
        process.kill()
        process.join()
    if process.exitcode not in {0, -signal.SIGKILL}:
        raise AssertionError(f"the process failed by itself: exit code {process.exitcode}")
    return process.exitcode != 0


def _dying(
    environment: dict[str, str], target: Callable[..., None], args: tuple[Any, ...], at: int | None, when: str
) -> None:
    os.environ.update(environment)  # the fork server may have started in another
    count = 0

    def deadly(name: str) -> Callable[..., None]:
        method = getattr(Store, name)

        def call(*arguments: Any) -> None:
            nonlocal count
            count += 1
            mine = count
            if mine == at and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            method(*arguments)
            if mine == at:
                os.kill(os.getpid(), signal.SIGKILL)

        return call

    for name in MUTATIONS:
        setattr(Store, name, deadly(name))
    target(*args)
