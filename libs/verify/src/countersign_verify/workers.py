"""Run a job for many tasks, in worker processes if there are several cores."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Generic[Task, Result]):
    """Runs a job for each task, with a bounded number of tasks and results in memory."""

    def __init__(self, job: Callable[[Task], Result], *, is_parallel: bool) -> None:
        """Start worker processes.

        Args:
            job: can be pickled; it is sent to each process once.
            is_parallel: whether there is enough to do. With one core, tasks run in this process anyway.
        """
        self._job = job
        self._cores = (
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        )
        self._pool: ProcessPoolExecutor | None = None
        if is_parallel and self._cores > 1:
            # A fork needs no imports. It is safe on Linux, as this process has no threads yet.
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(
                self._cores, mp_context=context, initializer=_set_job, initargs=(job,)
            )

    def __enter__(self) -> "Workers[Task, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each task with its result, in the order of the tasks."""
        if self._pool is None:
            for task in tasks:
                yield task, self._job(task)
            return
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        for task in tasks:
            waiting.append((task, self._pool.submit(_run, task)))
            if len(waiting) > 2 * self._cores:
                yield _next(waiting)
        while waiting:
            yield _next(waiting)


def _next(waiting: deque[tuple[Task, Future[Result]]]) -> tuple[Task, Result]:
    task, future = waiting.popleft()
    return task, future.result()


_job: Callable[[Any], Any] | None = None


def _set_job(job: Callable[[Any], Any]) -> None:
    global _job  # noqa: PLW0603 (a worker process has one job)
    _job = job


def _run(task: Any) -> Any:
    assert _job is not None
    return _job(task)
