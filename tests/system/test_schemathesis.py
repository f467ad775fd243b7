"""The deployed API does what each openapi.json promises, for valid and invalid requests that Schemathesis generates.

No request causes a server error, requests that the document forbids are rejected, and every response is one that the
document describes. Each run sends the same requests.
"""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from harness.scenario import new_person, sign_in_again
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from repository import ROOT

_CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

_deterministic = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _document(service: str) -> Any:
    path = Path(ROOT, "services", service, "openapi.json")
    schema = schemathesis.openapi.from_path(path)
    schema.config.generation.update(modes=list(schemathesis.GenerationMode))
    return schema


@pytest.fixture(scope="module")
def account(cloud: RunningCloud) -> Person:
    """A member of admins and auditors, who may send the most requests."""
    return new_person(cloud, "Anna", "admins", "auditors")


@pytest.fixture
def caller(account: Person) -> Person:
    return sign_in_again(account)


def _call_and_check(case: Any, caller: Person) -> None:
    case.call_and_validate(
        base_url=caller.cloud.outputs["api_url"],
        headers={"Authorization": f"Bearer {caller.id_token}"},
        checks=_CHECKS,
        timeout=30,
    )


@_document("workflow").parametrize()
@_deterministic
def test_the_workflow_api_does_what_its_document_promises(case: Any, caller: Person):
    _call_and_check(case, caller)


@_document("audit").parametrize()
@_deterministic
def test_the_audit_api_does_what_its_document_promises(case: Any, caller: Person):
    _call_and_check(case, caller)


@_document("notifications").parametrize()
@_deterministic
def test_the_notifications_api_does_what_its_document_promises(case: Any, caller: Person):
    _call_and_check(case, caller)
