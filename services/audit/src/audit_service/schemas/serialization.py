"""Records as JSON text.

A record's parts are JSON texts already and become part of the response as they are stored: nothing is decoded and
generated again, so that numbers keep their digits and a page of a hundred records costs next to nothing.
"""

from countersign_common.actors import Actor, reads_everything
from countersign_common.http.handler import json_text

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.search import SearchPage


def page_text(page: SearchPage, cursor: str | None, actor: Actor) -> str:
    """Return an `AuditTrailPage`."""
    items = ",".join(f"{{{_members(record, actor)}}}" for record in page.items)
    return f'{{"items":[{items}],"missing":{json_text(list(page.missing))},"cursor":{json_text(cursor)}}}'


def verifiable_record_text(record: AuditRecord, actor: Actor) -> str:
    """Return a `VerifiableAuditRecord`."""
    person = None if _is_redacted(record, actor) else record.person
    canonical = {
        "sealed": record.sealed,
        "person": person and person.to_json(),
        "content": record.content and record.content.to_json(),
    }
    return f'{{{_members(record, actor)},"canonical":{json_text(canonical)}}}'


def _members(record: AuditRecord, actor: Actor) -> str:
    content = "null" if record.content is None else record.content.value
    redacted = ["person"] if _is_redacted(record, actor) else []
    return (
        f'"datasetId":{json_text(record.dataset_id)},"hash":{json_text(record.hash)},"sealed":{record.sealed},'
        f'"person":{_person(record, actor)},"content":{content},"redacted":{json_text(redacted)}'
    )


def _person(record: AuditRecord, actor: Actor) -> str:
    if record.person is None or record.person_part is None:
        return "null"
    if _is_redacted(record, actor):
        return json_text({"name": record.person_part.name})
    return record.person.value


def _is_redacted(record: AuditRecord, actor: Actor) -> bool:
    """Return whether a part is withheld. One that was erased is not."""
    return record.person is not None and not reads_everything(actor)
