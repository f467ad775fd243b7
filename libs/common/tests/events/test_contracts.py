"""The event contracts: what producers write and consumers accept."""

import copy
import dataclasses
import types
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from countersign_common.compression import pack_text
from countersign_common.events.audit_event import (
    AUDIT_EVENT,
    CONTENT_PART,
    PERSON_PART,
    SEALED_PART,
    AuditEvent,
    AuditEventJson,
    ContentPart,
    OpeningJson,
    PersonPart,
    Reference,
    SealedPart,
    StoredTexts,
    WorkflowBlock,
)
from countersign_common.events.cloud_event import MESSAGE_LIMIT, CloudEvent, InvalidEventError
from countersign_common.events.contract import Contract, object_of
from countersign_common.events.erasure_event import (
    ERASURE,
    ERASURE_TYPE,
    MAX_DATASETS,
    ErasedDataset,
    Erasure,
)
from countersign_common.events.manifest_event import MANIFEST_EVENT, ManifestPublished
from countersign_common.events.resend_request import RESEND_REQUEST, ResendRequest
from countersign_common.events.workflow_event import (
    WORKFLOW_EVENT,
    EventActionOwner,
    EventApprovers,
    EventPerson,
    WorkflowEvent,
)
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening

from ..builders import USER_ID, WORKFLOW_ID

EVENT_ID = "018f0000-0000-7000-8000-0000000000ee"
HASH = "ab" * 32
AT = "2026-01-31T09:00:00.000Z"

WORKFLOW_BLOCK = WorkflowBlock("expense-report", 3, "manager", 1, 7, HASH)
SEALED = SealedPart(
    event_id=EVENT_ID,
    source="/countersign/workflow",
    action_type="APPROVE",
    action_owner=Reference("user", USER_ID),
    target=Reference("workflow", WORKFLOW_ID),
    outcome="APPROVED",
    occurred_at=AT,
    request_id="JKJaXmPLvHcESHA=",
    participants=(f"user:{USER_ID}", "group:approvers"),
    person_commitment=HASH,
    content_commitment="cd" * 32,
    workflow=WORKFLOW_BLOCK,
)
PERSON = PersonPart("Bo", "bo@example.com", ("approvers",), "192.0.2.1", "a browser")
CONTENT = ContentPart("A title", "A comment", {"a": 1.5, "b": [None]}, {"a": 2})
AUDIT = AuditEventJson("{}", HASH, OpeningJson("AAAA", "{}"), OpeningJson("BBBB", "{}"))
WORKFLOW = WorkflowEvent(
    workflow_id=WORKFLOW_ID,
    title="A title",
    scheme="expense-report",
    scheme_version=3,
    step_id="manager",
    round=1,
    sequence=7,
    action_type="APPROVE",
    outcome="APPROVED",
    action_owner=EventActionOwner("user", USER_ID, "Bo"),
    requester=EventPerson(USER_ID, "Bo"),
    approvers=EventApprovers((USER_ID,), ("approvers",)),
    comment="A comment",
    occurred_at=AT,
)

MANIFEST = ManifestPublished(
    name="2026-01-31T09:01:00Z",
    from_="2026-01-31T09:00:00Z",
    to="2026-01-31T09:01:00Z",
    sequence=3,
    sha256=HASH,
    previous_sha256="cd" * 32,
    events=12,
)

ERASED_EVENT = ErasedDataset(EVENT_ID, WORKFLOW_ID, 7, USER_ID, ("person", "content"))
ERASED_DECISION = ErasedDataset(EVENT_ID, None, None, "relay", ("person",))
AN_ERASURE = Erasure("018f0000-0000-7000-8000-0000000000ef", USER_ID, (ERASED_EVENT, ERASED_DECISION))

