"""The workflow table: one transaction for each action, all of it or nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from countersign_common.proof.canonical import canonical_text

from component.tables import Table
from engines.definitions import Definitions
from services.workflow.tests.builders import (
    BO,
    CHARACTERS,
    CLEO,
    NOON,
    RITA,
    a_creation,
    a_scheme,
    an_action_on,
    approve,
    random_data,
    reject,
    request,
    save,
)
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.idempotency import IdempotencyKey
from workflow_service.domain.people import Approvers
from workflow_service.domain.transition import Commit
from workflow_service.domain.workflow import Status, Workflow

KEY = IdempotencyKey(RITA.user_id, "a-key", "f" * 64)
DATA_LIMIT = 128 * 1024


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflowRepository:
    """The adapter under test."""
    return DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)


def written(workflows: DynamoDbWorkflowRepository, *commits: Commit) -> Workflow:
    """Commit one after the other, and return the last state."""
    for commit in commits:
        workflows.commit(commit)
    return commits[-1].transition.after


def test_a_committed_workflow_and_its_event_are_read_back_unchanged(
    workflows: DynamoDbWorkflowRepository,
) -> None:
    commit = a_creation(request(comment="please"))
    workflow = written(workflows, commit)
    assert workflows.get(workflow.workflow_id) == workflow
    assert workflows.get_with_event(workflow.workflow_id, 1) == (workflow, commit.event)


def test_a_workflow_that_does_not_exist_is_none(workflows: DynamoDbWorkflowRepository) -> None:
    assert workflows.get("01950000-0000-7000-8000-00000000dead") is None
    assert workflows.get_with_event("01950000-0000-7000-8000-00000000dead", 1) is None


def test_texts_of_every_script_are_read_back_unchanged(workflows: DynamoDbWorkflowRepository) -> None:
    texts = ["Zürich ↔ 東京", "مرحبا", "👩‍👩‍👧 e\u0301", "\u0000\u001f\u2028", '"\\/', "𝕌" * 2_000]
    for text in texts:
        action = save(title=text[:200], data=canonical_text({text: [text]}), comment=text)
        workflow = written(workflows, a_creation(action))
        assert workflows.get(workflow.workflow_id) == workflow
        [entry] = workflows.history(workflow.workflow_id, after=0, page_size=10)
        assert (entry.title, entry.comment) == (text[:200], text)


def test_everything_at_its_limit_fits_in_one_event(workflows: DynamoDbWorkflowRepository) -> None:
    scheme = a_scheme(Approvers(groups=tuple(f"{number:02d}" + "g" * 126 for number in range(50))))
    largest = {"title": "👩" * 200, "comment": "👩" * 4000}
    first = written(workflows, a_creation(save(**largest, data=data_of(DATA_LIMIT, "a")), scheme=scheme))
    change = an_action_on(first, request(**largest, data=data_of(DATA_LIMIT, "b")), actor=RITA, key=KEY)
    workflow = written(workflows, change)
    assert workflows.get_for_update(workflow.workflow_id, KEY) == (workflow, change.idempotency_record)


@pytest.mark.parametrize("script", CHARACTERS)
def test_random_data_of_the_largest_size_fits_in_state_and_event(
    workflows: DynamoDbWorkflowRepository, script: str
) -> None:
    texts = [canonical_text(random_data(script, seed)) for seed in range(3)]
    pending = written(workflows, a_creation(request(data=texts[0])))
    rejected = written(workflows, an_action_on(pending, reject(), actor=BO))
    commit = an_action_on(rejected, save(data=texts[1]), actor=RITA)
    saved = written(workflows, commit)
    assert saved.requested is not None
    assert (saved.data, saved.requested.data) == (texts[1], texts[0])
    assert workflows.get_with_event(saved.workflow_id, 3) == (saved, commit.event)


def test_a_commit_that_lost_a_race_raises_and_writes_nothing(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table
) -> None:
    pending = written(workflows, a_creation(request()))
    winner = an_action_on(pending, approve(), actor=BO)
    loser = an_action_on(pending, reject(), actor=CLEO)
    workflows.commit(winner)
    before = workflow_table.items()
    with pytest.raises(VersionConflictError):
        workflows.commit(loser)
    assert sorted(map(str, workflow_table.items())) == sorted(map(str, before))


def test_of_many_commits_at_the_same_time_exactly_one_succeeds(workflows: DynamoDbWorkflowRepository) -> None:
    pending = written(workflows, a_creation(request()))
    rivals = [an_action_on(pending, approve(f"rival {number}"), actor=BO) for number in range(8)]

    def succeeds(commit: Commit) -> bool:
        try:
            workflows.commit(commit)
        except VersionConflictError:
            return False
        return True

    with ThreadPoolExecutor(len(rivals)) as executor:
        succeeded = list(executor.map(succeeds, rivals))
    assert succeeded.count(True) == 1
    winner = rivals[succeeded.index(True)]
    assert workflows.get(pending.workflow_id) == winner.transition.after
    assert len(list(workflows.history(pending.workflow_id, after=0, page_size=100))) == 2


def test_a_workflow_id_can_be_created_once(workflows: DynamoDbWorkflowRepository) -> None:
    commit = a_creation()
    written(workflows, commit)
    with pytest.raises(VersionConflictError):
        workflows.commit(commit)


def test_an_idempotency_record_is_found_with_its_workflow(workflows: DynamoDbWorkflowRepository) -> None:
    commit = a_creation(key=KEY)
    workflow = written(workflows, commit)
    assert workflows.get_for_update(workflow.workflow_id, KEY) == (workflow, commit.idempotency_record)
    assert workflows.get_for_update(workflow.workflow_id, None) == (workflow, None)


def test_the_same_key_of_another_user_is_another_key(workflows: DynamoDbWorkflowRepository) -> None:
    workflow = written(workflows, a_creation(key=KEY))
    other = replace(KEY, user_id=BO.user_id)
    assert workflows.get_for_update(workflow.workflow_id, other)[1] is None
    written(workflows, a_creation(key=other, actor=BO))


def test_a_key_that_was_used_is_a_conflict(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table
) -> None:
    written(workflows, a_creation(key=KEY))
    before = workflow_table.items()
    with pytest.raises(VersionConflictError):
        workflows.commit(a_creation(key=KEY))
    assert len(workflow_table.items()) == len(before)


def test_a_record_that_has_expired_is_replaced(workflows: DynamoDbWorkflowRepository) -> None:
    written(workflows, a_creation(key=KEY))
    again = a_creation(key=KEY, at=NOON + timedelta(hours=24))
    workflow = written(workflows, again)
    assert workflows.get_for_update(workflow.workflow_id, KEY)[1] == again.idempotency_record


def test_a_record_that_is_about_to_expire_still_counts(workflows: DynamoDbWorkflowRepository) -> None:
    written(workflows, a_creation(key=KEY))
    with pytest.raises(VersionConflictError):
        workflows.commit(a_creation(key=KEY, at=NOON + timedelta(hours=24, seconds=-1)))


def test_a_record_has_its_expiry_where_the_table_looks_for_it(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table, definitions: Definitions
) -> None:
    written(workflows, a_creation(key=KEY))
    [record] = [item for item in workflow_table.items() if item["sk"]["S"] == "RECORD"]
    expected = int((NOON + timedelta(hours=24)).timestamp())
    assert record[definitions.ttl["workflow"]] == {"N": str(expected)}


def test_fifty_approvers_are_added_and_removed_in_one_transaction_each(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table
) -> None:
    users = tuple(f"10000000-0000-4000-8000-{number:012d}" for number in range(49))
    scheme = a_scheme(Approvers((*users, BO.user_id)))
    pending = written(workflows, a_creation(request(), scheme=scheme, key=KEY))
    assert len([item for item in workflow_table.items() if item["pk"]["S"].startswith("INBOX#")]) == 50
    decision = an_action_on(pending, reject("no"), actor=BO, key=replace(KEY, user_id=BO.user_id))
    assert written(workflows, decision).status is Status.REJECTED
    assert not [item for item in workflow_table.items() if item["pk"]["S"].startswith("INBOX#")]


def test_a_history_is_read_in_order_from_any_position_in_pages_of_any_size(
    workflows: DynamoDbWorkflowRepository,
) -> None:
    workflow = written(workflows, a_creation())
    for number in range(2, 13):
        workflow = written(workflows, an_action_on(workflow, save(f"Title {number}"), actor=RITA))
    for page_size in (1, 5, 100):
        history = list(workflows.history(workflow.workflow_id, after=3, page_size=page_size))
        assert [entry.sequence for entry in history] == list(range(4, 13))
    whole = list(workflows.history(workflow.workflow_id, after=0, page_size=100))
    assert all(entry.previous_hash == before.hash for before, entry in pairwise(whole))


def data_of(size: int, letter: str) -> str:
    """Return the canonical JSON text of an object with this many bytes."""
    text = canonical_text({"text": letter * (size - len('{"text":""}'))})
    assert len(text.encode()) == size
    assert json.loads(text)
    return text
