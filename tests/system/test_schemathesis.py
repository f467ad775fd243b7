"""What each openapi.json promises, tried by Schemathesis with sound and unsound requests: the same ones in each run.

No request makes a service fail, none that the document forbids is taken, and every answer is one that it describes.
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

from harness.scenario import new_person
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from repository import ROOT

_PROMISES: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

_same_ones = settings(
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
def anna(cloud: RunningCloud) -> Person:
    """Whoever may do most: an admin and auditor of this module."""
    return new_person(cloud, "Anna", "admins", "auditors")


def _holds(case: Any, anna: Person) -> None:
    case.call_and_validate(
        base_url=anna.cloud.outputs["api_url"],
        headers={"Authorization": f"Bearer {anna.id_token}"},
        checks=_PROMISES,
        timeout=30,
    )


@_document("workflow").parametrize()
@_same_ones
def test_the_workflow_api_is_what_its_document_says(case: Any, anna: Person):
    _holds(case, anna)


@_document("audit").parametrize()
@_same_ones
def test_the_audit_api_is_what_its_document_says(case: Any, anna: Person):
    _holds(case, anna)


@_document("notifications").parametrize()
@_same_ones
def test_the_notifications_api_is_what_its_document_says(case: Any, anna: Person):
    _holds(case, anna)