EXAMPLES: dict[str, tuple[Contract[Any], Any]] = {
    "sealed": (SEALED_PART, SEALED),
    "sealed without a workflow": (SEALED_PART, dataclasses.replace(SEALED, workflow=None)),
    "sealed without a step": (
        SEALED_PART,
        dataclasses.replace(SEALED, workflow=dataclasses.replace(WORKFLOW_BLOCK, step_id=None)),
    ),
    "sealed by the system": (
        SEALED_PART,
        dataclasses.replace(SEALED, action_owner=Reference("system", "relay"), participants=()),
    ),
    "person": (PERSON_PART, PERSON),
    "person with nothing but a name": (PERSON_PART, PersonPart("a\x00b", "", (), "", "")),
    "content": (CONTENT_PART, CONTENT),
    "content without values": (CONTENT_PART, ContentPart("", None, None, None)),
    "audit event": (AUDIT_EVENT, AUDIT),
    "audit event with erased parts": (AUDIT_EVENT, AuditEventJson("{}", HASH, None, None)),
    "workflow event": (WORKFLOW_EVENT, WORKFLOW),
    "workflow event without values": (
        WORKFLOW_EVENT,
        dataclasses.replace(WORKFLOW, step_id=None, comment=None, approvers=EventApprovers((), ()), title=""),
    ),
    "manifest event": (MANIFEST_EVENT, MANIFEST),
    "manifest event of an empty interval": (MANIFEST_EVENT, dataclasses.replace(MANIFEST, events=0)),
    "resend request": (RESEND_REQUEST, ResendRequest(WORKFLOW_ID, 7, EVENT_ID)),
    "erasure": (ERASURE, AN_ERASURE),
    "erasure by retention": (ERASURE, dataclasses.replace(AN_ERASURE, user_id=None)),
}
COMPLETE = (
    "sealed",
    "person",
    "content",
    "audit event",
    "workflow event",
    "manifest event",
    "resend request",
    "erasure",
)


@pytest.mark.parametrize(("contract", "value"), EXAMPLES.values(), ids=EXAMPLES)
def test_value_round_trips(contract, value):
    assert contract.load(contract.dump(value)) == value


def test_sealed_part_has_the_documented_json():
    assert SEALED_PART.dump(SEALED) == {
        "schemaVersion": 1,
        "eventId": EVENT_ID,
        "source": "/countersign/workflow",
        "actionType": "APPROVE",
        "actionOwner": {"type": "user", "id": USER_ID},
        "target": {"type": "workflow", "id": WORKFLOW_ID},
        "outcome": "APPROVED",
        "occurredAt": AT,
        "requestId": "JKJaXmPLvHcESHA=",
        "participants": [f"user:{USER_ID}", "group:approvers"],
        "personCommitment": HASH,
        "contentCommitment": "cd" * 32,
        "workflow": {
            "scheme": "expense-report",
            "schemeVersion": 3,
            "stepId": "manager",
            "round": 1,
            "sequence": 7,
            "previousHash": HASH,
        },
    }


def test_workflow_event_has_the_documented_json():
    assert WORKFLOW_EVENT.dump(WORKFLOW) == {
        "workflowId": WORKFLOW_ID,
        "title": "A title",
        "scheme": "expense-report",
        "schemeVersion": 3,
        "stepId": "manager",
        "round": 1,
        "sequence": 7,
        "actionType": "APPROVE",
        "outcome": "APPROVED",
        "actionOwner": {"type": "user", "id": USER_ID, "name": "Bo"},
        "requester": {"userId": USER_ID, "name": "Bo"},
        "approvers": {"users": [USER_ID], "groups": ["approvers"]},
        "comment": "A comment",
        "occurredAt": AT,
    }


def test_manifest_event_and_resend_request_have_the_documented_json():
    assert MANIFEST_EVENT.dump(MANIFEST) == {
        "name": "2026-01-31T09:01:00Z",
        "from": "2026-01-31T09:00:00Z",
        "to": "2026-01-31T09:01:00Z",
        "sequence": 3,
        "sha256": HASH,
        "previousSha256": "cd" * 32,
        "events": 12,
    }
    assert RESEND_REQUEST.dump(ResendRequest(WORKFLOW_ID, 7, EVENT_ID)) == {
        "workflowId": WORKFLOW_ID,
        "sequence": 7,
        "eventId": EVENT_ID,
    }


