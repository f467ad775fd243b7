"""The daily start of retention."""

import dataclasses
from datetime import timedelta

import pytest

from audit_service.domain.erasure import ErasureKind, ErasureState
from audit_service.use_cases.apply_retention import ApplyRetention, StartedErasures

from ..builders import dataset_id
from ..erasure_fakes import ERASURE_ID, NOON, FakeJobs, FakeRequests, retention_job, user_job

NEW = dataset_id(1)


class World:
    def __init__(self) -> None:
        self.jobs, self.requests, self.now = FakeJobs(), FakeRequests(), NOON
        self.run = ApplyRetention(self.jobs, self.requests, lambda: self.now, lambda: NEW)


@pytest.fixture
def world() -> World:
    return World()


def test_a_job_is_created_and_started(world: World):
    assert world.run() == StartedErasures(NEW, ())
    assert world.jobs.jobs == {NEW: dataclasses.replace(retention_job(), erasure_id=NEW)}
    assert world.requests.messages == [(NEW, 0)]


@pytest.mark.parametrize("state", [each for each in ErasureState if not each.is_final])
def test_a_job_that_has_not_ended_is_enough(world: World, state: ErasureState):
    world.jobs.add(dataclasses.replace(retention_job(), state=state))
    assert world.run() == StartedErasures(None, ())
    assert world.requests.messages == []


@pytest.mark.parametrize("state", [each for each in ErasureState if each.is_final])
def test_a_job_that_has_ended_is_followed_by_another(world: World, state: ErasureState):
    world.jobs.add(dataclasses.replace(retention_job(), state=state))
    assert world.run().created == NEW


def test_the_erasure_of_a_user_does_not_replace_retention(world: World):
    world.jobs.add(user_job("person"))
    assert world.run() == StartedErasures(NEW, ())


@pytest.mark.parametrize("kind", list(ErasureKind))
def test_a_job_that_has_stopped_is_started_again(world: World, kind: ErasureKind):
    stuck = user_job("person") if kind is ErasureKind.USER else retention_job()
    world.jobs.add(dataclasses.replace(stuck, state=ErasureState.RUNNING))
    world.now += timedelta(hours=1)
    assert world.run().resumed == ()
    world.requests.messages.clear()
    world.jobs.jobs.pop(NEW, None)
    world.now += timedelta(milliseconds=1)
    assert world.run() == StartedErasures(NEW if kind is ErasureKind.USER else None, (ERASURE_ID,))
    assert world.requests.messages[0] == (ERASURE_ID, 0)


def test_a_job_that_has_ended_is_not_started_again(world: World):
    world.jobs.add(dataclasses.replace(user_job("person"), state=ErasureState.DONE))
    world.now += timedelta(days=1)
    assert world.run() == StartedErasures(NEW, ())
