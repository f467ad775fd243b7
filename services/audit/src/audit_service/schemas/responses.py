"""Responses. The parts of a record are described by their event contracts, which are the only list of their fields."""

from collections.abc import Mapping
from typing import Any

from countersign_common.events.audit_event import CONTENT_PART, PERSON_PART, SEALED_PART
from countersign_common.http.fields import ApiSchema, Id, PageSchema, Sha256, Slug, Timestamp
from countersign_common.proof.commitment import PARTS
from marshmallow import fields
from marshmallow.validate import OneOf

from audit_service.domain.erasure import MAX_HELD_WORKFLOWS, ErasureKind, ErasureState
from audit_service.domain.integrity import FindingCode
from audit_service.domain.verification import CHECK_OF_CODE, CheckResult


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


class AuditRecord(ApiSchema):
    """The full dataset of one action."""

    dataset_id = Id(required=True, metadata={"description": "Id of the record and of the event it is from."})
    hash = Sha256(required=True, metadata={"description": "SHA-256 of the sealed part's canonical text."})
    sealed = fields.Dict(
        required=True,
        metadata=openapi_schema(
            SEALED_PART.schema,
            description="What is hashed. It can contain more fields than listed here. `workflow` is missing for "
            "events that are not about a workflow; `previousHash` is the hash of the workflow's previous event.",
        ),
    )
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
    redacted = fields.List(
        fields.String(validate=OneOf(("person",))),
        required=True,
        metadata={"description": "Parts that are not shown in full to the caller."},
    )


class AuditTrailPage(PageSchema):
    """Records, newest first. A page can be shorter than `limit` although there are more: use the cursor."""

    items = fields.List(fields.Nested(AuditRecord), required=True)
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


class ErasedPart(ApiSchema):
    """A part of a record that was erased."""

    part = fields.String(required=True, validate=OneOf(PARTS))
    erased_by = Id(
        required=True, metadata={"description": "Id of the record of the erasure, which names the part."}
    )


class VerifiableAuditRecord(AuditRecord):
    """The full dataset of one action, with the texts that were hashed."""

    erased = fields.List(
        fields.Nested(ErasedPart),
        required=True,
        metadata={"description": "Parts that were erased. They stay null."},
    )
    canonical = fields.Nested(CanonicalTexts, required=True)


class Checkpoint(ApiSchema):
    """A signed checkpoint of the log."""

    size = fields.Integer(required=True, metadata={"description": "Number of leaves of the tree."})
    root_hash = Sha256(required=True, metadata={"description": "Root hash of the tree (RFC 6962)."})
    signed_at = fields.String(
        required=True, metadata={"format": "date-time", "description": "The signature doesn't cover it."}
    )
    note = fields.String(
        required=True, metadata={"description": "The signed note (C2SP tlog-checkpoint and signed-note)."}
    )


class CheckpointPage(PageSchema):
    """Checkpoints as they were published, newest first."""

    items = fields.List(fields.Nested(Checkpoint), required=True)


class NewestCheckpoint(Checkpoint):
    """The newest checkpoint."""

    origin = fields.String(required=True, metadata={"description": "Name of the log."})
    note = fields.String(
        required=True,
        metadata={
            "description": "The signed note, with the lines of witnesses after the log's own (C2SP "
            "tlog-cosignature). Verify each line: this service doesn't verify those of witnesses."
        },
    )
    cosigners = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Names of the configured witnesses among the signatures."},
    )


class PublicKeys(ApiSchema):
    """Public keys that verify checkpoints."""

    origin = fields.String(required=True, metadata={"description": "Name of the log, and of its key."})
    vkey = fields.String(
        required=True, metadata={"description": "The log's key as a verifier key (C2SP signed-note)."}
    )
    pem = fields.String(required=True, metadata={"description": "The same key in PEM: ECDSA P-256."})
    fingerprint = fields.String(
        required=True,
        metadata={
            "description": "`SHA256:` and the hash of the key in base64. Compare it with the one that "
            "Terraform prints, or that you kept."
        },
    )
    witnesses = fields.List(
        fields.String(), required=True, metadata={"description": "Verifier keys of the configured witnesses."}
    )


class ConsistencyProof(ApiSchema):
    """The proof that one tree extends another (RFC 6962, section 2.1.2)."""

    old_size = fields.Integer(
        required=True, data_key="from", metadata={"description": "Size of the earlier tree."}
    )
    new_size = fields.Integer(
        required=True, data_key="to", metadata={"description": "Size of the later tree."}
    )
    proof = fields.List(Sha256(), required=True, metadata={"description": "The hashes, in their order."})


