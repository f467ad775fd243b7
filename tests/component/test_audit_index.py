"""The search engine: what is indexed, what is refused, what is found and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.credentials import Credentials
from opensearchpy.exceptions import RequestError

from audit_service.adapters.opensearch_connection import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchIndex
from audit_service.domain.search import Filters, Position
from audit_service.use_cases.ports import SearchUnavailable
from component.search_engines import Trail
from engines.engine import Engine
from local_cloud.ports import LOOPBACK, free_port
from services.audit.tests.builders import OTHER_WORKFLOW, WORKFLOW, a_record, dataset_id

SAME_INSTANT = "2026-01-31T09:00:00.123Z"


@pytest.fixture
def trail(search: Engine) -> Iterator[Trail]:
    """An empty trail."""
    trail = Trail(search)
    yield trail
    trail.forget()


def found(
    trail: Trail,
    *,
    within: Sequence[str] | None = None,
    after: Position | None = None,
    limit: int = 100,
    **filters: Any,
) -> list[str]:
    """The datasetIds that a search finds, in its order."""
    positions = trail.index.find(Filters(**filters), within=within, after=after, limit=limit)
    return [position.dataset_id for position in positions]


def numbered(*numbers: int) -> list[str]:
    """Their datasetIds."""
    return [dataset_id(number) for number in numbers]


def test_a_trail_without_any_record_is_empty_and_no_error(trail: Trail) -> None:
    assert found(trail) == []
    assert trail.index.workflows_of(["user:user-requester"], 10) == []


def test_records_stand_in_the_month_they_happened_in(trail: Trail) -> None:
    trail.holds(
        a_record(1, occurredAt="2025-12-31T23:59:59.999Z"), a_record(2, occurredAt="2026-01-01T00:00:00.000Z")
    )
    assert trail.indices() == ["audit-trail-2025.12", "audit-trail-2026.01"]
    assert found(trail) == numbered(2, 1)


def test_a_record_that_is_there_counts_as_done_and_stays_as_it_is(trail: Trail) -> None:
    [record] = trail.holds(a_record(1, content={"title": "First words"}))
    again = a_record(1, content={"title": "Other words"})
    assert trail.index.add([again, a_record(2, content={"title": "Second"})]) == {}
    trail.refresh()
    assert found(trail, text="first") == [record.dataset_id]
    assert found(trail, text="other") == []
    assert found(trail, text="second") == numbered(2)


def test_one_that_does_not_fit_the_mapping_fails_alone(trail: Trail) -> None:
    wrong = a_record(2, round="not a number")
    failures = trail.index.add([a_record(1), wrong, a_record(3)])
    assert list(failures) == numbered(2)
    assert "400" in failures[dataset_id(2)]
    trail.refresh()
    assert found(trail) == numbered(3, 1)


def test_a_field_that_nobody_declared_is_refused(trail: Trail) -> None:
    trail.holds(a_record(1))
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        trail.client.index(index=trail.indices()[0], body={"datasetId": "x", "email": "rita@example.com"})


def test_no_mail_address_is_searchable(trail: Trail) -> None:
    trail.holds(a_record(1))
    assert found(trail, text="requester@example.com") == []


def test_preparing_twice_changes_nothing(trail: Trail) -> None:
    trail.index.prepare()
    trail.index.prepare()
    trail.holds(a_record(1))
    assert found(trail) == numbered(1)


@pytest.mark.parametrize(
    ("fact", "field", "filter_name"),
    [
        ("scheme", "travel", "scheme"),
        ("workflowId", OTHER_WORKFLOW, "workflow_id"),
        ("stepId", "approval", "step_id"),
        ("actionType", "APPROVE", "action_type"),
        ("outcome", "APPROVED", "outcome"),
    ],
)
def test_a_filter_finds_what_is_equal(trail: Trail, fact: str, field: str, filter_name: str) -> None:
    trail.holds(a_record(1), a_record(2, **{fact: field}))
    equal: dict[str, Any] = {filter_name: field}
    almost: dict[str, Any] = {filter_name: field[:-1]}
    assert found(trail, **equal) == numbered(2)
    assert found(trail, **almost) == []


def test_the_action_owner_is_found_by_id(trail: Trail) -> None:
    trail.holds(a_record(1), a_record(2, actionOwner={"userId": "user-approver"}))
    assert found(trail, action_owner="user-approver") == numbered(2)


def test_filters_hold_together(trail: Trail) -> None:
    trail.holds(
        a_record(1, scheme="travel", outcome="APPROVED"),
        a_record(2, scheme="travel", outcome="REJECTED"),
        a_record(3, scheme="expense", outcome="REJECTED"),
    )
    assert found(trail, scheme="travel", outcome="REJECTED") == numbered(2)


def test_an_interval_includes_both_its_ends(trail: Trail) -> None:
    for number, second in enumerate((1, 2, 3, 4), start=1):
        trail.holds(a_record(number, occurredAt=f"2026-01-31T09:00:0{second}.000Z"))
    from_second = datetime(2026, 1, 31, 9, 0, 2, tzinfo=UTC)
    to_third = datetime(2026, 1, 31, 9, 0, 3, tzinfo=UTC)
    assert found(trail, occurred_from=from_second, occurred_to=to_third) == numbered(3, 2)
    assert found(trail, occurred_from=to_third) == numbered(4, 3)
    assert found(trail, occurred_to=from_second) == numbered(2, 1)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("LAPTOP", (1,)),
        ("laptop dear", (1,)),
        ("laptop chair", ()),
        ("zürich", (2,)),
        ("東京", (2,)),
        ("lap*", ()),
        ("title:laptop OR *", ()),
        ('"', ()),
    ],
)
def test_text_means_all_its_words_and_no_syntax(trail: Trail, text: str, numbers: tuple[int, ...]) -> None:
    trail.holds(
        a_record(1, content={"title": "Buy a laptop", "comment": "Too dear"}),
        a_record(2, content={"title": "From Zürich to 東京", "comment": None}),
    )
    assert found(trail, text=text) == numbered(*numbers)


def test_what_was_erased_is_not_found(trail: Trail) -> None:
    trail.holds(replace(a_record(1, content={"title": "A secret"}), content=None))
    assert found(trail, text="secret") == []
    assert found(trail) == numbered(1)


def test_pages_follow_each_other_without_a_gap_even_in_one_instant(trail: Trail) -> None:
    records = [
        a_record(number, occurredAt=SAME_INSTANT if number % 2 else f"2026-02-01T0{number % 9}:00:00.000Z")
        for number in range(1, 26)
    ]
    trail.holds(*records)
    newest_first = [
        each.dataset_id
        for each in sorted(records, key=lambda each: (each.occurred_at, each.dataset_id), reverse=True)
    ]
    assert found(trail) == newest_first
    walked: list[Position] = []
    while page := trail.index.find(Filters(), within=None, after=walked[-1] if walked else None, limit=4):
        walked += page
    assert [position.dataset_id for position in walked] == newest_first


def test_a_position_is_the_records_own_time_and_id(trail: Trail) -> None:
    trail.holds(a_record(1, occurredAt=SAME_INSTANT))
    [position] = trail.index.find(Filters(), within=None, after=None, limit=1)
    at = datetime(2026, 1, 31, 9, 0, 0, 123_000, tzinfo=UTC)
    assert position == Position(round(at.timestamp() * 1000), dataset_id(1))


def test_a_search_is_kept_to_the_workflows_in_sight(trail: Trail) -> None:
    trail.holds(a_record(1), a_record(2, workflow_id=OTHER_WORKFLOW))
    assert found(trail, within=[OTHER_WORKFLOW]) == numbered(2)
    assert found(trail, within=[WORKFLOW, OTHER_WORKFLOW]) == numbered(2, 1)
    assert found(trail, within=["nobody's"]) == []


def test_a_thousand_workflows_in_sight_are_one_search(trail: Trail) -> None:
    trail.holds(a_record(1))
    others = [dataset_id(number) for number in range(10_000, 10_999)]
    assert found(trail, within=[*others, WORKFLOW]) == numbered(1)


def test_workflows_that_name_somebody_come_most_recent_first(trail: Trail) -> None:
    rita, group = ("user:rita",), ("user:bo", "group:approvers")
    workflows = {name: f"0190a000-0000-7000-8000-00000000000{name}" for name in "abcd"}
    acted = [("a", rita, 1), ("b", group, 2), ("c", ("user:cleo",), 3), ("d", rita, 4), ("a", rita, 5)]
    trail.holds(
        *(
            a_record(number, workflow_id=workflows[name], participants=participants)
            for name, participants, number in acted
        )
    )
    mine = trail.index.workflows_of(["user:rita", "group:approvers"], 10)
    assert list(mine) == [workflows["a"], workflows["d"], workflows["b"]]
    assert list(trail.index.workflows_of(["user:rita", "group:approvers"], 2)) == list(mine)[:2]
    assert list(trail.index.workflows_of(["user:ri", "group:approver"], 10)) == []


def test_records_come_in_one_order_however_they_were_delivered(trail: Trail) -> None:
    records = [a_record(number, occurredAt=SAME_INSTANT) for number in (1, 2, 3)]
    for order in (records, records[::-1]):
        trail.forget()
        for record in order:
            trail.holds(record)
        assert found(trail) == numbered(3, 2, 1)


def test_the_services_own_client_with_its_signatures_is_taken(trail: Trail, search: Engine) -> None:
    trail.holds(a_record(1))
    keys = Credentials("a-key", "a-secret", "a-token")
    signed = opensearch_client(search.url, region=search.region, credentials=keys)
    [position] = OpenSearchIndex(signed).find(Filters(), within=None, after=None, limit=1)
    assert position.dataset_id == dataset_id(1)


def test_a_batch_at_its_largest_is_one_request(trail: Trail) -> None:
    words = " ".join(f"word{number}" for number in range(500))
    batch = [a_record(number, content={"title": "t" * 200, "comment": words}) for number in range(1, 201)]
    trail.holds(*batch)
    assert len(found(trail, text="word499", limit=201)) == 200


def test_an_engine_that_does_not_answer_is_told_from_one_that_refuses() -> None:
    keys = Credentials("a-key", "a-secret")
    nobody = opensearch_client(f"http://{LOOPBACK}:{free_port()}", region="us-east-1", credentials=keys)
    with pytest.raises(SearchUnavailable):
        OpenSearchIndex(nobody).find(Filters(), within=None, after=None, limit=1)
    with pytest.raises(SearchUnavailable):
        OpenSearchIndex(nobody).add([a_record(1)])