def test_erasure_has_the_documented_json():
    assert ERASURE.dump(AN_ERASURE) == {
        "eventId": AN_ERASURE.event_id,
        "userId": USER_ID,
        "datasets": [
            {
                "datasetId": EVENT_ID,
                "workflowId": WORKFLOW_ID,
                "sequence": 7,
                "ownerId": USER_ID,
                "parts": ["person", "content"],
            },
            {
                "datasetId": EVENT_ID,
                "workflowId": None,
                "sequence": None,
                "ownerId": "relay",
                "parts": ["person"],
            },
        ],
    }


def test_an_erased_dataset_says_which_parts_were_erased():
    assert (ERASED_EVENT.person, ERASED_EVENT.content) == (True, True)
    assert (ERASED_DECISION.person, ERASED_DECISION.content) == (True, False)


def test_the_largest_erasure_fits_in_a_message_and_a_larger_one_is_invalid():
    dataset = dataclasses.replace(ERASED_EVENT, sequence=2**53 - 1)
    largest = dataclasses.replace(AN_ERASURE, datasets=(dataset,) * MAX_DATASETS)
    data = ERASURE.dump(largest)
    event = CloudEvent(
        largest.event_id,
        "/countersign/audit",
        ERASURE_TYPE,
        f"erasure/{largest.event_id}",
        AT,
        largest.event_id,
        data,
    )
    assert event.to_message().size < MESSAGE_LIMIT
    assert ERASURE.load(data) == largest
    with pytest.raises(InvalidEventError):
        ERASURE.load(ERASURE.dump(dataclasses.replace(largest, datasets=(dataset,) * (MAX_DATASETS + 1))))


@pytest.mark.parametrize(
    ("field", "invalid"),
    [
        ("dataset_id", "1"),
        ("workflow_id", "1"),
        ("sequence", 0),
        ("owner_id", ""),
        ("parts", ()),
        ("parts", ("person", "address")),
    ],
)
def test_an_erased_dataset_with_a_value_out_of_range_is_invalid(field, invalid):
    dataset = dataclasses.replace(ERASED_EVENT, **{field: invalid})
    with pytest.raises(InvalidEventError):
        ERASURE.load(ERASURE.dump(dataclasses.replace(AN_ERASURE, datasets=(dataset,))))


def test_null_is_written_except_for_the_optional_workflow_block():
    assert SEALED_PART.dump(dataclasses.replace(SEALED, workflow=None)).keys() == (
        SEALED_PART.dump(SEALED).keys() - {"workflow"}
    )
    assert CONTENT_PART.dump(ContentPart("t", None, None, None)) == {
        "title": "t",
        "comment": None,
        "before": None,
        "after": None,
    }


def test_audit_event_is_written_in_the_shape_that_its_contract_loads():
    person = CommitmentOpening(bytes(32), canonical_text(PERSON_PART.dump(PERSON)))
    loaded = AUDIT_EVENT.load(AuditEvent("{}", HASH, person, None).to_json())
    assert loaded == AuditEventJson("{}", HASH, OpeningJson("A" * 43 + "=", person.value), None)
    assert PERSON_PART.load(PERSON_PART.dump(PERSON)) == PERSON


def test_stored_texts_are_compressed_if_they_are_long():
    person, content = CommitmentOpening(bytes(32), "{}"), CommitmentOpening(bytes(32), "c" * 2_000)
    texts = StoredTexts.of("s" * 1_000, person, content, packed={})
    assert texts == StoredTexts(pack_text("s" * 1_000), "{}", pack_text("c" * 2_000))
    assert texts.packed == {"sealed": texts.sealed, "content.value": texts.content}


