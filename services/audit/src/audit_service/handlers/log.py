"""Routes of the log: its key, its checkpoints, and consistency proofs."""

import base64
import hashlib
import re
from textwrap import wrap
from typing import Any

from countersign_common.errors import StoreUnavailableError
from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import PageQuery
from countersign_common.http.request import Request
from countersign_common.http.response import Response, created, ok
from countersign_common.http.routes import Route
from countersign_common.pagination import Page

from audit_service.bootstrap.api import ApiService
from audit_service.domain.errors import (
    AuditorsOnlyError,
    InvalidCosignatureError,
    LogDamagedError,
    NoCheckpointError,
    NoSuchTreeError,
    UnknownWitnessError,
)
from audit_service.ports import CosignedCheckpoint, PublishedCheckpoint
from audit_service.schemas import examples, log_responses, requests

_SIGNED_AT = text_position(re.compile(r"[0-9TZ:.-]{20,30}\Z"))


def get_public_keys(request: Request, service: ApiService) -> Response:
    """Get the public keys that verify checkpoints.

    Compare the fingerprint with one that you got in another way: a deployment that forges its log also forges this.
    """
    del request
    keys = service.get_public_keys()
    public_key = keys.log.public_key
    lines = "\n".join(wrap(base64.b64encode(public_key).decode(), 64))
    fingerprint = base64.b64encode(hashlib.sha256(public_key).digest()).decode().rstrip("=")
    return ok(
        {
            "origin": keys.log.name,
            "vkey": keys.log.text,
            "pem": f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n",
            "fingerprint": f"SHA256:{fingerprint}",
            "witnesses": [witness.text for witness in keys.witnesses],
        }
    )


def get_checkpoint(request: Request, service: ApiService) -> Response:
    """Get the newest checkpoint, with the cosignatures of witnesses."""
    del request
    return ok(checkpoint_view(service.get_checkpoint()))


def list_checkpoints(request: Request, service: ApiService) -> Response:
    """List checkpoints, newest first."""

    def get_page(after: str | None, limit: int) -> Page[Any, str]:
        page = service.list_checkpoints(after=after, limit=limit)
        return Page([_published(checkpoint) for checkpoint in page.items], page.next_position)

    return page_response(request, Cursors(_SIGNED_AT, request.route), get_page)


def prove_consistency(request: Request, service: ApiService) -> Response:
    """Prove that the log's tree of one size extends its tree of an earlier size.

    Keep a checkpoint, and verify later that the newest one is consistent with it: then nothing that the log had was
    removed or changed.
    """
    old_size, new_size = request.query["old_size"], request.query["new_size"]
    proof = service.prove_consistency(old_size, new_size)
    return ok({"old_size": old_size, "new_size": new_size, "proof": [each.hex() for each in proof]})


def add_cosignature(request: Request, service: ApiService) -> Response:
    """Add a witness's cosignature to a checkpoint.

    Only configured witnesses can sign, and only what is the log's tree of the size. Whoever relies on a witness
    verifies its signature again, with a key that they got from the witness.
    """
    size, cosignature = request.body["size"], request.body["cosignature"]
    service.add_cosignature(size, cosignature, request.caller)
    return created({"size": size, "witness": cosignature.name})


def checkpoint_view(checkpoint: CosignedCheckpoint) -> dict[str, Any]:
    """Return a checkpoint for the response schema."""
    return {
        "origin": checkpoint.signed.checkpoint.origin,
        **_published(checkpoint),
        "cosigners": checkpoint.cosigners,
    }


def _published(checkpoint: CosignedCheckpoint | PublishedCheckpoint) -> dict[str, Any]:
    return {
        "size": checkpoint.signed.checkpoint.size,
        "root_hash": checkpoint.signed.checkpoint.root.hex(),
        "signed_at": checkpoint.signed_at,
        "note": checkpoint.signed.note,
    }


ROUTES = (
    Route[ApiService](
        "GET /audit-trail/public-key",
        get_public_keys,
        response=log_responses.PublicKeys,
        response_example=examples.PUBLIC_KEYS,
        public=True,
        errors=(StoreUnavailableError,),
    ),
    Route[ApiService](
        "GET /audit-trail/checkpoint",
        get_checkpoint,
        response=log_responses.NewestCheckpoint,
        response_example=examples.NEWEST_CHECKPOINT,
        public=True,
        errors=(NoCheckpointError, LogDamagedError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/checkpoints",
        list_checkpoints,
        query=PageQuery,
        response=log_responses.CheckpointPage,
        response_example=examples.CHECKPOINTS,
        public=True,
        errors=(LogDamagedError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/consistency",
        prove_consistency,
        query=requests.ConsistencyQuery,
        response=log_responses.ConsistencyProof,
        response_example=examples.CONSISTENCY,
        public=True,
        errors=(NoCheckpointError, NoSuchTreeError, LogDamagedError, StoreUnavailableError),
    ),
    Route[ApiService](
        "POST /audit-trail/checkpoint/cosignatures",
        add_cosignature,
        body=requests.CosignatureRequest,
        response=log_responses.Cosignature,
        status=201,
        request_example=examples.COSIGNATURE_REQUEST,
        response_example=examples.COSIGNATURE,
        errors=(
            AuditorsOnlyError,
            InvalidCosignatureError,
            UnknownWitnessError,
            NoCheckpointError,
            NoSuchTreeError,
            LogDamagedError,
            StoreUnavailableError,
        ),
    ),
)
