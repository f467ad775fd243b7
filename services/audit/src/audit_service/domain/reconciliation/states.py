"""Attested states of workflows: each follows from the event with its version."""

from countersign_common.events.manifest import ManifestWorkflow
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.integrity import Attestation, FindingCode, IntegrityFinding
from audit_service.domain.manifests import data_hash_of
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.manifests import ReadManifest


def check_state(
    comparison: Comparison,
    state: ManifestWorkflow,
    manifest: ReadManifest,
    previous: Attestation | None,
    record: AuditRecord | None,
) -> Attestation | None:
    """Check that an attested state follows from the event with its version, and return it as the newest one.

    Args:
        state: The state.
        manifest: That attests it.
        previous: The newest attested state so far. If it is from a later manifest, this one is not checked.
        record: Of the event that has the state's version; None if there is none. It is not needed for a state
            that equals the previous one (`is_explained_by`).

    Returns:
        None if a later manifest attests the workflow.
    """
    if previous is not None and previous.manifest > manifest.name:
        return None
    known_version = max(state.version, 0 if previous is None else previous.known_version)
    problem: str | None = None
    dataset_id = None if record is None else record.dataset_id
    is_decided = True
    if state.version < known_version:
        problem = f"version {known_version} was attested before"
    elif is_explained_by(state, previous):
        assert previous is not None
        dataset_id = previous.dataset_id
    elif record is None:
        problem = "no event has this version"
        if comparison.is_young(manifest.end):
            comparison.waiting.add(manifest.name)
            is_decided = False
    elif comparison.is_other_in_log(record):
        is_decided = False  # the record has a finding of its own
    else:
        problem = _state_problem(state, record)
    if is_decided:
        _decide_state(comparison, state, manifest, dataset_id, problem)
    is_explained = is_decided and problem is None
    attestation = Attestation(state, manifest.name, known_version, dataset_id, is_explained)
    comparison.attestations[state.workflow_id] = attestation
    return attestation


def is_explained_by(state: ManifestWorkflow, previous: Attestation | None) -> bool:
    """Return whether a state equals the previous attested one, which follows from an event."""
    return previous is not None and previous.is_explained and previous.state == state


def _decide_state(
    comparison: Comparison,
    state: ManifestWorkflow,
    manifest: ReadManifest,
    dataset_id: str | None,
    problem: str | None,
) -> None:
    code, subject = FindingCode.STATE_MISMATCH, state.workflow_id
    detail = f"Manifest {manifest.name} attests version {state.version}: {problem}."
    finding = IntegrityFinding(code, subject, detail, dataset_id, subject, manifest.name)
    comparison.decided.add(subject)
    # A state of an earlier manifest in this comparison is outdated.
    earlier = comparison.findings.pop(finding.key, None)
    if problem is not None:
        comparison.find(finding)
    elif earlier is not None:
        comparison.passed[earlier.key] = earlier


def _state_problem(state: ManifestWorkflow, record: AuditRecord) -> str | None:
    """Return what differs between a state and the event that it follows from."""
    differences = []
    if state.head_hash != hash_of(record.sealed):
        differences.append("hash")
    elif record.has_readable_event and state.status != record.event.outcome:
        differences.append("status")
    content = record.content
    if content is not None and record.has_readable_event:
        is_recorded = content.opens("content", record.event.content_commitment)
        if is_recorded and state.data_hash != data_hash_of(content):
            differences.append("data")
    if not differences:
        return None
    return f"another {' and '.join(differences)} than the event with this version has"