def test_stored_texts_of_erased_parts_are_none():
    texts = StoredTexts.of("{}", None, None, packed={})
    assert texts == StoredTexts("{}", None, None)
    assert texts.packed == {}


def test_texts_that_arrive_compressed_are_not_compressed_again():
    opening = CommitmentOpening(bytes(32), "c" * 2_000)
    packed = {"sealed": b"1", "person.value": b"2", "content.value": b"3"}
    assert StoredTexts.of("s" * 1_000, opening, opening, packed).packed == packed


def objects_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each object in a JSON value, except for free-form data."""
    if isinstance(value, dict):
        yield path
        for name, member in value.items():
            if name not in ("before", "after"):
                yield from objects_of(member, (*path, name))


def fields_of(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each field in a JSON value, except for free-form data."""
    for path in objects_of(value):
        yield from ((*path, name) for name in at(value, path))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        value = value[name]
    return value


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    result = copy.deepcopy(data)
    at(result, path[:-1])[path[-1]] = value
    return result


OBJECTS = [
    (name, path) for name in COMPLETE for path in objects_of(EXAMPLES[name][0].dump(EXAMPLES[name][1]))
]
FIELDS = [(name, path) for name in COMPLETE for path in fields_of(EXAMPLES[name][0].dump(EXAMPLES[name][1]))]


def case_id(value: Any) -> str:
    return ".".join(map(str, value)) or "the object" if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("name", "path"), OBJECTS, ids=case_id)
def test_unknown_fields_are_ignored_at_every_level(name, path):
    contract, value = EXAMPLES[name]
    data = changed(contract.dump(value), (*path, "addedLater"), {"x": [1]})
    assert contract.load(data) == value


@pytest.mark.parametrize(("name", "path"), [each for each in FIELDS if each[1] != ("workflow",)], ids=case_id)
def test_missing_field_is_invalid_and_named(name, path):
    contract, value = EXAMPLES[name]
    data = contract.dump(value)
    del at(data, path[:-1])[path[-1]]
    with pytest.raises(InvalidEventError, match=str(path[-1])):
        contract.load(data)


NULLABLE = {
    ("sealed", ("workflow", "stepId")),
    ("content", ("comment",)),
    ("content", ("before",)),
    ("content", ("after",)),
    ("audit event", ("person",)),
    ("audit event", ("content",)),
    ("workflow event", ("stepId",)),
    ("workflow event", ("comment",)),
    ("erasure", ("userId",)),
}


@pytest.mark.parametrize(("name", "path"), FIELDS, ids=case_id)
def test_only_nullable_fields_may_be_null(name, path):
    contract, value = EXAMPLES[name]
    data = changed(contract.dump(value), path, None)
    if (name, path) in NULLABLE:
        assert contract.dump(contract.load(data)) == data
    else:
        with pytest.raises(InvalidEventError):
            contract.load(data)


@pytest.mark.parametrize(("name", "path"), FIELDS, ids=case_id)
@pytest.mark.parametrize("wrong", [True, 1.5], ids=str)
def test_value_of_another_type_is_invalid(name, path, wrong):
    contract, value = EXAMPLES[name]
    with pytest.raises(InvalidEventError):
        contract.load(changed(contract.dump(value), path, wrong))


@pytest.mark.parametrize("data", [None, [], "x", 1])
@pytest.mark.parametrize("name", COMPLETE)
def test_data_that_is_not_an_object_is_invalid(name, data):
    with pytest.raises(InvalidEventError, match="object"):
        EXAMPLES[name][0].load(data)


@pytest.mark.parametrize("field", ["actionType", "outcome"])
@pytest.mark.parametrize("text", ["ESCALATE", "x", "x" * 64, "in Prüfung"])
@pytest.mark.parametrize("name", ["sealed", "workflow event"])
def test_unknown_action_types_and_outcomes_are_accepted(name, field, text):
    contract, value = EXAMPLES[name]
    data = contract.dump(value) | {field: text}
    assert contract.dump(contract.load(data)) == data