class Cosignature(ApiSchema):
    """A stored cosignature."""

    size = fields.Integer(required=True, metadata={"description": "Of the checkpoint."})
    witness = fields.String(required=True, metadata={"description": "Name of the witness."})


class RecordProof(ApiSchema):
    """The proof that a record is in the log. While it waits to be sealed, all but the first two members are null."""

    dataset_id = Id(required=True)
    state = fields.String(
        required=True,
        validate=OneOf(("sealed", "pending")),
        metadata={"description": "A record is sealed about a minute after it was recorded."},
    )
    entry = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "The entry as the log has it: its second line is the datasetId, its third line the hash of "
            "the sealed text as it was recorded."
        },
    )
    leaf_index = fields.Integer(required=True, allow_none=True)
    leaf_hash = Sha256(
        required=True, allow_none=True, metadata={"description": "SHA-256 of a zero byte and the entry."}
    )
    tree_size = fields.Integer(required=True, allow_none=True)
    proof = fields.List(
        Sha256(),
        required=True,
        allow_none=True,
        metadata={"description": "The audit path from the leaf to the root (RFC 6962, section 2.1.1)."},
    )
    checkpoint = fields.Nested(NewestCheckpoint, required=True, allow_none=True)


class Finding(ApiSchema):
    """One place where a workflow's records are not what they have to be."""

    sequence = fields.Integer(
        required=True,
        metadata={"description": "Position in the chain, from 1; 0 if it is not about one position."},
    )
    dataset_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null if no record is known."}
    )
    code = fields.String(
        required=True,
        validate=OneOf(tuple(CHECK_OF_CODE)),
        metadata={"description": "[What each code means](/docs/proof/findings.md)."},
    )
    detail = fields.String(required=True, metadata={"description": "A sentence."})


def _check(description: str) -> fields.String:
    return fields.String(
        required=True,
        validate=OneOf(tuple(result.value for result in CheckResult)),
        metadata={"description": description},
    )


class Checks(ApiSchema):
    """The result of each check. `not-checked` means that there was nothing to check against."""

    chain = _check("Each record has its hash and follows the one before it, without a gap.")
    commitments = _check(
        "Persons and contents are those that were committed to, or erased by an erasure in the log."
    )
    inclusion = _check("Each record is in the log, with the hash that it has.")
    checkpoint = _check("The log's key has signed the newest checkpoint, and the stored tree has its root.")
    attested_state = _check(
        "The workflow service's manifests name each record, and the state that follows from the records."
    )


class AttestedState(ApiSchema):
    """The newest state of the workflow that a manifest attests."""

    version = fields.Integer(required=True, metadata={"description": "Number of the workflow's events."})
    head_hash = Sha256(required=True, metadata={"description": "Hash of the newest one."})
    status = fields.String(required=True)
    manifest = fields.String(required=True, metadata={"description": "Name of the manifest."})
    at = Timestamp(required=True, metadata={"description": "When the manifest was published."})


class Verification(ApiSchema):
    """The verdict on a page of a workflow's records."""

    workflow_id = Id(required=True)
    verdict = fields.String(
        required=True,
        validate=OneOf(("valid", "invalid")),
        metadata={"description": "Of this page. `invalid` if it has findings."},
    )
    events = fields.Integer(required=True, metadata={"description": "Number of records on this page."})
    sealed = fields.Integer(
        required=True, metadata={"description": "How many of them are proven to be in the log."}
    )
    pending = fields.Integer(
        required=True,
        metadata={
            "description": "How many events wait to be sealed, or are on their way into the audit trail. That is "
            "normal for a minute, and a finding after five."
        },
    )
    head_hash = fields.String(
        required=True, allow_none=True, metadata={"description": "Hash of the newest record on this page."}
    )
    first = fields.Integer(
        required=True,
        allow_none=True,
        data_key="from",
        metadata={"description": "First sequence on this page."},
    )
    last = fields.Integer(
        required=True, allow_none=True, data_key="to", metadata={"description": "Last sequence on this page."}
    )
    cursor = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Send it as `cursor` to verify the next page; null on the last page."},
    )
    checked = fields.Nested(Checks, required=True)
    attested = fields.Nested(AttestedState, required=True, allow_none=True)
    checkpoint = fields.Nested(
        NewestCheckpoint,
        required=True,
        allow_none=True,
        metadata={"description": "What the records were checked against; null before the first checkpoint."},
    )
    findings = fields.List(fields.Nested(Finding), required=True)


