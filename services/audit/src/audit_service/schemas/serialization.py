"""Records as JSON text.

A record's parts are JSON texts already and become part of the response as they are stored: nothing is decoded and
generated again, so that numbers keep their digits and a page of a hundred records costs next to nothing.
"""

import base64
from collections.abc import Mapping
from typing import Any

from countersign_common.actors import Actor, reads_everything
from countersign_common.clock import to_rfc3339
from countersign_common.http.handler import json_text

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import SearchPage
from audit_service.use_cases.get_evidence import Evidence, EvidenceRecord
from audit_service.use_cases.get_record import FoundRecord


def page_text(page: SearchPage, cursor: str | None, actor: Actor) -> str:
    """Return an `AuditTrailPage`."""
    items = ",".join(_summary(record, page.erased.get(record.dataset_id, {}), actor) for record in page.items)
    return f'{{"items":[{items}],"missing":{json_text(list(page.missing))},"cursor":{json_text(cursor)}}}'


def verifiable_record_text(found: FoundRecord, actor: Actor) -> str:
    """Return a `VerifiableAuditRecord`."""
    record = found.record
    person = None if _is_redacted(record, actor) else record.person
    canonical = {
        "sealed": record.sealed,
        "person": person and person.to_json(),
        "content": record.content and record.content.to_json(),
    }
    erased = json_text(_erased(found.erased))
    return f'{{{_members(record, actor)},"erased":{erased},"canonical":{json_text(canonical)}}}'


def evidence_text(evidence: Evidence, cursor: str | None) -> str:
    """Return an `Evidence`."""
    return json_text(
        {
            "format": "countersign.evidence.v1",
            "workflowId": evidence.workflow_id,
            "createdAt": to_rfc3339(evidence.created_at),
            "publicKey": evidence.public_key,
            "checkpoint": evidence.checkpoint and evidence.checkpoint.signed.note,
            "cursor": cursor,
            "records": [*map(_evidence_record, evidence.records)],
            "proofs": [
                {
                    "entryId": proof.entry_id,
                    "index": proof.index,
                    "hashes": [each.hex() for each in proof.hashes],
                }
                for proof in evidence.proofs
            ],
            "manifests": [{"name": each.name, "text": each.text} for each in evidence.manifests],
            "omittedManifests": evidence.omitted_manifests,
            "withheld": evidence.withheld,
            "erasures": [*map(_evidence_record, evidence.erasures)],
        }
    )


def _evidence_record(evidence: EvidenceRecord) -> dict[str, Any]:
    record, withheld = evidence.record, evidence.withheld
    members: dict[str, Any] = {
        "datasetId": record.dataset_id,
        "hash": record.hash,
        "sealed": record.sealed,
        "person": None if record.person is None or "person" in withheld else record.person.to_json(),
        "content": None if record.content is None or "content" in withheld else record.content.to_json(),
    }
    if withheld:
        members["withheld"] = withheld
    if record.raw and "raw" not in withheld:
        members["raw"] = {name: base64.b64encode(value).decode() for name, value in record.raw.items()}
    return members


def _summary(record: AuditRecord, erased: Mapping[str, str], actor: Actor) -> str:
    """Return an `AuditRecordSummary`."""
    person, content = record.person_part, record.content_part
    rest = {
        "person": person and {"name": person.name},
        "content": content and {"title": content.title, "comment": content.comment},
        "redacted": _redacted(record, actor),
        "erased": _erased(erased),
    }
    return f"{{{_identity(record)},{json_text(rest)[1:]}"


def _members(record: AuditRecord, actor: Actor) -> str:
    content = "null" if record.content is None else record.content.value
    redacted = json_text(_redacted(record, actor))
    return f'{_identity(record)},"person":{_person(record, actor)},"content":{content},"redacted":{redacted}'


def _identity(record: AuditRecord) -> str:
    return (
        f'"datasetId":{json_text(record.dataset_id)},"hash":{json_text(record.hash)},"sealed":{record.sealed}'
    )


def _redacted(record: AuditRecord, actor: Actor) -> list[str]:
    return ["person"] if _is_redacted(record, actor) else []


def _erased(erased: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"part": part, "erasedBy": erased_by} for part, erased_by in erased.items()]


def _person(record: AuditRecord, actor: Actor) -> str:
    if record.person is None or record.person_part is None:
        return "null"
    if _is_redacted(record, actor):
        return json_text({"name": record.person_part.name})
    return record.person.value


def _is_redacted(record: AuditRecord, actor: Actor) -> bool:
    """Return whether a part is withheld. One that was erased is not."""
    return record.person is not None and not reads_everything(actor)