@pytest.mark.parametrize("field", ["actionType", "outcome"])
@pytest.mark.parametrize("text", ["", "x" * 65])
@pytest.mark.parametrize("name", ["sealed", "workflow event"])
def test_action_types_and_outcomes_have_1_to_64_characters(name, field, text):
    contract, value = EXAMPLES[name]
    with pytest.raises(InvalidEventError, match=field):
        contract.load(contract.dump(value) | {field: text})


@pytest.mark.parametrize(
    ("name", "path", "invalid"),
    [
        ("sealed", ("schemaVersion",), 0),
        ("sealed", ("eventId",), EVENT_ID.upper()),
        ("sealed", ("eventId",), f"{EVENT_ID}\n"),
        ("sealed", ("source",), ""),
        ("sealed", ("requestId",), "x" * 201),
        ("sealed", ("actionOwner", "type"), ""),
        ("sealed", ("occurredAt",), "2026-01-31"),
        ("sealed", ("occurredAt",), f"{AT}\n"),
        ("sealed", ("occurredAt",), "2026-02-30T09:00:00Z"),
        ("sealed", ("occurredAt",), "2026-01-31T09:00:00"),
        ("workflow event", ("occurredAt",), "2026-13-99T09:00:00Z"),
        ("sealed", ("participants",), [""]),
        ("sealed", ("participants",), [1]),
        ("sealed", ("personCommitment",), "AB" * 32),
        ("sealed", ("contentCommitment",), "ab" * 31),
        ("sealed", ("workflow", "sequence"), 0),
        ("sealed", ("workflow", "sequence"), True),
        ("sealed", ("workflow", "round"), -1),
        ("sealed", ("workflow", "schemeVersion"), 2**53),
        ("sealed", ("workflow", "scheme"), "Expense"),
        ("sealed", ("workflow", "stepId"), ""),
        ("sealed", ("workflow", "previousHash"), ""),
        ("audit event", ("hash",), "x"),
        ("audit event", ("sealed",), ""),
        ("manifest event", ("name",), "2026-01-31T09:01:00.000Z"),
        ("manifest event", ("to",), "2026-01-31T09:01:00Z\n"),
        ("manifest event", ("events",), -1),
        ("manifest event", ("sequence",), 0),
        ("resend request", ("eventId",), "1"),
        ("resend request", ("sequence",), 0),
        ("workflow event", ("workflowId",), "1"),
        ("workflow event", ("title",), "x" * 201),
        ("workflow event", ("comment",), "x" * 4001),
        ("workflow event", ("requester", "userId"), "bo"),
        ("workflow event", ("approvers", "users"), ["bo"]),
        ("workflow event", ("approvers", "groups"), [""]),
        ("workflow event", ("approvers", "groups"), ["x" * 129]),
        ("workflow event", ("actionOwner", "name"), "x" * 2049),
    ],
    ids=case_id,
)
def test_value_out_of_range_is_invalid_and_named(name, path, invalid):
    contract, value = EXAMPLES[name]
    with pytest.raises(InvalidEventError, match=path[-1]):
        contract.load(changed(contract.dump(value), path, invalid))


@pytest.mark.parametrize(
    ("name", "path", "valid"),
    [
        ("sealed", ("source",), "x"),
        ("sealed", ("requestId",), "x" * 200),
        ("sealed", ("actionOwner", "type"), "x" * 64),
        ("sealed", ("participants",), ["x" * 200]),
        ("sealed", ("workflow", "sequence"), 2**53 - 1),
        ("workflow event", ("title",), "x" * 200),
        ("workflow event", ("comment",), "x" * 4000),
        ("workflow event", ("approvers", "groups"), ["x", "x" * 128]),
        ("workflow event", ("actionOwner", "name"), "x" * 2048),
        ("workflow event", ("requester", "name"), ""),
    ],
    ids=case_id,
)
def test_value_at_its_limit_is_accepted(name, path, valid):
    contract, value = EXAMPLES[name]
    data = changed(contract.dump(value), path, valid)
    assert contract.dump(contract.load(data)) == data