class EvidenceRecord(ApiSchema):
    """A record as it is stored, whatever it is."""

    dataset_id = Id(required=True)
    hash = fields.String(required=True, metadata={"description": "The stored hash."})
    sealed = fields.String(required=True, metadata={"description": "The stored text."})
    person = fields.Nested(
        CommitmentOpening,
        required=True,
        allow_none=True,
        metadata={"description": "Null if erased or withheld."},
    )
    content = fields.Nested(
        CommitmentOpening,
        required=True,
        allow_none=True,
        metadata={"description": "Null if erased or withheld."},
    )
    withheld = fields.List(
        fields.String(validate=OneOf(("person", "content", "raw"))),
        metadata={"description": "Parts that are stored and that you may not see."},
    )
    raw = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={
            "description": "Stored bytes that are not texts, in base64, by attribute, whose text is empty then."
        },
    )


class InclusionProof(ApiSchema):
    """That an entry is a leaf of the checkpoint's tree."""

    entry_id = fields.String(
        required=True, metadata={"description": "A datasetId, or the name of a manifest."}
    )
    index = fields.Integer(required=True, metadata={"description": "Of the leaf, from 0."})
    hashes = fields.List(
        Sha256(), required=True, metadata={"description": "The audit path, from the leaf up."}
    )


class EvidenceManifest(ApiSchema):
    """A manifest of the workflow service."""

    name = fields.String(required=True, metadata={"description": "The end of the interval that it covers."})
    text = fields.String(required=True, metadata={"description": "The file, byte for byte."})


class Evidence(ApiSchema):
    """A workflow's evidence, to be verified without this deployment."""

    format = fields.String(required=True, validate=OneOf(("countersign.evidence.v1",)))
    workflow_id = Id(required=True)
    created_at = Timestamp(required=True)
    public_key = fields.String(
        required=True,
        metadata={"description": "The log's key as a verifier key. Compare it with the one that you trust."},
    )
    checkpoint = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The newest checkpoint, a signed note; null before the first one."},
    )
    cursor = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Send it as `cursor` to get the next page; null on the last page."},
    )
    records = fields.List(
        fields.Nested(EvidenceRecord), required=True, metadata={"description": "By sequence, at most 5 MB."}
    )
    proofs = fields.List(
        fields.Nested(InclusionProof),
        required=True,
        metadata={"description": "Of every sealed record, erasure and manifest on this page."},
    )
    manifests = fields.List(
        fields.Nested(EvidenceManifest),
        required=True,
        metadata={
            "description": "Those that cover the records, and on the last page the newest that attests the workflow."
        },
    )
    omitted_manifests = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Names of manifests that are too large: get them from the manifest bucket."},
    )
    withheld = fields.List(
        fields.String(validate=OneOf(("manifests",))),
        required=True,
        metadata={"description": "`manifests` for participants: manifests name other workflows."},
    )
    erasures = fields.List(
        fields.Nested(EvidenceRecord),
        required=True,
        metadata={"description": "Records of the erasures that name parts of these records."},
    )


class IntegrityFinding(ApiSchema):
    """Something that reconciliation found."""

    code = fields.String(
        required=True,
        metadata={
            "description": f"One of {', '.join(f'`{code.value}`' for code in FindingCode)}. More can be added."
        },
    )
    subject = fields.String(
        required=True,
        metadata={
            "description": "What it is about: a record, a workflow, a manifest, `checkpoint`, or `leaves/<n>`: the "
            "256 leaves of the log from n * 256."
        },
    )
    dataset_id = Id(required=True, allow_none=True)
    workflow_id = Id(required=True, allow_none=True)
    manifest = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Name of the manifest that it was found with."},
    )
    detail = fields.String(required=True, metadata={"description": "A sentence."})
    state = fields.String(required=True, validate=OneOf(("open", "resolved")))
    first_seen = fields.String(required=True, metadata={"format": "date-time"})
    last_seen = fields.String(
        required=True, metadata={"format": "date-time", "description": "To about an hour."}
    )
    resolved_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When it was no longer true; null if it is open."},
    )


class IntegrityFindings(PageSchema):
    """Findings."""

    open = fields.Integer(
        required=True, metadata={"description": "Number of open findings, counted up to 10,000."}
    )
    items = fields.List(fields.Nested(IntegrityFinding), required=True)


class CheckedManifests(ApiSchema):
    """How far the manifests of the workflow service were checked."""

    newest = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Name of the newest manifest: the end of the interval that it covers."},
    )
    checked_through = fields.String(
        required=True, allow_none=True, metadata={"description": "Name of the last one that was checked."}
    )


class Witness(ApiSchema):
    """A configured witness that has cosigned one of the newest 60 checkpoints."""

    name = fields.String(required=True)
    size = fields.Integer(
        required=True, metadata={"description": "Of the newest checkpoint that it has cosigned."}
    )
    at = fields.String(
        required=True,
        metadata={"format": "date-time", "description": "The time in the cosignature, which isn't verified."},
    )


