"""Responses about the verification of a workflow: the verdict, and the evidence to verify it elsewhere."""

from countersign_common.http.fields import ApiSchema, Id, Sha256, Timestamp
from marshmallow import fields
from marshmallow.validate import OneOf

from audit_service.domain.verification_result import CHECK_OF_CODE, CheckResult
from audit_service.schemas.log_responses import NewestCheckpoint
from audit_service.schemas.responses import CommitmentOpening


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
