"""The examples in openapi.json and in docs/events.md: they are valid, and the real handlers accept and return them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from countersign_common.events.audit_event import AUDIT_EVENT_TYPE, CONTENT_PART, PERSON_PART, SEALED_PART
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.erasure_event import ERASURE, Erasure
from countersign_common.events.manifest import Manifest
from countersign_common.events.manifest_event import (
    MANIFEST_EVENT,
    MANIFEST_EVENT_TYPE,
    manifest_event_id,
)
from countersign_common.events.resend_request import RESEND_REQUEST, ResendRequest
from countersign_common.events.workflow_event import WORKFLOW_EVENT, WORKFLOW_EVENT_TYPE
from countersign_common.http.handler import api_handler
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening, data_hash
from countersign_common.proof.hash_chain import first_previous_hash

from contract.conftest import SERVICES
from contract.consumers import AUDITOR, ApiResponse, Consumer, audit_trail, notifications, response_of
from contract.openapi import examples_of, operations_of, schema_errors
from contract.producer import Claims
from repository import ROOT
from services.workflow.tests.fakes import InMemoryPorts
from workflow_service.domain.manifests import manifest_event as event_of
from workflow_service.handlers.api import ROUTES as WORKFLOW_ROUTES
from workflow_service.handlers.handle_audit_requests import audit_request

EVENTS_PAGE = (ROOT / "docs" / "events.md").read_text()
OPERATIONS = {
    key: (service.document, operation)
    for service in SERVICES
    for key, operation in operations_of(service.document).items()
}
WITHOUT_RESPONSE_EXAMPLE = {"GET /audit-trail/{datasetId}"}
"""Its texts would have to match its hashes; docs/proof/vectors.json has such texts."""

ADMIN = Claims("c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02", "Adam Novak", groups=("admins",))
REQUESTER = Claims("0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01", "Rita Moreno")
APPROVER = Claims("5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11", "Bo", groups=("finance",))


@pytest.mark.parametrize("key", OPERATIONS)
def test_every_example_matches_its_schema(key: str):
    document, operation = OPERATIONS[key]
    for place, schema, example in examples_of(operation):
        assert schema_errors(example, schema, document) == [], (key, place)


@pytest.mark.parametrize("key", OPERATIONS)
def test_every_body_has_an_example(key: str):
    _, operation = OPERATIONS[key]
    places = {place for place, _, _ in examples_of(operation)}
    without = {
        status
        for status, response in operation["responses"].items()
        if "content" in response and status not in places
    }
    assert without <= ({"200"} if key in WITHOUT_RESPONSE_EXAMPLE else set())
    assert ("requestBody" in operation) == ("request" in places)


@dataclass
class Story:
    """The three services' APIs, and the requests of the examples."""

    ports: Any = field(default_factory=InMemoryPorts)
    audit: Consumer = field(default_factory=audit_trail)
    inbox: Consumer = field(default_factory=lambda: notifications(finance=[APPROVER.user_id]))
    responses: dict[str, ApiResponse] = field(default_factory=dict)

    def workflow(self, by: Claims, key: str, *, version: str | None = None, **path: str) -> Any:
        """Send a request to the workflow service, with the body in the example."""
        service = self.ports.service
        api = api_handler(WORKFLOW_ROUTES, lambda: service)
        headers = None if version is None else {"if-match": version}
        return self._keep(key, lambda event: response_of(api, event), by, path, headers)

    def send(self, consumer: Consumer, by: Claims, key: str, **path: str) -> Any:
        """Send a request to another service, with the body in the example."""
        return self._keep(key, consumer.request, by, path)

    def _keep(
        self,
        key: str,
        request: Callable[[dict[str, Any]], ApiResponse],
        by: Claims,
        path: dict[str, str],
        headers: dict[str, str] | None = None,
    ) -> Any:
        _, operation = OPERATIONS[key]
        content = operation.get("requestBody", {}).get("content", {})
        body = content["application/json"]["example"] if content else None
        query = {
            each["name"]: each["schema"]["example"]
            for each in operation["parameters"]
            if each["in"] == "query" and each["required"]
        }
        event = by.request(key, body, path=path, query=urlencode(query), headers=headers)
        self.responses[key] = request(event)
        return self.responses[key].body