class Integrity(ApiSchema):
    """The integrity of the audit trail."""

    checkpoint = fields.Nested(
        NewestCheckpoint,
        required=True,
        allow_none=True,
        metadata={"description": "Null before the first one, or if it can't be read."},
    )
    lag_seconds = fields.Float(
        required=True,
        metadata={
            "description": "How long the oldest entry has waited for the log. About a minute is normal."
        },
    )
    pending_entries = fields.Integer(
        required=True, metadata={"description": "Entries that wait for the log, counted up to a limit."}
    )
    oldest_pending_at = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    manifests = fields.Nested(CheckedManifests, required=True)
    reconciled_at = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When the last comparison has ended."},
    )
    findings = fields.Nested(IntegrityFindings, required=True)
    witnesses = fields.List(fields.Nested(Witness), required=True)


class PartCounts(ApiSchema):
    """Numbers of parts."""

    person = fields.Integer(required=True)
    content = fields.Integer(required=True)


class HeldRecords(ApiSchema):
    """What a legal hold keeps."""

    count = fields.Integer(
        required=True, metadata={"description": "Records with parts that would be erased without the hold."}
    )
    workflow_ids = fields.List(
        Id(), required=True, metadata={"description": f"Their workflows, at most {MAX_HELD_WORKFLOWS}."}
    )


class Erasure(ApiSchema):
    """An erasure, and how far it has come."""

    erasure_id = Id(required=True)
    kind = fields.String(
        required=True,
        validate=OneOf(tuple(kind.value for kind in ErasureKind)),
        metadata={"description": "`user`: requested by an admin. `retention`: of what was kept long enough."},
    )
    user_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Who is erased; null for retention."}
    )
    parts = fields.List(fields.String(validate=OneOf(PARTS)), required=True)
    reason = fields.String(required=True)
    requested_by = fields.String(
        required=True, metadata={"description": "Id of the admin; `retention` for retention."}
    )
    state = fields.String(
        required=True,
        validate=OneOf(tuple(state.value for state in ErasureState)),
        metadata={
            "description": "`RECHECKING` waits for what was on its way, and then searches all records again. Only "
            "after `DONE` is nothing left."
        },
    )
    error = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it has `FAILED`; null if it has not."}
    )
    erased = fields.Nested(PartCounts, required=True, metadata={"description": "Erased so far."})
    held = fields.Nested(HeldRecords, required=True)
    created_at = Timestamp(required=True)
    updated_at = Timestamp(required=True)


class ErasurePage(PageSchema):
    """Erasures, newest first."""

    items = fields.List(fields.Nested(Erasure), required=True)


class DryRun(ApiSchema):
    """What an erasure would erase."""

    erasure_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: nothing is erased."}
    )
    state = fields.String(required=True, validate=OneOf(("DRY_RUN",)))
    records = fields.Integer(required=True, metadata={"description": "Records that would lose a part."})
    person = fields.Integer(required=True, metadata={"description": "Parts `person` that would be erased."})
    content = fields.Integer(required=True, metadata={"description": "Parts `content` that would be erased."})
    held = fields.Nested(HeldRecords, required=True)
    workflows = fields.Integer(required=True, metadata={"description": "Workflows of these records."})
    dataset_ids = fields.List(
        Id(), required=True, metadata={"description": "The records, at most 100 of them."}
    )
    complete = fields.Boolean(
        required=True,
        metadata={"description": "False if counting took too long: then there are more than these numbers."},
    )


class LegalHold(ApiSchema):
    """A legal hold: nothing of the workflow is erased."""

    workflow_id = Id(required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "Id of the admin who placed it."})
    at = Timestamp(required=True)


class LegalHoldPage(PageSchema):
    """Legal holds, by workflow."""

    items = fields.List(fields.Nested(LegalHold), required=True)


class SchemeRetention(ApiSchema):
    """How long the records of a scheme's workflows are kept."""

    scheme = Slug(required=True)
    days = fields.Integer(
        required=True, metadata={"description": "Counted from the newest record of a workflow."}
    )
    by = fields.String(required=True, metadata={"description": "Id of the admin who set it."})
    at = Timestamp(required=True)


class Retention(ApiSchema):
    """How long records are kept."""

    default_days = fields.Integer(
        required=True,
        metadata={
            "description": "For other schemes, and for records without a workflow. It is set at deployment."
        },
    )
    schemes = fields.List(
        fields.Nested(SchemeRetention), required=True, metadata={"description": "By scheme."}
    )
