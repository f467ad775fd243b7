"""Responses with records. Their parts are described by the event contracts, which are the only list of their fields."""

from collections.abc import Mapping
from typing import Any

from countersign_common.events.audit_event import CONTENT_PART, PERSON_PART, SEALED_PART
from countersign_common.http.fields import ApiSchema, Id, PageSchema, Sha256
from countersign_common.proof.commitment import PARTS
from marshmallow import fields
from marshmallow.validate import OneOf


def openapi_schema(json_schema: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a JSON Schema (draft 7) in the dialect of OpenAPI 3.0, which has `nullable` instead of the type null."""
    converted: dict[str, Any] = {}
    for keyword, value in json_schema.items():
        if keyword == "type" and isinstance(value, list):
            converted |= {"type": next(each for each in value if each != "null"), "nullable": "null" in value}
        elif keyword == "properties":
            converted[keyword] = {name: openapi_schema(each) for name, each in value.items()}
        elif keyword == "items":
            converted[keyword] = openapi_schema(value)
        else:
            converted[keyword] = value
    return converted | changes


def _dataset_id() -> Id:
    return Id(required=True, metadata={"description": "Id of the record and of the event it is from."})


def _hash() -> Sha256:
    return Sha256(required=True, metadata={"description": "SHA-256 of the sealed part's canonical text."})


def _sealed() -> fields.Dict:
    return fields.Dict(
        required=True,
        metadata=openapi_schema(
            SEALED_PART.schema,
            description="What is hashed. It can contain more fields than listed here. `workflow` is missing for "
            "events that are not about a workflow; `previousHash` is the hash of the workflow's previous event.",
        ),
    )


def _redacted() -> fields.List[str]:
    return fields.List(
        fields.String(validate=OneOf(("person",))),
        required=True,
        metadata={"description": "Parts that are not shown in full to the caller."},
    )


def _erased() -> fields.List[Any]:
    return fields.List(
        fields.Nested(ErasedPart),
        required=True,
        metadata={"description": "Parts that were erased. They stay null."},
    )


class AuditRecord(ApiSchema):
    """The full dataset of one action."""

    dataset_id = _dataset_id()
    hash = _hash()
    sealed = _sealed()
    person = fields.Dict(
        required=True,
        allow_none=True,
        metadata=openapi_schema(
            PERSON_PART.schema,
            required=["name"],
            description="Who acted. Only admins and auditors see more than the name. Null once erased.",
        ),
    )
    content = fields.Dict(
        required=True,
        allow_none=True,
        metadata=openapi_schema(
            CONTENT_PART.schema,
            description="What was acted on. `before` is the data of the previous request. Null once erased.",
        ),
    )
    redacted = _redacted()


class ErasedPart(ApiSchema):
    """A part of a record that was erased."""

    part = fields.String(required=True, validate=OneOf(PARTS))
    erased_by = Id(
        required=True, metadata={"description": "Id of the record of the erasure, which names the part."}
    )


class PersonSummary(ApiSchema):
    """Who acted, in a list."""

    name = fields.String(required=True)


class ContentSummary(ApiSchema):
    """What was acted on, in a list: without the data."""

    title = fields.String(required=True)
    comment = fields.String(required=True, allow_none=True)


class AuditRecordSummary(ApiSchema):
    """A record in a list. `GET /audit-trail/{datasetId}` returns it in full."""

    dataset_id = _dataset_id()
    hash = _hash()
    sealed = _sealed()
    person = fields.Nested(
        PersonSummary,
        required=True,
        allow_none=True,
        metadata={"description": "Who acted. Null once erased."},
    )
    content = fields.Nested(
        ContentSummary,
        required=True,
        allow_none=True,
        metadata={"description": "What was acted on. Null once erased."},
    )
    redacted = _redacted()
    erased = _erased()


class AuditTrailPage(PageSchema):
    """Records, newest first. A page can be shorter than `limit` although there are more: use the cursor."""

    items = fields.List(fields.Nested(AuditRecordSummary), required=True)
    missing = fields.List(
        Id(),
        required=True,
        metadata={
            "description": "Records that the search found and that are missing from the store or damaged there."
        },
    )


class CommitmentOpening(ApiSchema):
    """What opens a commitment."""

    salt = fields.String(required=True, metadata={"description": "32 bytes in base64."})
    value = fields.String(required=True, metadata={"description": "Canonical JSON text (RFC 8785)."})


class CanonicalTexts(ApiSchema):
    """The texts that were hashed and committed to, for an independent verification."""

    sealed = fields.String(required=True, metadata={"description": "Its SHA-256 is the record's hash."})
    person = fields.Nested(
        CommitmentOpening,
        required=True,
        allow_none=True,
        metadata={"description": "Null if the part was erased or is listed in `redacted`."},
    )
    content = fields.Nested(
        CommitmentOpening, required=True, allow_none=True, metadata={"description": "Null once erased."}
    )


class VerifiableAuditRecord(AuditRecord):
    """The full dataset of one action, with the texts that were hashed."""

    erased = _erased()
    canonical = fields.Nested(CanonicalTexts, required=True)