@pytest.mark.parametrize("text", ["2026-01-31t10:00:00.5+01:00", "2026-01-31T09:00:00Z"])
def test_every_rfc_3339_timestamp_is_accepted(text):
    assert WORKFLOW_EVENT.load(WORKFLOW_EVENT.dump(WORKFLOW) | {"occurredAt": text}).occurred_at == text


def test_error_does_not_contain_the_value():
    data = changed(WORKFLOW_EVENT.dump(WORKFLOW), ("title",), "Secret" * 100)
    with pytest.raises(InvalidEventError) as raised:
        WORKFLOW_EVENT.load(data)
    assert "Secret" not in str(raised.value)


def test_whole_number_with_a_fraction_is_loaded_as_an_integer():
    loaded = WORKFLOW_EVENT.load(WORKFLOW_EVENT.dump(WORKFLOW) | {"sequence": 7.0})
    assert loaded == WORKFLOW
    assert type(loaded.sequence) is int


CONTRACTS = {
    "sealed": SEALED_PART,
    "person": PERSON_PART,
    "content": CONTENT_PART,
    "audit": AUDIT_EVENT,
    "workflow": WORKFLOW_EVENT,
    "manifest": MANIFEST_EVENT,
    "resend": RESEND_REQUEST,
    "erasure": ERASURE,
    "erased dataset": Contract(ErasedDataset, ERASURE.schema["properties"]["datasets"]["items"]),
}


def camel_case(name: str) -> str:
    head, *rest = name.split("_")  # a trailing underscore only avoids a Python keyword
    return head + "".join(map(str.capitalize, rest))


def assert_same_fields(shape: Any, schema: dict[str, Any]) -> None:
    """Check that a dataclass and a schema have the same fields, in nested objects too."""
    hints = typing.get_type_hints(shape)
    fields = {camel_case(field.name): field for field in dataclasses.fields(shape)}
    assert set(fields) == set(schema["properties"])
    optional = {name for name, field in fields.items() if field.default is None}
    assert set(schema["required"]) == set(fields) - optional
    for name, field in fields.items():
        hint = hints[field.name]
        members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        nested = [member for member in members if dataclasses.is_dataclass(member)]
        assert bool(nested) is ("properties" in schema["properties"][name])
        if nested:
            assert_same_fields(nested[0], schema["properties"][name])


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_dataclass_and_schema_have_the_same_fields(contract):
    assert_same_fields(contract.shape, contract.schema)


def test_different_fields_of_dataclass_and_schema_are_found():
    schema = copy.deepcopy(SEALED_PART.schema)
    schema["properties"]["workflow"]["properties"]["added"] = {"type": "string"}
    with pytest.raises(AssertionError):
        assert_same_fields(SealedPart, schema)


@dataclasses.dataclass(frozen=True)
class Line:
    amount: int
    note: str | None = None


@dataclasses.dataclass(frozen=True)
class Invoice:
    lines: tuple[Line, ...]


INVOICE: Contract[Invoice] = Contract(
    Invoice,
    object_of(
        {
            "lines": {
                "type": "array",
                "items": object_of(
                    {"amount": {"type": "integer"}, "note": {"type": ["string", "null"]}}, optional=("note",)
                ),
            }
        }
    ),
)


def test_tuples_of_dataclasses_round_trip():
    invoice = Invoice((Line(1, "a"), Line(2)))
    assert INVOICE.dump(invoice) == {"lines": [{"amount": 1, "note": "a"}, {"amount": 2}]}
    assert INVOICE.load(INVOICE.dump(invoice)) == invoice
    assert INVOICE.load({"lines": [{"amount": 2, "note": None}]}) == Invoice((Line(2),))
