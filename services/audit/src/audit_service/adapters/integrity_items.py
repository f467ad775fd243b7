"""Items of the audit-integrity table.

| pk | sk | attributes |
|---|---|---|
| `STATE` | `PROGRESS` | the attributes of `Progress` |
| `FINDING` | `<code>#<subject>` | an open finding |
| `RESOLVED` | `<resolved at>#<code>#<subject>` | a finding that was open |
| `WORKFLOW#<id>` | `ATTESTED` | version, headHash, status, dataHash, manifest, knownVersion, datasetId, isExplained |
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from countersign_common.aws.items import Item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.manifest import ManifestWorkflow

from audit_service.domain.integrity import (
    Attestation,
    FindingCode,
    FoundFinding,
    IntegrityFinding,
    LeafSweep,
    ManifestPosition,
    Progress,
)

DAMAGED = (AttributeError, KeyError, TypeError, ValueError)
"""What reading an item that someone changed can raise."""

PROGRESS_KEY: Item = {"pk": {"S": "STATE"}, "sk": {"S": "PROGRESS"}}
FINDINGS = "FINDING"
RESOLVED = "RESOLVED"

_WORKFLOW = "WORKFLOW#"
_TEXTS = ("subject", "detail", "dataset_id", "workflow_id", "manifest")


def progress_item(progress: Progress) -> Item:
    """Return the item of the progress."""
    item: Item = {
        **PROGRESS_KEY,
        "manifests": _position_item(progress.manifests),
        "leaves": {"N": str(progress.leaves)},
        "revisit": {"L": [{"S": name} for name in progress.revisit]},
        "sweep": _position_item(progress.sweep),
        "leafSweep": _leaf_sweep_item(progress.leaf_sweep),
        "recheck": {"S": progress.recheck},
    }
    if progress.newest_manifest is not None:
        item["newestManifest"] = {"S": progress.newest_manifest}
    if progress.completed_at is not None:
        item["completedAt"] = {"S": to_rfc3339(progress.completed_at)}
    return item


def progress_of(item: Item) -> Progress:
    """Return the progress of an item. A damaged one has none: everything is compared again."""
    try:
        return _progress_of(item)
    except DAMAGED:
        return Progress()


def _progress_of(item: Item) -> Progress:
    return Progress(
        manifests=_position_of(item["manifests"]),
        leaves=int(item["leaves"]["N"]),
        revisit=tuple(name["S"] for name in item["revisit"]["L"]),
        sweep=_position_of(item["sweep"]),
        leaf_sweep=_leaf_sweep_of(item["leafSweep"]["M"]) if "leafSweep" in item else LeafSweep(),
        recheck=item["recheck"]["S"],
        newest_manifest=_text(item, "newestManifest"),
        completed_at=_time(item, "completedAt"),
    )


def finding_key(key: str) -> Item:
    """Return the key of an open finding."""
    return {"pk": {"S": FINDINGS}, "sk": {"S": key}}


def finding_item(found: FoundFinding) -> Item:
    """Return the item of a finding, whether open or resolved."""
    finding = found.finding
    item: Item = {
        **finding_key(finding.key),
        "code": {"S": finding.code.value},
        "firstSeen": {"S": to_rfc3339(found.first_seen)},
        "lastSeen": {"S": to_rfc3339(found.last_seen)},
    }
    if found.resolved_at is not None:
        resolved_at = to_rfc3339(found.resolved_at)
        item |= {
            "pk": {"S": RESOLVED},
            "sk": {"S": f"{resolved_at}#{finding.key}"},
            "resolvedAt": {"S": resolved_at},
        }
    for name in _TEXTS:
        value = getattr(finding, name)
        if value is not None:
            item[name] = {"S": value}
    return item


def findings_of(items: Iterable[Item]) -> Iterator[FoundFinding]:
    """Yield the findings of items, without damaged ones: what is still true is found and written again."""
    for item in items:
        with suppress(*DAMAGED):
            found = finding_of(item)
            # What is stored under another key would never be resolved.
            if item["sk"]["S"].endswith(found.finding.key):
                yield found


def finding_of(item: Item) -> FoundFinding:
    """Return the finding of an item.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: It is damaged.
    """
    texts = {name: _text(item, name) for name in _TEXTS}
    finding = IntegrityFinding(code=FindingCode(item["code"]["S"]), **_present(texts))
    return FoundFinding(
        finding,
        from_rfc3339(item["firstSeen"]["S"]),
        from_rfc3339(item["lastSeen"]["S"]),
        _time(item, "resolvedAt"),
    )


def attestation_key(workflow_id: str) -> Item:
    """Return the key of a workflow's newest attested state."""
    return {"pk": {"S": f"{_WORKFLOW}{workflow_id}"}, "sk": {"S": "ATTESTED"}}


def attestation_item(attestation: Attestation) -> Item:
    """Return the item of an attested state."""
    state = attestation.state
    item: Item = {
        **attestation_key(state.workflow_id),
        "version": {"N": str(state.version)},
        "headHash": {"S": state.head_hash},
        "status": {"S": state.status},
        "manifest": {"S": attestation.manifest},
        "knownVersion": {"N": str(attestation.known_version)},
        "isExplained": {"BOOL": attestation.is_explained},
    }
    if state.data_hash is not None:
        item["dataHash"] = {"S": state.data_hash}
    if attestation.dataset_id is not None:
        item["datasetId"] = {"S": attestation.dataset_id}
    return item


def attestations_of(items: Iterable[Item]) -> Iterator[Attestation]:
    """Yield the attested states of items, without damaged ones: the next manifest attests those workflows again."""
    for item in items:
        with suppress(*DAMAGED):
            yield attestation_of(item)


def attestation_of(item: Item) -> Attestation:
    """Return the attested state of an item.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: It is damaged.
    """
    state = ManifestWorkflow(
        workflow_id=item["pk"]["S"].removeprefix(_WORKFLOW),
        version=int(item["version"]["N"]),
        head_hash=item["headHash"]["S"],
        status=item["status"]["S"],
        data_hash=_text(item, "dataHash"),
    )
    return Attestation(
        state=state,
        manifest=item["manifest"]["S"],
        known_version=int(item["knownVersion"]["N"]),
        dataset_id=_text(item, "datasetId"),
        is_explained=item["isExplained"]["BOOL"],
    )


def _position_item(position: ManifestPosition) -> Item:
    return {"M": {"name": {"S": position.name}, "done": {"N": str(position.done)}}}


def _position_of(attribute: Any) -> ManifestPosition:
    members = attribute["M"]
    return ManifestPosition(members["name"]["S"], int(members["done"]["N"]))


def _leaf_sweep_item(sweep: LeafSweep) -> Item:
    members: Item = {"group": {"N": str(sweep.group)}}
    if sweep.started_at is not None:
        members["startedAt"] = {"S": to_rfc3339(sweep.started_at)}
    if sweep.swept_since is not None:
        members["sweptSince"] = {"S": to_rfc3339(sweep.swept_since)}
    return {"M": members}


def _leaf_sweep_of(members: Item) -> LeafSweep:
    return LeafSweep(int(members["group"]["N"]), _time(members, "startedAt"), _time(members, "sweptSince"))


def _text(item: Item, name: str) -> str | None:
    return str(item[name]["S"]) if name in item else None


def _time(item: Item, name: str) -> datetime | None:
    text = _text(item, name)
    return None if text is None else from_rfc3339(text)


def _present(texts: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in texts.items() if value is not None}
