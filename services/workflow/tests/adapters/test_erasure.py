"""Erasures on the table: nothing of what was erased is left, everything else works, and nothing brings it back."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from countersign_common.aws.items import from_item
from countersign_common.clock import system_clock
from countersign_common.compression import unpack_text
from countersign_common.events.audit_event import AUDIT_EVENT
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, ErasedDataset, Erasure
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.events.workflow_event import WORKFLOW_EVENT
from countersign_common.http.caller import Caller

from workflow_service.adapters.dynamodb_workflow_states import DynamoDbWorkflowStates
from workflow_service.domain.errors import OutOfTimeError, VersionConflictError
from workflow_service.use_cases.publish_event import PublishEvent
from workflow_service.use_cases.relay_outbox import RelayOutbox

from ..audit_requests import AuditRequestsFunction
from ..aws import Aws, AwsError, always
from ..builders import ADAM, AUDRA, a_person, an_action_on, approve

NORA = replace(a_person(11, "Nora Uniquename"), email="nora.uniquemail@example.com")
"""The requester."""
VERA = replace(a_person(12, "Vera Othername", "approvers"), email="vera.othermail@example.com")
"""The approver."""
LONG = "verylongsecret" * 100
"""A text that is stored compressed."""

NAMES = ("Uniquename", "uniquemail")
CONTENT = ("Secrettitle", "Secretvalue", "Secretcomment", LONG)
ERASURE_ID = "01970000-0000-7000-8000-0000000000ef"


@pytest.fixture
def erase(aws) -> AuditRequestsFunction:
    return AuditRequestsFunction(aws)


@pytest.fixture
def workflow_id(api) -> str:
    """A rejected workflow that Nora has requested again: SAVE, REQUEST, REJECT, SAVE, REQUEST."""
    api.put_scheme()
    created = api.create("SAVE", NORA, title="Secrettitle 1", data={"value": "Secretvalue 1", "long": LONG})
    api.act(NORA, created, "REQUEST", comment="Secretcomment 1")
    api.act(VERA, created, "REJECT", 2, comment="Secretcomment of Vera")
    api.act(NORA, created, "SAVE", title="Secrettitle 2", data={"value": "Secretvalue 2", "long": LONG})
    api.act(NORA, created, "REQUEST", comment=f"Secretcomment {LONG}")
    return created


def dumped(aws: Aws) -> str:
    """Return everything in the table as text, with what is compressed."""

    def readable(value: Any) -> Any:
        match value:
            case bytes():
                try:
                    return unpack_text(value)
                except ValueError:
                    return value.hex()
            case dict():
                return {name: readable(member) for name, member in value.items()}
            case list():
                return [readable(member) for member in value]
        return value

    return json.dumps([readable(from_item(item)) for item in aws.items().values()], ensure_ascii=False)


def found(aws: Aws, texts: Iterable[str]) -> list[str]:
    dump = dumped(aws)
    return [text for text in texts if text in dump]


def datasets_of(
    aws: Aws, workflow_id: str, parts: dict[str, tuple[str, ...]], only: Iterable[int] | None = None
) -> tuple[ErasedDataset, ...]:
    """Return the datasets of a workflow's events, as the audit service has them.

    Args:
        parts: What is erased, by user id.
        only: Sequences; None for all.
    """
    datasets = []
    for (pk, sk), item in sorted(aws.items().items()):
        if pk == f"WORKFLOW#{workflow_id}" and sk.startswith("EVENT#"):
            sealed = json.loads(unpack_text(from_item(item)["sealed"]))
            owner, sequence = sealed["actionOwner"]["id"], sealed["workflow"]["sequence"]
            if owner in parts and (only is None or sequence in only):
                datasets.append(ErasedDataset(sealed["eventId"], workflow_id, sequence, owner, parts[owner]))
    return tuple(datasets)


def erasure(datasets: tuple[ErasedDataset, ...], user: Caller | None = NORA) -> CloudEvent:
    event = Erasure(ERASURE_ID, None if user is None else user.user_id, datasets)
    return CloudEvent(
        id=ERASURE_ID,
        source="/countersign/audit",
        type=ERASURE_TYPE,
        subject=f"erasure/{ERASURE_ID}",
        time="2026-03-02T12:00:00.000Z",
        correlation_id="correlation-1",
        data=ERASURE.dump(event),
    )


def noras_person_and_all_content(aws: Aws, workflow_id: str) -> CloudEvent:
    """Return the erasure of Nora with content: her own persons, and the content of everyone's events."""
    parts = {NORA.user_id: ("person", "content"), VERA.user_id: ("content",)}
    return erasure(datasets_of(aws, workflow_id, parts))


