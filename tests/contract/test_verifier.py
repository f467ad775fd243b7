"""The offline verifier, which shares no code with the services, has the same findings for whatever is stored."""

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from countersign_common.actors import Actor
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.http.caller import Caller
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.hash_chain import hash_of, verify_chain
from countersign_verify.records import read_records
from countersign_verify.verification import verify_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_service.domain.audit_record import AuditRecord
from audit_service.schemas.events import record_from
from audit_service.schemas.serialization import verifiable_record_text
from audit_service.use_cases.get_record import FoundRecord
from contract.producer import Claims, Producer
from contract.stories import stories
from harness.isolated_install import build_wheel, install, run

AUDITOR = Caller("auditor", "Auditor", "auditor@example.com", frozenset({"auditors"}))
REQUESTER = Claims("00000000-0000-4000-8000-000000000001")

Chain = list[AuditRecord]
Finding = tuple[int, str | None, str]


def chain_of(producer: Producer) -> Chain:
    """Return the records of everything that was sent."""
    return [record_from(CloudEvent.from_message(messages.audit_trail)) for messages in producer.sent]


def findings_of_the_service(workflow_id: str, chain: Chain) -> set[Finding]:
    """Return the findings of the rules that the service verifies a page with."""
    verdict = verify_chain(workflow_id, chain)
    return {(each.sequence, each.dataset_id, each.code) for each in verdict.findings}


def findings_offline(chain: Chain) -> set[Finding]:
    verdicts = verify_records(read_records(as_file(chain)))
    return {
        (each.sequence, each.dataset_id, each.code)
        for verdict in verdicts
        for each in verdict.findings
        # Erasure events are records outside workflows, which these chains don't have.
        if each.code != "removed-without-erasure"
    }


def as_file(chain: Sequence[AuditRecord], reader: Actor = AUDITOR) -> str:
    """Return the API's responses for the records, one on each line."""
    return "".join(verifiable_record_text(FoundRecord(record, {}), reader) + "\n" for record in chain)


Change = Callable[[AuditRecord], AuditRecord]


def _forge(record: AuditRecord, **members: Any) -> AuditRecord:
    sealed = canonical_text(json.loads(record.sealed) | members)
    return dataclasses.replace(record, sealed=sealed)


def _with_its_hash(record: AuditRecord) -> AuditRecord:
    return dataclasses.replace(record, hash=hash_of(record.sealed))


def _opening(part: str, **members: Any) -> Change:
    def change(record: AuditRecord) -> AuditRecord:
        opening = dataclasses.replace(getattr(record, part), **members)
        return dataclasses.replace(record, **{part: opening})

    return change


CHANGES: dict[str, Change] = {
    "nothing": lambda record: record,
    "sealed": lambda record: _forge(record, requestId="forged", forged="𝄞"),
    "sealed and hash": lambda record: _with_its_hash(_forge(record, requestId="forged", forged="𝄞")),
    "type of the target": lambda record: _with_its_hash(
        _forge(record, target={"type": "scheme", "id": record.event.target.id})
    ),
    "not canonical": lambda record: dataclasses.replace(record, sealed=record.sealed.replace(":", ": ", 1)),
    "hash": lambda record: dataclasses.replace(record, hash="0" * 64),
    "person erased": lambda record: dataclasses.replace(record, person=None),
    "content erased": lambda record: dataclasses.replace(record, content=None),
    "content": _opening("content", value='{"after":null,"before":null,"comment":null,"title":"forged"}'),
    "short salt": _opening("person", salt=b"\x00" * 3),
    "other salt": _opening("person", salt=b"\x00" * 32),
}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.data())
def test_service_and_verifier_have_the_same_findings(story: tuple[Producer, Claims], data: st.DataObject):
    chain = chain_of(story[0])
    workflow_id = str(chain[0].workflow_id)
    assert findings_of_the_service(workflow_id, chain) == findings_offline(chain) == set()

    place = data.draw(st.integers(0, len(chain) - 1))
    change = CHANGES[data.draw(st.sampled_from(sorted(CHANGES)))]
    damaged = [change(record) if index == place else record for index, record in enumerate(chain)]
    if data.draw(st.booleans()) and len(damaged) > 1:
        del damaged[data.draw(st.integers(0, len(damaged) - 1))]
    if data.draw(st.booleans()):
        damaged.append(dataclasses.replace(chain[place], dataset_id="another"))
    assert findings_of_the_service(workflow_id, damaged) == findings_offline(damaged)


@pytest.mark.parametrize("name", sorted(CHANGES.keys() - {"nothing", "person erased", "content erased"}))
def test_both_find_every_change_before_the_newest_record(name: str):
    producer = Producer()
    producer.put_scheme({"groups": ["approvers"]})
    workflow_id = producer.create(REQUESTER, actionType="SAVE")
    producer.act(REQUESTER, workflow_id, {"actionType": "SAVE"})
    first, *others = chain_of(producer)
    changed = [CHANGES[name](first), *others]
    assert findings_of_the_service(workflow_id, changed) == findings_offline(changed) != set()


def test_a_participants_copy_is_intact_and_the_person_counts_as_withheld():
    producer = Producer()
    producer.put_scheme({"groups": ["approvers"]})
    producer.create(REQUESTER)
    chain = chain_of(producer)
    participant = Caller(REQUESTER.user_id, "Rita", "rita@example.com")
    [verdict] = verify_records(read_records(as_file(chain, participant)))
    assert verdict.is_valid, verdict.findings
    assert (verdict.withheld, verdict.erased) == (1, 0)
    [erased] = verify_records(
        read_records(as_file([dataclasses.replace(chain[0], person=None)], participant))
    )
    assert (erased.withheld, dict(erased.counts)) == (0, {"removed-without-erasure": 1})


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the verifier and nothing else."""
    home = tmp_path_factory.mktemp("auditor") / "home"
    home.mkdir()
    build_wheel("libs/verify", home / "wheels")
    return install("countersign-verify", "countersign-verify", folder=home, wheels=home / "wheels")


def test_the_verifier_installs_and_runs_without_the_services(verifier: Path, tmp_path: Path):
    producer = Producer()
    producer.put_scheme({"groups": ["approvers"]})
    producer.create(REQUESTER, title="Größe 🚄", data={"a": 12.5, "b": 1e21})
    [record] = chain_of(producer)

    command = str(verifier.parent / "countersign-verify")
    output = run([command, "-", "--head", record.hash], tmp_path, stdin=as_file([record]))
    assert output.startswith(f"valid    workflow {record.workflow_id}: 1 record, head {record.hash}\n")

    installed = json.loads(run([str(verifier), "-c", _INSTALLED], tmp_path))
    assert "rfc8785" in installed
    assert not {
        name for name in installed if name.startswith(("boto", "aws", "countersign-c", "marshmallow"))
    }


_INSTALLED = """
import importlib.metadata, json
print(json.dumps([each.metadata["Name"] for each in importlib.metadata.distributions()]))
"""
