"""Every event that the workflow service can make loads in both consumers, means there what it meant here, and fits.

The stories are Hypothesis's; the real routes, schemas, rules and sealing make the events out of them.
"""

import base64
import json
import random
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.canonical import Opening
from countersign_common.chain import Evidence, verify
from countersign_common.clock import to_rfc3339
from countersign_common.events import MESSAGE_LIMIT, CloudEvent, MalformedEvent
from countersign_common.problems import Problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError
from notifications_service.domain.action import Action
from workflow_service.use_cases.seal import Messages

import notifications_service.schemas as told
from audit_service import schemas as recorded
from audit_service.domain.audit_record import AuditRecord
from harness.producer import Claims, Producer
from harness.stories import ACT, JSON, LETTERS, stories


@dataclass(frozen=True)
class Received:
    """One event as its two consumers load it."""

    message: Messages
    record: AuditRecord
    action: Action


def received(message: Messages) -> Received:
    """Load an event's two messages as audit and notifications do."""
    for body in (message.audit_trail, message.notifications):
        assert len(body.encode()) <= MESSAGE_LIMIT
    audit_event = CloudEvent.from_json(message.audit_trail)
    record = recorded.audit_record(audit_event)
    return Received(message, record, told.action_of(CloudEvent.from_json(message.notifications)))


_MANY = settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(stories())
def test_every_event_loads_in_both_consumers_and_means_the_same_there(story: tuple[Producer, Claims]):
    producer, requester = story
    for message in producer.sent:
        event = received(message)
        facts, content, action = event.record.facts, event.record.content_facts, event.action
        assert content is not None
        assert event.record.dataset_id == action.event_id
        assert facts["workflowId"] == action.workflow_id
        assert (facts["actionType"], facts["outcome"]) == (action.action_type, action.outcome)
        assert (facts["sequence"], facts["round"]) == (action.sequence, action.round)
        assert facts["stepId"] == action.step_id
        assert facts["actionOwner"]["userId"] == action.action_owner.user_id
        assert facts["occurredAt"] == to_rfc3339(action.occurred_at)
        assert (content["title"], content["comment"]) == (action.title, action.comment)
        assert action.requester.user_id == requester.user_id
        assert f"user:{requester.user_id}" in event.record.participants


@_MANY
@given(stories())
def test_the_records_of_every_story_make_an_intact_chain(story: tuple[Producer, Claims]):
    records = [received(message).record for message in story[0].sent]
    evidence = [
        Evidence(each.dataset_id, each.sealed, each.hash, _opened(each.person), _opened(each.content))
        for each in records
    ]
    verdict = verify(records[0].workflow_id, evidence)
    assert verdict.intact, verdict.breaks
    assert verdict.events == len(records)


@_MANY
@given(stories(), st.text(LETTERS, min_size=1, max_size=12).map("x-{}".format), JSON)
def test_consumers_ignore_what_they_do_not_know(story: tuple[Producer, Claims], name: str, value: Any):
    """A later release may say more: as an attribute, in the data, and within every object of it."""
    message = story[0].sent[-1]
    plain = received(message)
    more = received(
        Messages(
            json.dumps(_with_more(json.loads(message.audit_trail), name, value)),
            json.dumps(_with_more(json.loads(message.notifications), name, value)),
        )
    )
    assert more.record == plain.record
    assert more.action == plain.action


@_MANY
@given(stories())
def test_the_same_event_makes_the_same_bytes_when_it_is_sent_again(story: tuple[Producer, Claims]):
    for message in story[0].sent:
        for body in (message.audit_trail, message.notifications):
            assert CloudEvent.from_json(body).to_json() == body


def test_the_largest_event_loads(biggest_story: Producer):
    """128 KB before, 128 KB after, the longest title and comment in four-byte characters, fifty approvers."""
    largest = received(biggest_story.sent[-1])
    assert "data_base64" in json.loads(largest.message.audit_trail)
    assert largest.record.size > 256 * 1024
    assert largest.action.comment == "🚄" * 4_000


def test_an_event_that_fits_no_message_is_refused_and_nothing_is_written_or_sent(biggest_story: Producer):
    """128 KB before and after that gzip makes no smaller: the first fits, the second brings both and does not."""
    requester, scheme = Claims(str(uuid4())), next(iter(biggest_story.memory.schemes))
    body = {"actionType": "SAVE", "scheme": scheme, "title": "Noise", "data": {"noise": _noise(1)}}
    workflow_id = biggest_story.send(requester, "POST /workflows", body).body["workflowId"]
    workflow, sent = biggest_story.memory.workflows[workflow_id], len(biggest_story.sent)

    body = {"actionType": "SAVE", "data": {"noise": _noise(2)}}
    with pytest.raises(Problem) as refused:
        biggest_story.send(requester, ACT, body, workflowId=workflow_id)

    assert (refused.value.status, refused.value.faults[0].pointer) == (413, "/data")
    assert biggest_story.memory.workflows[workflow_id] == workflow
    assert len(biggest_story.sent) == sent


def test_the_audit_trails_consumer_refuses_the_other_queues_event(biggest_story: Producer):
    """A message in the wrong queue is malformed there: it is no silent success."""
    event = CloudEvent.from_json(biggest_story.sent[0].notifications)
    with pytest.raises(ValidationError, match="type"):
        recorded.audit_record(event)


def test_the_notifications_consumer_refuses_the_other_queues_event(biggest_story: Producer):
    event = CloudEvent.from_json(biggest_story.sent[0].audit_trail)
    with pytest.raises(MalformedEvent, match="type"):
        told.action_of(event)


@pytest.fixture
def biggest_story() -> Producer:
    """A draft with as much of everything as the API lets in, saved twice so that before and after are there."""
    producer = Producer()
    requester = Claims(
        str(uuid4()), name="😀" * 200, groups=tuple(f"g{n}" for n in range(100)), user_agent="x" * 2_000
    )
    groups = [f"{number:03d}{'ü' * 125}" for number in range(25)]
    approvers = {"users": [str(uuid4()) for _ in range(25)], "groups": groups}
    scheme = {"name": "Any", "steps": [{"stepId": "s" * 63, "name": "x" * 100, "approvers": approvers}]}
    producer.send(
        Claims(str(uuid4()), groups=("admins",)), "PUT /schemes/{schemeId}", scheme, schemeId="e" * 63
    )
    room = 128 * 1024 - len('{"note":""}')
    largest = {"scheme": "e" * 63, "title": "🚄" * 200, "comment": "🚄" * 4_000}
    body = {"actionType": "SAVE", **largest, "data": {"note": "a" * room}}
    workflow_id = producer.send(requester, "POST /workflows", body).body["workflowId"]
    body = {"actionType": "REQUEST", "comment": "🚄" * 4_000, "data": {"note": "b" * room}}
    producer.send(requester, ACT, body, workflowId=workflow_id)
    return producer


def _with_more(value: Any, name: str, more: Any) -> Any:
    """The same JSON with one member more in every object, but for the texts that are hashed."""
    if isinstance(value, dict):
        return {key: _with_more(item, name, more) for key, item in value.items()} | {name: more}
    if isinstance(value, list):
        return [_with_more(item, name, more) for item in value]
    return value


def _noise(seed: int) -> str:
    """Nearly 128 KB of UTF-8 at random, of which gzip and base64 make about as much."""
    signs = [chr(number) for number in range(0x20, 0x7F) if chr(number) not in '"\\']
    return "".join(random.Random(seed).choices(signs, k=127 * 1024))


def _opened(opening: Any) -> Opening:
    return Opening(base64.b64decode(opening.salt), opening.value)