def noras_person(aws: Aws, workflow_id: str) -> CloudEvent:
    return erasure(datasets_of(aws, workflow_id, {NORA.user_id: ("person",)}))


def test_nothing_that_was_erased_is_left_in_the_table(aws, erase, workflow_id):
    assert found(aws, NAMES + CONTENT) == list(NAMES + CONTENT)
    assert erase(noras_person_and_all_content(aws, workflow_id)) == []
    assert found(aws, NAMES + CONTENT) == []
    assert found(aws, ["Othername", "othermail"]) == ["Othername", "othermail"]
    assert erase.warnings.lines == []


def test_what_was_erased_is_shown_as_erased(aws, api, erase, workflow_id):
    erase(noras_person_and_all_content(aws, workflow_id))
    for caller in (NORA, VERA, AUDRA):
        workflow = api.send(caller, "GET", f"/workflows/{workflow_id}").body
        assert workflow["requester"] == {"userId": NORA.user_id, "name": "", "erased": True}
        assert (workflow["title"], workflow["data"], workflow["contentErased"]) == ("", {}, True)
        assert (workflow["version"], workflow["status"], workflow["allowedActions"]) == (5, "PENDING", [])

    entries = api.send(NORA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [entry["sequence"] for entry in entries] == [1, 2, 3, 4, 5]
    for entry in entries:
        assert (entry["title"], entry["comment"], entry["contentErased"]) == ("", None, True)
    owners = [entry["actionOwner"] for entry in entries]
    assert owners[0] == {"type": "user", "id": NORA.user_id, "name": "", "erased": True}
    assert owners[2] == {"type": "user", "id": VERA.user_id, "name": "Vera Othername"}

    [listed] = api.send(NORA, "GET", "/workflows").body["items"]
    assert (listed["title"], listed["contentErased"]) == ("", True)
    assert listed["requester"]["erased"] is True
    assert api.send(VERA, "GET", "/workflows?view=inbox").body["items"] == []


def test_rounds_and_decided_workflows_show_what_was_erased(aws, api, erase, workflow_id):
    rounds, decided = f"/workflows/{workflow_id}/rounds", "/workflows?view=decided"
    assert api.send(VERA, "GET", decided).body["items"][0]["preview"] != []
    assert erase(noras_person_and_all_content(aws, workflow_id)) == []
    for item in api.send(VERA, "GET", rounds).body["items"]:
        assert item["requestedBy"] == {"userId": NORA.user_id, "name": "", "erased": True}
        assert (item["title"], item["data"], item["contentErased"]) == ("", {}, True)
    [item] = api.send(VERA, "GET", decided).body["items"]
    assert (item["title"], item["preview"], item["contentErased"]) == ("", [], True)


def test_nothing_is_shown_as_erased_without_an_erasure(api, workflow_id):
    workflow = api.send(AUDRA, "GET", f"/workflows/{workflow_id}")
    history = api.send(AUDRA, "GET", f"/workflows/{workflow_id}/history")
    assert "rased" not in workflow.text + history.text


@pytest.mark.parametrize(
    ("caller", "action", "status", "problem"),
    [
        (NORA, {"action_type": "SAVE", "title": "New", "data": {}}, 409, "content-erased"),
        (NORA, {"action_type": "REQUEST", "title": "New", "data": {}}, 409, "content-erased"),
        (VERA, {"action_type": "APPROVE", "version": 5}, 409, "content-erased"),
        (VERA, {"action_type": "REJECT", "version": 5, "comment": "No"}, 409, "content-erased"),
        (NORA, {"action_type": "APPROVE", "version": 5}, 403, "own-request"),
        (VERA, {"action_type": "SAVE"}, 403, "not-the-requester"),
    ],
)
def test_nothing_can_be_done_to_erased_content(aws, api, erase, workflow_id, caller, action, status, problem):
    erase(noras_person_and_all_content(aws, workflow_id))
    before = dumped(aws)
    response = api.act(caller, workflow_id, **action)
    assert (response.status, response.problem) == (status, problem)
    assert dumped(aws) == before


def test_a_requester_without_a_name_can_continue_and_the_name_is_not_restored(aws, api, erase, workflow_id):
    erase(noras_person(aws, workflow_id))
    assert found(aws, NAMES) == []
    assert found(aws, CONTENT) == list(CONTENT)
    [waiting] = api.send(VERA, "GET", "/workflows?view=inbox").body["items"]
    assert waiting["requester"] == {"userId": NORA.user_id, "name": "", "erased": True}
    assert waiting["title"] == "Secrettitle 2"
    assert "contentErased" not in waiting

    assert api.act(VERA, workflow_id, "REJECT", 5, comment="No").status == 200
    assert found(aws, NAMES) == []
    assert api.send(VERA, "GET", "/workflows?view=inbox").body["items"] == []


def test_the_name_of_an_approver_is_removed_from_their_event_only(aws, api, erase, workflow_id):
    erase(erasure(datasets_of(aws, workflow_id, {VERA.user_id: ("person",)}), VERA))
    assert found(aws, ["Othername", "othermail"]) == []
    assert found(aws, NAMES + CONTENT) == list(NAMES + CONTENT)
    entries = api.send(NORA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [entry["actionOwner"].get("erased", False) for entry in entries] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert entries[2]["comment"] == "Secretcomment of Vera"


def test_the_content_of_an_older_decision_leaves_the_state(aws, api, erase, workflow_id):
    erase(erasure(datasets_of(aws, workflow_id, {VERA.user_id: ("content",)}), VERA))
    assert found(aws, ["Secretcomment of Vera"]) == []
    assert api.send(NORA, "GET", f"/workflows/{workflow_id}").body["title"] == "Secrettitle 2"
    entries = api.send(NORA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [entry.get("contentErased", False) for entry in entries] == [False, False, True, False, False]
    assert api.act(VERA, workflow_id, "APPROVE", 5).status == 200


def test_the_state_keeps_what_the_requester_wrote_when_an_approver_is_erased(aws, api, erase, workflow_id):
    api.act(VERA, workflow_id, "APPROVE", 5)
    before = api.send(NORA, "GET", f"/workflows/{workflow_id}").body
    erase(erasure(datasets_of(aws, workflow_id, {VERA.user_id: ("content",)}, only=[6]), VERA))
    assert api.send(NORA, "GET", f"/workflows/{workflow_id}").body == before
    *_, decision = api.send(NORA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert (decision["contentErased"], decision["title"], decision["comment"]) == (True, "", None)


def test_retention_erases_everything_of_a_workflow(aws, erase, workflow_id):
    both = ("person", "content")
    erase(erasure(datasets_of(aws, workflow_id, {NORA.user_id: both, VERA.user_id: both}), None))
    assert found(aws, (*NAMES, *CONTENT, "Othername", "othermail")) == []


def test_other_workflows_of_the_user_stay(aws, api, erase, workflow_id):
    held = api.create("REQUEST", NORA, title="Held title")
    erase(noras_person_and_all_content(aws, workflow_id))
    workflow = api.send(AUDRA, "GET", f"/workflows/{held}").body
    assert (workflow["title"], workflow["requester"]["name"]) == ("Held title", "Nora Uniquename")
    [waiting] = api.send(VERA, "GET", "/workflows?view=inbox").body["items"]
    assert waiting["workflowId"] == held


def test_a_manifest_has_no_data_hash_of_erased_content(aws, erase, workflow_id):
    states = DynamoDbWorkflowStates(aws.dynamodb, aws.table)
    [before] = states.attested([workflow_id])
    erase(noras_person_and_all_content(aws, workflow_id))
    assert before.data_hash is not None
    assert list(states.attested([workflow_id])) == [replace(before, data_hash=None)]


def test_what_is_sent_later_has_no_erased_parts(aws, api, adapters, erase, workflow_id):
    aws.faults["SendMessage"] = always("AccessDenied")
    api.act(VERA, workflow_id, "REJECT", 5, comment="Secretcomment 3")
    aws.faults.clear()
    erase(noras_person_and_all_content(aws, workflow_id))
    aws.messages("audit-trail"), aws.messages("notifications")

    late = lambda: system_clock() + timedelta(minutes=1)  # noqa: E731
    publish_event = PublishEvent(adapters.publisher, adapters.outbox, adapters.warnings)
    relay = RelayOutbox(adapters.outbox, publish_event, late, adapters.warnings)
    assert relay(lambda: 60.0).relayed == 1
    [audit_event] = aws.events("audit-trail")
    data = AUDIT_EVENT.load(audit_event.data)
    assert (data.person is None, data.content) == (False, None)
    [notification] = aws.events("notifications")
    published = WORKFLOW_EVENT.load(notification.data)
    assert (published.title, published.comment, published.requester.name) == ("", None, "")
    assert published.action_owner.name == "Vera Othername"

    [dataset] = datasets_of(aws, workflow_id, {NORA.user_id: ()}, only=[1])
    assert erase(a_resend_request(workflow_id, 1, dataset.dataset_id)) == []
    [resent] = aws.events("audit-trail")
    data = AUDIT_EVENT.load(resent.data)
    assert (resent.id, data.person, data.content) == (dataset.dataset_id, None, None)
    assert resent.packed.keys() <= {"sealed"}


def test_a_retried_request_shows_what_was_erased(aws, api, erase):
    api.put_scheme()
    headers = {"idempotency_key": "key-1"}
    created = api.post(NORA, "REQUEST", headers, title="Secrettitle").body
    erase(noras_person_and_all_content(aws, created["workflowId"]))
    retried = api.post(NORA, "REQUEST", headers, title="Secrettitle")
    assert retried.status == 201
    erased = {"title": "", "data": {}, "preview": [], "contentErased": True, "allowedActions": []}
    requester = {"userId": NORA.user_id, "name": "", "erased": True}
    assert retried.body == created | erased | {"requester": requester}


def test_the_author_of_schemes_is_removed_from_all_versions(aws, api, erase):
    author = replace(NORA, groups=frozenset({"admins"}))
    for number in range(3):
        by = author if number < 2 else ADAM
        body = {
            "name": f"Version {number}",
            "steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["g"]}}],
        }
        for scheme_id in ("by-two", "by-nora") if number < 2 else ("by-two",):
            api.send(by, "PUT", f"/schemes/{scheme_id}", body)
    assert found(aws, NAMES) == ["Uniquename"]
    assert erase(erasure(())) == []
    assert found(aws, NAMES) == []
    shown = api.send(ADAM, "GET", "/schemes/by-nora").body
    assert shown["createdBy"] == {"userId": NORA.user_id, "name": "", "erased": True}
    assert api.send(ADAM, "GET", "/schemes/by-two?version=1").body["createdBy"]["erased"] is True
    assert api.send(ADAM, "GET", "/schemes/by-two").body["createdBy"]["name"] == "Adam"
    listed = api.send(ADAM, "GET", "/schemes").body["items"]
    assert [each["createdBy"]["name"] for each in listed] == ["", "Adam"]


@pytest.mark.parametrize("user", [NORA, None], ids=["content only", "retention"])
def test_the_author_of_schemes_stays_if_their_person_was_not_erased(aws, api, erase, user):
    api.put_scheme()
    api.send(
        replace(NORA, groups=frozenset({"admins"})),
        "PUT",
        "/schemes/by-nora",
        {"name": "Nora's", "steps": [{"stepId": "a", "name": "A", "approvers": {"groups": ["g"]}}]},
    )
    created = api.create("REQUEST", NORA)
    erase(erasure(datasets_of(aws, created, {NORA.user_id: ("content",)}), user))
    assert api.send(ADAM, "GET", "/schemes/by-nora").body["createdBy"]["name"] == "Nora Uniquename"


def test_a_dataset_that_is_not_an_event_of_the_workflow_erases_nothing(aws, api, erase, workflow_id):
    before = dumped(aws)
    [real] = datasets_of(aws, workflow_id, {NORA.user_id: ("person", "content")}, only=[5])
    missing = "01950000-0000-7000-8000-00000000dead"
    wrong = (
        replace(real, dataset_id=missing),
        replace(real, sequence=9),
        replace(real, workflow_id=missing),
    )
    assert erase(erasure((*wrong, replace(real, workflow_id=None, sequence=None)))) == []
    assert dumped(aws) == before
    logged = [keys["datasetId"] for _, keys in erase.warnings.lines]
    assert sorted(logged) == sorted(each.dataset_id for each in wrong)


def test_an_invalid_erasure_fails_alone(aws, erase, workflow_id):
    valid = noras_person_and_all_content(aws, workflow_id)
    assert erase(replace(valid, data={}), replace(valid, type="countersign.erasure.v2"), valid) == [0, 1]
    assert found(aws, NAMES + CONTENT) == []


def test_an_erasure_that_is_delivered_again_writes_nothing(aws, erase, workflow_id):
    event = noras_person_and_all_content(aws, workflow_id)
    erase(event)
    before = dumped(aws)
    aws.forget_calls()
    assert erase(event) == []
    assert "UpdateItem" not in aws.operations
    assert dumped(aws) == before


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("erased", [noras_person, noras_person_and_all_content])
def test_an_erasure_that_is_stopped_between_any_two_calls_is_completed_by_the_next_delivery(
    aws, api, erase, workflow_id, erased
):
    event = erased(aws, workflow_id)
    original = aws.items()
    aws.forget_calls()
    erase(event)
    calls, expected = len(aws.calls), dumped(aws)
    assert calls > 6
    for stop_after in range(calls):
        for item in original.values():
            aws.put(item)
        fail = stopped_after(stop_after)
        aws.faults = dict.fromkeys(("GetItem", "BatchGetItem", "Query", "UpdateItem", "DeleteItem"), fail)
        assert erase(event) == [0]
        # Readers and the relay see a mixture, and can read it.
        aws.faults = {}
        assert api.send(AUDRA, "GET", f"/workflows/{workflow_id}").status == 200
        assert len(api.send(AUDRA, "GET", f"/workflows/{workflow_id}/history").body["items"]) == 5
        assert erase(event) == []
        assert dumped(aws) == expected


def test_an_action_that_is_committed_during_an_erasure_is_kept_and_its_copies_are_erased(
    aws, api, erase, workflow_id
):
    event = noras_person(aws, workflow_id)
    approved = once(lambda: api.act(VERA, workflow_id, "APPROVE", 5, comment="Fine"))
    aws.faults["UpdateItem"] = approved.before
    assert erase(event) == []
    assert approved.result.status == 200
    workflow = api.send(VERA, "GET", f"/workflows/{workflow_id}").body
    assert (workflow["status"], workflow["version"]) == ("APPROVED", 6)
    assert found(aws, NAMES) == []


def test_content_stays_while_an_action_is_newer_than_what_was_erased(aws, api, erase, workflow_id):
    """The audit service erases that event in its next pass, because the workflow's requester is erased."""
    event = noras_person_and_all_content(aws, workflow_id)
    rejected = once(lambda: api.act(VERA, workflow_id, "REJECT", 5, comment="No"))
    aws.faults["UpdateItem"] = rejected.before
    assert erase(event) == []
    workflow = api.send(NORA, "GET", f"/workflows/{workflow_id}").body
    assert (workflow["version"], workflow["title"]) == (6, "Secrettitle 2")
    aws.faults.clear()
    assert erase(noras_person_and_all_content(aws, workflow_id)) == []
    assert found(aws, NAMES + CONTENT) == []


@pytest.mark.parametrize("erased", [noras_person, noras_person_and_all_content])
def test_an_action_that_has_read_the_state_before_does_not_restore_erased_values(
    aws, api, erase, workflow_id, erased
):
    event = erased(aws, workflow_id)
    erasing = once(lambda: erase(event))
    aws.faults["TransactWriteItems"] = erasing.before
    response = api.act(VERA, workflow_id, "REJECT", 5, comment="No")
    assert erasing.result == []
    assert response.status == (200 if erased is noras_person else 409)
    assert found(aws, NAMES) == []


def test_a_state_that_was_erased_can_not_be_replaced_by_what_was_read_before(
    aws, adapters, erase, workflow_id
):
    read = adapters.workflows.get(workflow_id)
    erase(noras_person(aws, workflow_id))
    with pytest.raises(VersionConflictError):
        adapters.workflows.commit(an_action_on(read, approve(), actor=VERA))
    once_erased = adapters.workflows.get(workflow_id)
    erase(noras_person_and_all_content(aws, workflow_id))
    with pytest.raises(VersionConflictError):
        adapters.workflows.commit(an_action_on(once_erased, approve(), actor=VERA))
    assert found(aws, NAMES + CONTENT) == []


def test_a_decision_during_an_erasure_does_not_leave_the_workflow_in_an_inbox(aws, api, erase, workflow_id):
    event = noras_person(aws, workflow_id)
    decided = once(lambda: api.act(VERA, workflow_id, "APPROVE", 5))
    aws.faults["UpdateItem"] = lambda call: decided.before(call) if "INBOX" in str(call["Key"]) else None
    assert erase(event) == []
    assert decided.result.status == 200
    assert not [key for key in aws.items() if key[0].startswith("INBOX#")]
    assert found(aws, NAMES) == []


def test_many_workflows_are_erased_in_one_delivery(aws, api, erase):
    api.put_scheme()
    created = [api.create("REQUEST", NORA, title=f"Secrettitle {number}") for number in range(30)]
    both = {NORA.user_id: ("person", "content")}
    assert erase(erasure(tuple(each for one in created for each in datasets_of(aws, one, both)))) == []
    assert found(aws, NAMES + CONTENT) == []


def test_what_does_not_fit_into_the_time_is_left_for_the_next_delivery(aws, erase, workflow_id):
    event = ERASURE.load(noras_person_and_all_content(aws, workflow_id).data)
    use_case = erase.requests.erase_copies
    with pytest.raises(OutOfTimeError):
        use_case(event, system_clock() - timedelta(seconds=1))
    assert found(aws, NAMES + CONTENT) == list(NAMES + CONTENT)
    assert use_case(event, system_clock() + timedelta(seconds=60)) == 5


def test_erased_events_are_counted(aws, erase, workflow_id, capsys):
    event = noras_person_and_all_content(aws, workflow_id)
    capsys.readouterr()
    erase(event)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [metrics] = [line for line in lines if "_aws" in line]
    assert (metrics["EventsErased"], metrics["EventsResent"]) == ([5.0], [0.0])


def a_resend_request(workflow_id: str, sequence: int, event_id: str) -> CloudEvent:
    return CloudEvent(
        id=ERASURE_ID,
        source="/countersign/audit",
        type=RESEND_REQUEST_TYPE,
        subject=f"workflow/{workflow_id}",
        time="2026-03-02T12:00:00.000Z",
        correlation_id="correlation-1",
        data=RESEND_REQUEST.dump(ResendRequest(workflow_id, sequence, event_id)),
    )


def stopped_after(calls: int) -> Callable[[Any], AwsError | None]:
    """Return a fault for every call after the first ones, as if the function had ended."""
    remaining = iter(range(calls))
    return lambda _: None if next(remaining, None) is not None else AwsError("AccessDenied")


class once:
    """Something that happens right before a call, once."""

    def __init__(self, action: Callable[[], Any]) -> None:
        self.result: Any = None
        self._actions = [action]

    def before(self, _: Any) -> None:
        if self._actions:
            self.result = self._actions.pop()()
