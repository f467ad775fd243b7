"""Schemes in the workflow table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from component.tables import Table
from services.workflow.tests.builders import RITA, a_scheme
from workflow_service.adapters.dynamodb_scheme_repository import DynamoDbSchemeRepository
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.idempotency import IdempotencyKey
from workflow_service.domain.scheme import Scheme


@pytest.fixture
def schemes(workflow_table: Table) -> DynamoDbSchemeRepository:
    """The adapter under test."""
    return DynamoDbSchemeRepository(workflow_table.client, workflow_table.name)


def scheme_of(scheme_id: str, version: int = 1) -> Scheme:
    return replace(a_scheme(version=version), scheme_id=scheme_id)


def test_a_scheme_is_read_in_its_newest_version_and_in_each(schemes: DynamoDbSchemeRepository) -> None:
    versions = [scheme_of("expenses", version) for version in (1, 2, 3)]
    for version in versions:
        schemes.add_version(version)
    assert schemes.get("expenses") == versions[-1]
    assert [schemes.get("expenses", number) for number in (1, 2, 3)] == versions
    assert schemes.get("expenses", 4) is None
    assert schemes.get("travel") is None


@pytest.mark.parametrize(("existing", "added"), [(1, 1), (2, 2), (1, 3), (0, 2)])
def test_only_the_version_after_the_newest_can_be_added(
    schemes: DynamoDbSchemeRepository, workflow_table: Table, existing: int, added: int
) -> None:
    for version in range(1, existing + 1):
        schemes.add_version(scheme_of("expenses", version))
    before = workflow_table.items()
    with pytest.raises(VersionConflictError):
        schemes.add_version(scheme_of("expenses", added))
    assert len(workflow_table.items()) == len(before)


@pytest.mark.parametrize("page_size", [1, 2, 100])
def test_schemes_are_listed_by_id_in_their_newest_versions(
    schemes: DynamoDbSchemeRepository, page_size: int
) -> None:
    for scheme_id in ("b", "a", "c-1", "c"):
        schemes.add_version(scheme_of(scheme_id))
    schemes.add_version(scheme_of("b", 2))
    found = [(each.scheme_id, each.version) for each in schemes.list_newest(after=None, page_size=page_size)]
    assert found == [("a", 1), ("b", 2), ("c", 1), ("c-1", 1)]
    rest = schemes.list_newest(after="b", page_size=page_size)
    assert [each.scheme_id for each in rest] == ["c", "c-1"]


def test_a_workflow_is_created_with_the_newest_version(
    schemes: DynamoDbSchemeRepository, workflow_table: Table
) -> None:
    schemes.add_version(scheme_of("expenses"))
    schemes.add_version(scheme_of("expenses", 2))
    workflows = DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)
    for key in (None, IdempotencyKey(RITA.user_id, "a-key", "f" * 64)):
        assert workflows.get_for_creation("expenses", key) == (scheme_of("expenses", 2), None)
