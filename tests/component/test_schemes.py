"""Schemes in the workflow table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from component.tables import Table
from services.workflow.tests.builders import RITA, a_scheme
from workflow_service.adapters.dynamodb_schemes import DynamoDbSchemes
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.domain.scheme import Scheme
from workflow_service.use_cases.commit import Outrun
from workflow_service.use_cases.once import Once


@pytest.fixture
def schemes(workflow_table: Table) -> DynamoDbSchemes:
    """The adapter under test."""
    return DynamoDbSchemes(workflow_table.client, workflow_table.name)


def named(scheme_id: str, version: int = 1) -> Scheme:
    """A version of a scheme."""
    return replace(a_scheme(version=version), scheme_id=scheme_id)


def test_a_scheme_is_read_in_its_newest_version_and_in_each(schemes: DynamoDbSchemes) -> None:
    versions = [named("expenses", version) for version in (1, 2, 3)]
    for version in versions:
        schemes.add_version(version)
    assert schemes.scheme("expenses") == versions[-1]
    assert [schemes.scheme("expenses", number) for number in (1, 2, 3)] == versions
    assert schemes.scheme("expenses", 4) is None
    assert schemes.scheme("travel") is None


@pytest.mark.parametrize(("there", "added"), [(1, 1), (2, 2), (1, 3), (0, 2)])
def test_only_the_version_after_the_newest_can_be_added(
    schemes: DynamoDbSchemes, workflow_table: Table, there: int, added: int
) -> None:
    for version in range(1, there + 1):
        schemes.add_version(named("expenses", version))
    before = workflow_table.items()
    with pytest.raises(Outrun):
        schemes.add_version(named("expenses", added))
    assert len(workflow_table.items()) == len(before)


@pytest.mark.parametrize("page", [1, 2, 100])
def test_the_catalogue_lists_newest_versions_by_id(schemes: DynamoDbSchemes, page: int) -> None:
    for scheme_id in ("b", "a", "c-1", "c"):
        schemes.add_version(named(scheme_id))
    schemes.add_version(named("b", 2))
    found = [(each.scheme_id, each.version) for each in schemes.newest_schemes(after=None, page=page)]
    assert found == [("a", 1), ("b", 2), ("c", 1), ("c-1", 1)]
    assert [each.scheme_id for each in schemes.newest_schemes(after="b", page=page)] == ["c", "c-1"]


def test_a_workflow_is_created_by_the_newest_version(schemes: DynamoDbSchemes, workflow_table: Table) -> None:
    schemes.add_version(named("expenses"))
    schemes.add_version(named("expenses", 2))
    workflows = DynamoDbWorkflows(workflow_table.client, workflow_table.name)
    for once in (None, Once(RITA.user_id, "a-key", "f" * 64)):
        assert workflows.scheme_and_answer("expenses", once) == (named("expenses", 2), None)
