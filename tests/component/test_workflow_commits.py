"""The workflow table: one transaction for each action, all of it or nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from countersign_common.canonical import canonical_text

from component.commits import acted, created
from component.tables import Table
from engines.definitions import Definitions
from services.workflow.tests.builders import BO, CLEO, NOON, RITA, a_scheme, approve, reject, request, save
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.domain.people import Approvers
from workflow_service.domain.workflow import Status
from workflow_service.use_cases.commit import Commit, Outrun
from workflow_service.use_cases.once import Once

ONCE = Once(RITA.user_id, "a-key", "f" * 64)
DATA_LIMIT = 128 * 1024


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflows:
    """The adapter under test."""
    return DynamoDbWorkflows(workflow_table.client, workflow_table.name)


def written(workflows: DynamoDbWorkflows, *commits: Commit) -> Commit:
    """Commit one after the other; answers the last."""
    for commit in commits:
        workflows.commit(commit)
    return commits[-1]


def test_what_was_committed_is_read_back_as_it_was(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created(request()))
    assert workflows.workflow(commit.transition.after.workflow_id) == commit.transition.after


def test_a_workflow_that_nobody_wrote_is_none(workflows: DynamoDbWorkflows) -> None:
    assert workflows.workflow("01950000-0000-7000-8000-00000000dead") is None


def test_texts_of_every_script_come_back_unchanged(workflows: DynamoDbWorkflows) -> None:
    texts = ["Zürich ↔ 東京", "مرحبا", "👩‍👩‍👧 e\u0301", "\u0000\u001f\u2028", '"\\/', "𝕌" * 200]
    for text in texts:
        action = save(title=text[:200], data=canonical_text({text: [text]}), comment=text)
        commit = written(workflows, created(action))
        found = workflows.workflow(commit.transition.after.workflow_id)
        assert found == commit.transition.after
        [entry] = workflows.history(commit.transition.after.workflow_id, after=0, page=10)
        assert (entry.title, entry.comment) == (text[:200], text)


def test_everything_at_its_limit_fits_into_one_event(workflows: DynamoDbWorkflows) -> None:
    groups = tuple(f"{number:02d}" + "g" * 126 for number in range(50))
    largest = {"title": "👩" * 200, "comment": "👩" * 4000}
    first = written(
        workflows,
        created(save(**largest, data=data_of(DATA_LIMIT, "a")), scheme=a_scheme(Approvers(groups=groups))),
    )
    change = acted(
        first.transition.after, request(**largest, data=data_of(DATA_LIMIT, "b")), by=RITA, once=ONCE
    )
    written(workflows, change)
    workflow, answered = workflows.workflow_and_answer(change.transition.after.workflow_id, ONCE)
    assert (workflow, answered) == (change.transition.after, change.answered)


def test_the_loser_of_a_race_is_told_and_leaves_nothing(
    workflows: DynamoDbWorkflows, workflow_table: Table
) -> None:
    pending = written(workflows, created(request())).transition.after
    winner, loser = acted(pending, approve(), by=BO), acted(pending, reject(), by=CLEO)
    workflows.commit(winner)
    before = workflow_table.items()
    with pytest.raises(Outrun):
        workflows.commit(loser)
    assert sorted(map(str, workflow_table.items())) == sorted(map(str, before))


def test_of_many_at_once_exactly_one_wins(workflows: DynamoDbWorkflows) -> None:
    pending = written(workflows, created(request())).transition.after
    rivals = [acted(pending, approve(f"rival {number}"), by=BO) for number in range(8)]

    def wins(commit: Commit) -> bool:
        try:
            workflows.commit(commit)
        except Outrun:
            return False
        return True

    with ThreadPoolExecutor(len(rivals)) as at_once:
        won = list(at_once.map(wins, rivals))
    assert won.count(True) == 1
    winner = rivals[won.index(True)]
    assert workflows.workflow(pending.workflow_id) == winner.transition.after
    assert len(list(workflows.history(pending.workflow_id, after=0, page=100))) == 2


def test_the_same_id_is_created_once(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created())
    with pytest.raises(Outrun):
        workflows.commit(commit)


def test_an_answer_is_found_again_with_its_workflow(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created(once=ONCE))
    workflow, answered = workflows.workflow_and_answer(commit.transition.after.workflow_id, ONCE)
    assert workflow == commit.transition.after
    assert answered == commit.answered


def test_without_a_key_no_answer_is_looked_for(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created(once=ONCE))
    assert workflows.workflow_and_answer(commit.transition.after.workflow_id, None)[1] is None


def test_a_key_is_its_users_own(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created(once=ONCE))
    others = replace(ONCE, user_id=BO.user_id)
    assert workflows.workflow_and_answer(commit.transition.after.workflow_id, others)[1] is None
    written(workflows, created(once=others, by=BO))


def test_a_request_that_was_answered_is_not_done_again(
    workflows: DynamoDbWorkflows, workflow_table: Table
) -> None:
    written(workflows, created(once=ONCE))
    before = workflow_table.items()
    with pytest.raises(Outrun):
        workflows.commit(created(once=ONCE))
    assert len(workflow_table.items()) == len(before)


def test_an_answer_that_has_expired_is_replaced(workflows: DynamoDbWorkflows) -> None:
    written(workflows, created(once=ONCE))
    later = NOON + timedelta(hours=24)
    again = written(workflows, created(once=ONCE, at=later))
    _, answered = workflows.workflow_and_answer(again.transition.after.workflow_id, ONCE)
    assert answered == again.answered


def test_an_answer_is_stored_with_the_time_it_expires(
    workflows: DynamoDbWorkflows, workflow_table: Table, definitions: Definitions
) -> None:
    written(workflows, created(once=ONCE))
    [record] = [item for item in workflow_table.items() if item["sk"]["S"] == "RECORD"]
    expected = int((NOON + timedelta(hours=24)).timestamp())
    assert record[definitions.ttl["workflow"]] == {"N": str(expected)}


def test_an_answer_about_to_expire_still_stands(workflows: DynamoDbWorkflows) -> None:
    written(workflows, created(once=ONCE))
    with pytest.raises(Outrun):
        workflows.commit(created(once=ONCE, at=NOON + timedelta(hours=24, seconds=-1)))


def test_fifty_approvers_are_asked_and_released_in_one_transaction(
    workflows: DynamoDbWorkflows, workflow_table: Table
) -> None:
    users = tuple(f"10000000-0000-4000-8000-{number:012d}" for number in range(49))
    scheme = a_scheme(Approvers((*users, BO.user_id)))
    pending = written(workflows, created(request(), scheme=scheme, once=ONCE)).transition.after
    assert len([item for item in workflow_table.items() if "inboxOf" in item]) == 50
    decided = acted(pending, reject("no"), by=BO, once=replace(ONCE, user_id=BO.user_id))
    written(workflows, decided)
    assert not [item for item in workflow_table.items() if "inboxOf" in item]
    assert decided.transition.after.status is Status.REJECTED


def test_a_history_is_read_in_order_from_any_place_in_pages_of_any_size(workflows: DynamoDbWorkflows) -> None:
    commit = written(workflows, created())
    for number in range(2, 13):
        commit = written(workflows, acted(commit.transition.after, save(f"Title {number}"), by=RITA))
    workflow_id = commit.transition.after.workflow_id
    for page in (1, 5, 100):
        history = list(workflows.history(workflow_id, after=3, page=page))
        assert [entry.sequence for entry in history] == list(range(4, 13))
    whole = list(workflows.history(workflow_id, after=0, page=100))
    assert all(link.previous_hash == before.hash for before, link in pairwise(whole))


def data_of(size: int, letter: str) -> str:
    """Canonical JSON text of an object of so many bytes."""
    text = canonical_text({"text": letter * (size - len('{"text":""}'))})
    assert len(text.encode()) == size
    assert json.loads(text)
    return text
