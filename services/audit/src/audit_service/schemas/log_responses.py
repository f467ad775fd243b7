"""Responses about the log: checkpoints, keys and proofs."""

from countersign_common.http.fields import ApiSchema, Id, PageSchema, Sha256
from marshmallow import fields
from marshmallow.validate import OneOf


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
            "tlog-cosignature). Verify each line with a key that you trust."
        },
    )
    cosigners = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Names of the configured witnesses among the signatures, which are valid."},
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