@pytest.fixture(scope="module")
def responses() -> Iterator[dict[str, ApiResponse]]:
    """The responses of all operations to the requests of the examples."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POWERTOOLS_SERVICE_NAME", "contract-tests")
        patch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
        yield _responses()


def _responses() -> dict[str, ApiResponse]:
    story = Story()
    scheme = {"schemeId": "expense-report"}
    story.workflow(ADMIN, "PUT /schemes/{schemeId}", **scheme)
    workflow = {"workflowId": story.workflow(REQUESTER, "POST /workflows")["workflowId"]}
    version = story.responses["POST /workflows"].headers["etag"]
    story.workflow(APPROVER, "POST /workflows/{workflowId}/actions", version=version, **workflow)
    for key in ("GET /schemes", "GET /workflows", "GET /health"):
        story.workflow(REQUESTER, key)
    story.workflow(REQUESTER, "GET /schemes/{schemeId}", **scheme)
    story.workflow(REQUESTER, "GET /workflows/{workflowId}", **workflow)
    story.workflow(REQUESTER, "GET /workflows/{workflowId}/history", **workflow)
    story.workflow(REQUESTER, "GET /workflows/{workflowId}/rounds", **workflow)
    story.ports.directory.add(APPROVER)
    story.workflow(ADMIN, "GET /people")
    story.workflow(REQUESTER, "GET /people/{userId}", userId=APPROVER.user_id)
    story.workflow(ADMIN, "GET /groups")
    story.workflow(ADMIN, "GET /groups/{name}/members", name="finance")

    sent = story.ports.publisher.published
    assert story.audit.deliver(*(messages.audit_trail for messages in sent)) == []
    assert story.inbox.deliver(*(messages.notifications for messages in sent)) == []
    [newest, *_] = story.send(story.audit, REQUESTER, "GET /audit-trail")["items"]
    story.send(story.audit, AUDITOR, "GET /audit-trail/{datasetId}", datasetId=newest["datasetId"])
    story.send(story.audit, AUDITOR, "GET /audit-trail/{datasetId}/proof", datasetId=newest["datasetId"])
    story.send(story.audit, APPROVER, "GET /workflows/{workflowId}/verification", **workflow)
    story.send(story.audit, AUDITOR, "GET /workflows/{workflowId}/evidence", **workflow)
    for resource in ("public-key", "checkpoint", "checkpoints", "consistency"):
        story.send(story.audit, REQUESTER, f"GET /audit-trail/{resource}")
    story.send(story.audit, AUDITOR, "POST /audit-trail/checkpoint/cosignatures")
    story.send(story.audit, AUDITOR, "GET /audit-trail/integrity")
    erasure = {"erasureId": story.send(story.audit, ADMIN, "POST /audit-trail/erasures")["erasureId"]}
    story.send(story.audit, AUDITOR, "GET /audit-trail/erasures")
    story.send(story.audit, AUDITOR, "GET /audit-trail/erasures/{erasureId}", **erasure)
    story.send(story.audit, ADMIN, "PUT /audit-trail/holds/{workflowId}", **workflow)
    story.send(story.audit, AUDITOR, "GET /audit-trail/holds")
    story.send(story.audit, AUDITOR, "GET /audit-trail/holds/{workflowId}", **workflow)
    story.send(story.audit, ADMIN, "DELETE /audit-trail/holds/{workflowId}", **workflow)
    story.send(story.audit, ADMIN, "PUT /audit-trail/retention/{scheme}", scheme="expense-report")
    story.send(story.audit, AUDITOR, "GET /audit-trail/retention")
    [notification] = story.send(story.inbox, APPROVER, "GET /notifications")["items"]
    story.send(
        story.inbox,
        APPROVER,
        "PATCH /notifications/{notificationId}",
        notificationId=notification["notificationId"],
    )
    story.send(story.inbox, APPROVER, "POST /notifications/mark-all")
    story.send(story.inbox, APPROVER, "POST /notifications/sessions")
    return story.responses


def test_the_story_sends_a_request_to_every_operation(responses: dict[str, ApiResponse]):
    assert set(responses) == set(OPERATIONS)


@pytest.mark.parametrize("key", OPERATIONS)
def test_the_example_of_a_request_succeeds_and_the_response_is_as_documented(
    key: str, responses: dict[str, ApiResponse]
):
    document, operation = OPERATIONS[key]
    response = responses[key]
    assert response.status in (200, 201, 202, 204), response.body
    documented = operation["responses"][str(response.status)]
    if response.status == 204:
        assert (response.body, "content" in documented) == (None, False)
    else:
        schema = documented["content"]["application/json"]["schema"]
        assert schema_errors(response.body, schema, document) == []
    assert set(documented["headers"]) <= set(response.headers)


def test_the_documented_events_are_valid_for_the_real_consumers():
    audit_event, _, *_, workflow_event = _documented_json()
    assert audit_trail().deliver(_message(audit_event)) == []
    inbox = notifications(approvers=[APPROVER.user_id])
    assert inbox.deliver(_message(workflow_event)) == []
    [notification] = inbox.get(APPROVER, "/notifications")["items"]
    assert notification["title"] == workflow_event["data"]["title"]


def test_the_documented_events_are_two_views_of_one_action():
    audit_event, sealed, *_, workflow_event = _documented_json()
    assert [audit_event["type"], workflow_event["type"]] == [AUDIT_EVENT_TYPE, WORKFLOW_EVENT_TYPE]
    of_envelope = ("id", "source", "subject", "time", "correlationid")
    assert [audit_event[name] for name in of_envelope] == [workflow_event[name] for name in of_envelope]
    shared = ("actionType", "outcome", "occurredAt")
    assert [sealed[name] for name in shared] == [workflow_event["data"][name] for name in shared]


def test_the_documented_sealed_part_is_the_decoded_one_and_starts_its_chain():
    audit_event, sealed, *_ = _documented_json()
    assert json.loads(audit_event["data"]["sealed"]) == sealed
    assert sealed["workflow"]["previousHash"] == first_previous_hash(sealed["target"]["id"])


def test_the_documented_events_have_every_field_of_their_contracts():
    audit_event, sealed, *_, workflow_event = _documented_json()
    parts = {part: json.loads(audit_event["data"][part]["value"]) for part in ("person", "content")}
    assert set(sealed) == set(SEALED_PART.schema["properties"])
    assert set(sealed["workflow"]) == set(SEALED_PART.schema["properties"]["workflow"]["properties"])
    assert set(parts["person"]) == set(PERSON_PART.schema["properties"])
    assert set(parts["content"]) == set(CONTENT_PART.schema["properties"])
    assert set(workflow_event["data"]) == set(WORKFLOW_EVENT.schema["properties"])


def test_the_documented_manifest_is_that_of_the_documented_audit_event():
    audit_event, sealed, manifest_event, manifest, *_ = _documented_json()
    text = canonical_text(manifest)
    published = MANIFEST_EVENT.load(manifest_event["data"])
    assert (manifest_event["type"], manifest_event["id"]) == (
        MANIFEST_EVENT_TYPE,
        manifest_event_id(published.name),
    )
    assert manifest_event == json.loads(event_of(Manifest.from_text(text), text).to_message().body)
    (event,), (workflow,) = manifest["events"], manifest["workflows"]
    assert (event["eventId"], event["hash"]) == (audit_event["id"], audit_event["data"]["hash"])
    assert workflow["headHash"] == event["hash"]
    assert workflow["status"] == sealed["outcome"]
    content = CommitmentOpening.from_json(audit_event["data"]["content"])
    data = canonical_text(json.loads(content.value)["after"])
    assert workflow["dataHash"] == data_hash(content.salt, data)


def test_the_documented_resend_request_is_valid_for_the_real_consumer():
    audit_event, *_, request, _, _ = _documented_json()
    loaded = audit_request(CloudEvent.from_message(_message(request)))
    assert isinstance(loaded, ResendRequest)
    assert loaded.event_id == audit_event["id"]
    assert set(request["data"]) == set(RESEND_REQUEST.schema["properties"])


def test_the_documented_erasure_is_valid_for_both_real_consumers():
    audit_event, *_, documented, _ = _documented_json()
    erasure = CloudEvent.from_message(_message(documented))
    loaded = audit_request(erasure)
    assert isinstance(loaded, Erasure)
    assert (erasure.id, erasure.subject) == (loaded.event_id, f"erasure/{loaded.event_id}")
    [dataset] = loaded.datasets
    assert (dataset.dataset_id, dataset.owner_id) == (audit_event["id"], loaded.user_id)
    assert set(documented["data"]) == set(ERASURE.schema["properties"])

    assert notifications().deliver(_message(documented)) == []


def test_the_tables_of_the_documentation_list_every_field_of_the_contracts():
    record_format = (ROOT / "docs" / "proof" / "README.md").read_text()
    assert set(SEALED_PART.schema["properties"]) <= _fields_in_tables(record_format)
    for contract in (ERASURE, MANIFEST_EVENT, RESEND_REQUEST, WORKFLOW_EVENT):
        assert set(contract.schema["properties"]) <= _fields_in_tables(EVENTS_PAGE)


def _documented_json() -> list[Any]:
    """Return the JSON examples of docs/events.md, in order.

    They are the audit event, its sealed part decoded, the manifest event, the manifest, the resend request, the
    erasure and the workflow event.
    """
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", EVENTS_PAGE, re.DOTALL)]


def _message(event: Any) -> EventMessage:
    return CloudEvent.from_message(EventMessage(json.dumps(event))).to_message()


def _fields_in_tables(page: str) -> set[str]:
    """Return the names in backquotes in the first column of the page's tables."""
    first_columns = re.findall(r"^\|([^|]*)\|", page, re.MULTILINE)
    return {name for column in first_columns for name in re.findall(r"`(\w+)`", column)}
