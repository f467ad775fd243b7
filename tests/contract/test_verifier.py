"""The offline verifier, which shares no code with the services, comes to their verdict on whatever is stored."""

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from countersign_common.caller import Caller
from countersign_common.canonical import canonical_text
from countersign_common.chain import hash_of
from countersign_common.events import CloudEvent
from countersign_verify.chain import verdicts
from countersign_verify.records import records_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_service.domain.audit_record import AuditRecord
from audit_service.schemas import audit_record, rendered
from audit_service.use_cases.verify_workflow import verify_workflow
from harness.isolated_install import build_wheel, install, run
from harness.producer import Claims, Producer
from harness.stories import stories

AUDITOR = Caller("auditor", "Auditor", "auditor@example.com", frozenset({"auditors"}))

Chain = list[AuditRecord]
Finding = tuple[int, str | None, str]


@dataclass(frozen=True)
class Stored:
    """What the store holds of a workflow."""

    records: Chain

    def all_of(self, workflow_id: str) -> Chain:
        del workflow_id
        return self.records


def by_the_service(chain: Chain) -> set[Finding]:
    found = verify_workflow(chain[0].workflow_id, AUDITOR, records=Stored(chain)).found  # type: ignore[arg-type]
    return {(each.sequence, each.dataset_id, each.reason) for each in found.breaks}


def offline(chain: Chain) -> set[Finding]:
    (verdict,) = verdicts(records_in(as_file(chain)))
    return {(each.sequence, each.dataset_id, each.reason) for each in verdict.breaks}


def as_file(chain: Sequence[AuditRecord]) -> str:
    """The API's answers, one on a line."""
    return "".join(rendered.verifiable_record(record) + "\n" for record in chain)


def _forged(record: AuditRecord) -> str:
    return canonical_text({**record.facts, "requestId": "forged", "forged": "𝄞"})


def _at(place: int, made: Callable[[AuditRecord], AuditRecord], chain: Chain) -> Chain:
    return [made(record) if index == place else record for index, record in enumerate(chain)]


def _opening(part: str, **members: str) -> Callable[[AuditRecord], AuditRecord]:
    return lambda record: dataclasses.replace(
        record, **{part: dataclasses.replace(getattr(record, part), **members)}
    )


CHANGES: dict[str, Callable[[AuditRecord], AuditRecord]] = {
    "nothing": lambda record: record,
    "sealed": lambda record: dataclasses.replace(record, sealed=_forged(record)),
    "sealed_and_hash": lambda record: dataclasses.replace(
        record, sealed=_forged(record), hash=hash_of(_forged(record))
    ),
    "hash": lambda record: dataclasses.replace(record, hash="0" * 64),
    "person_erased": lambda record: dataclasses.replace(record, person=None),
    "content": _opening("content", value='{"title":"forged"}'),
    "salt": _opening("person", salt="AAAA"),
    "salt_beyond_reading": _opening("person", salt="é"),
}


@settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.data())
def test_both_come_to_the_same_verdict(story: tuple[Producer, Claims], data: st.DataObject):
    chain = [audit_record(CloudEvent.from_json(message.audit_trail)) for message in story[0].sent]
    assert by_the_service(chain) == offline(chain) == set()

    place = data.draw(st.integers(0, len(chain) - 1))
    change = data.draw(st.sampled_from(sorted(CHANGES)))
    damaged = _at(place, CHANGES[change], chain)
    if data.draw(st.booleans()) and len(damaged) > 1:
        del damaged[data.draw(st.integers(0, len(damaged) - 1))]
    if data.draw(st.booleans()):
        damaged.append(dataclasses.replace(chain[place], dataset_id="another"))
    assert by_the_service(damaged) == offline(damaged)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which somebody installed the verifier and nothing else."""
    home = tmp_path_factory.mktemp("auditor") / "home"
    home.mkdir()
    build_wheel("libs/verify", home / "wheels")
    return install("countersign-verify", "countersign-verify", folder=home, wheels=home / "wheels")


def test_it_is_installed_and_run_alone(verifier: Path, tmp_path: Path):
    producer, requester = Producer(), Claims("requester")
    admin = Claims("admin", groups=("admins",))
    step = {"stepId": "approval", "name": "Approval", "approvers": {"users": [], "groups": ["approvers"]}}
    producer.send(admin, "PUT /schemes/{schemeId}", {"name": "Any", "steps": [step]}, schemeId="any")
    body = {"actionType": "SAVE", "scheme": "any", "title": "Größe 🚄", "data": {"amount": 184}}
    producer.send(requester, "POST /workflows", body)
    (message,) = producer.sent
    record = audit_record(CloudEvent.from_json(message.audit_trail))

    command = str(verifier.parent / "countersign-verify")
    told = run([command, "-", "--head", record.hash], tmp_path, stdin=as_file([record]))
    assert told == f"intact  workflow {record.workflow_id}: 1 record, head {record.hash}\n"

    installed = json.loads(run([str(verifier), "-c", _INSTALLED], tmp_path))
    assert "rfc8785" in installed
    assert not {
        name for name in installed if name.startswith(("boto", "aws", "countersign-c", "marshmallow"))
    }


_INSTALLED = """
import importlib.metadata, json
print(json.dumps([each.metadata["Name"] for each in importlib.metadata.distributions()]))
"""
