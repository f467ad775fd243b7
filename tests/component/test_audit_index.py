"""The search index on real engines: what is indexed, what is found and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.credentials import Credentials
from opensearchpy.exceptions import RequestError

from audit_service.adapters import opensearch_index
from audit_service.adapters.documents import document_of
from audit_service.adapters.opensearch_client import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.domain.errors import SearchUnavailableError
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import IndexResult
from component.search_engines import EVERYTHING, SearchIndex
from engines.engine import Engine
from local_cloud.ports import LOOPBACK, free_port
from services.audit.tests.builders import (
    OTHER_WORKFLOW,
    REQUESTER,
    WORKFLOW,
    dataset_id,
    make_draft,
    make_record,
    position_of,
)

SAME_TIME = "2026-01-31T09:00:00.123Z"


@pytest.fixture
def trail(search: Engine) -> Iterator[SearchIndex]:
    """An empty index."""
    trail = SearchIndex(search)
    yield trail
    trail.wipe()


def numbered(*numbers: int) -> list[str]:
    """Return their datasetIds."""
    return [dataset_id(number) for number in numbers]


def test_an_engine_without_any_record_finds_nothing_and_does_not_fail(trail: SearchIndex) -> None:
    assert trail.find() == []


def test_records_are_in_the_index_of_the_month_they_happened_in(trail: SearchIndex) -> None:
    trail.add(
        make_record(1, occurredAt="2025-12-31T23:59:59.999Z"),
        make_record(2, occurredAt="2026-01-01T00:00:00.000Z"),
    )
    assert trail.names() == ["audit-trail-v1-0-2025.12", "audit-trail-v1-0-2026.01"]
    assert trail.find() == numbered(2, 1)


def test_an_index_has_one_primary_shard_explicit_replicas_and_is_sorted_like_a_search(
    trail: SearchIndex,
) -> None:
    trail.new_container(replicas=1).add([make_record(1)])
    settings = trail.client.indices.get_settings(index=trail.names()[0])[trail.names()[0]]["settings"][
        "index"
    ]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("1", "1")
    assert settings["sort"] == {"field": ["occurredAt", "datasetId"], "order": ["desc", "desc"]}


def test_a_record_that_is_indexed_is_a_success_and_stays_as_it_is(trail: SearchIndex) -> None:
    trail.add(make_record(1, content={"title": "First words"}))
    again = make_record(1, content={"title": "Other words"})
    trail.add(again, make_record(2, content={"title": "Second"}))
    assert trail.find(filters=Filters(text="first")) == numbered(1)
    assert trail.find(filters=Filters(text="other")) == []
    assert trail.find(filters=Filters(text="second")) == numbered(2)


def test_a_damaged_record_is_unindexable_and_the_others_are_indexed(trail: SearchIndex) -> None:
    damaged = replace(make_record(2), sealed="{")
    result = trail.index.add([make_record(1), damaged, make_record(3)])
    assert (list(result.unindexable), result.failed) == (numbered(2), {})
    trail.refresh()
    assert trail.find() == numbered(3, 1)


def test_a_record_that_the_mapping_does_not_take_is_unindexable_and_the_others_are_indexed(
    trail: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(record: Any) -> Any:
        document = document_of(record)
        return document | ({"scheme": {"not": "a keyword"}} if record.dataset_id == dataset_id(2) else {})

    monkeypatch.setattr(opensearch_index, "document_of", wrong)
    result = trail.index.add([make_record(1), make_record(2), make_record(3)])
    assert (list(result.unindexable), result.failed) == (numbered(2), {})
    assert result.unindexable[dataset_id(2)].startswith("400 ")
    trail.refresh()
    assert trail.find() == numbered(3, 1)


def test_an_undeclared_field_is_rejected(trail: SearchIndex) -> None:
    trail.add(make_record(1))
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        trail.client.index(index=trail.names()[0], body={"datasetId": "x", "email": "rita@example.com"})


def test_no_email_address_is_searchable(trail: SearchIndex) -> None:
    trail.add(make_record(1))
    assert trail.find(filters=Filters(text="requester@example.com")) == []


def test_text_that_is_not_unicode_is_indexed(trail: SearchIndex) -> None:
    record = make_record(1)
    assert record.content is not None
    value = '{"after":null,"before":null,"comment":"laptop","title":"\\ud800\\u0000"}'
    trail.add(replace(record, content=replace(record.content, value=value)))
    assert trail.find(filters=Filters(text="laptop")) == numbered(1)


@pytest.mark.parametrize(
    ("fact", "value", "name"),
    [
        ("scheme", "travel", "scheme"),
        ("stepId", "second", "step_id"),
        ("actionType", "ARCHIVE", "action_type"),
        ("outcome", "ON_HOLD", "outcome"),
    ],
)
def test_a_filter_finds_what_is_equal(trail: SearchIndex, fact: str, value: str, name: str) -> None:
    trail.add(make_record(1), make_record(2, **{fact: value}))
    equal: dict[str, Any] = {name: value}
    almost: dict[str, Any] = {name: value[:-1]}
    assert trail.find(filters=Filters(**equal)) == numbered(2)
    assert trail.find(filters=Filters(**almost)) == []


def test_workflow_target_and_action_owner_are_found_by_id(trail: SearchIndex) -> None:
    trail.add(
        make_record(1),
        make_record(2, workflow_id=OTHER_WORKFLOW, actionOwner={"type": "user", "id": "bo"}),
        make_record(3, has_workflow=False, target={"type": "scheme", "id": "expense"}),
    )
    assert trail.find(filters=Filters(workflow_id=OTHER_WORKFLOW)) == numbered(2)
    assert trail.find(filters=Filters(target=WORKFLOW)) == numbered(1)
    assert trail.find(filters=Filters(target="expense")) == numbered(3)
    assert trail.find(filters=Filters(action_owner="bo")) == numbered(2)


def test_all_filters_must_match(trail: SearchIndex) -> None:
    trail.add(
        make_record(1, scheme="travel", outcome="APPROVED"),
        make_record(2, scheme="travel", outcome="REJECTED"),
        make_record(3, scheme="expense", outcome="REJECTED"),
    )
    assert trail.find(filters=Filters(scheme="travel", outcome="REJECTED")) == numbered(2)


def test_an_interval_includes_both_of_its_ends(trail: SearchIndex) -> None:
    for number in (1, 2, 3, 4):
        trail.add(make_record(number, occurredAt=f"2026-01-31T09:00:0{number}.000Z"))
    second = datetime(2026, 1, 31, 9, 0, 2, tzinfo=UTC)
    third = datetime(2026, 1, 31, 9, 0, 3, tzinfo=UTC)
    assert trail.find(filters=Filters(occurred_from=second, occurred_to=third)) == numbered(3, 2)
    assert trail.find(filters=Filters(occurred_from=third)) == numbered(4, 3)
    assert trail.find(filters=Filters(occurred_to=second)) == numbered(2, 1)


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
def test_text_is_words_that_all_occur_and_has_no_syntax(
    trail: SearchIndex, text: str, numbers: tuple[int, ...]
) -> None:
    trail.add(
        make_record(1, content={"title": "Buy a laptop", "comment": "Too dear"}),
        make_record(2, content={"title": "From Zürich to 東京", "comment": None}),
    )
    assert trail.find(filters=Filters(text=text)) == numbered(*numbers)


def test_erased_text_is_not_found(trail: SearchIndex) -> None:
    trail.add(replace(make_record(1, content={"title": "A secret"}), content=None))
    assert trail.find(filters=Filters(text="secret")) == []
    assert trail.find() == numbered(1)


def test_a_scope_finds_records_that_name_one_of_its_principals(trail: SearchIndex) -> None:
    trail.add(
        make_record(1, participants=("user:rita",)),
        make_record(2, participants=("user:bo", "group:finance")),
        make_record(3, participants=("user:rita", "user:bo")),
        make_record(4, participants=()),
    )
    assert trail.find(SearchScope(participants=frozenset({"user:rita"}))) == numbered(3, 1)
    assert trail.find(SearchScope(participants=frozenset({"user:x", "group:finance"}))) == numbered(2)
    assert trail.find(SearchScope(participants=frozenset({"user:rit", "group:finance2"}))) == []
    many = frozenset({*(f"group:team-{number}" for number in range(300)), "user:rita"})
    assert trail.find(SearchScope(participants=many)) == numbered(3, 1)


def test_drafts_of_other_users_are_not_found_in_a_workflow(trail: SearchIndex) -> None:
    trail.add(make_draft(1), make_record(2), make_draft(3, owner="another"))
    in_workflow = Filters(workflow_id=WORKFLOW)
    assert trail.find(SearchScope(drafts_of=REQUESTER), filters=in_workflow) == numbered(2, 1)
    assert trail.find(SearchScope(drafts_of="bo"), filters=in_workflow) == numbered(2)
    assert trail.find(filters=in_workflow) == numbered(3, 2, 1)


def test_pages_follow_each_other_without_a_gap_even_at_the_same_time(trail: SearchIndex) -> None:
    records = [
        make_record(number, occurredAt=SAME_TIME if number % 2 else f"2026-02-01T0{number % 9}:00:00.000Z")
        for number in range(1, 26)
    ]
    trail.add(*records)
    newest_first = [
        each.dataset_id
        for each in sorted(records, key=lambda each: (each.occurred_at, each.dataset_id), reverse=True)
    ]
    assert trail.find() == newest_first
    for limit in (1, 4, 25):
        assert trail.walk(limit) == newest_first


def test_a_position_is_the_records_time_and_id(trail: SearchIndex) -> None:
    [record] = trail.add(make_record(1, occurredAt=SAME_TIME))
    assert trail.index.find(Filters(), EVERYTHING, after=None, limit=1) == [position_of(record)]


@pytest.mark.parametrize("occurred_at", [-62_135_596_800_000, 253_402_300_799_999])
def test_the_outermost_positions_are_searchable(trail: SearchIndex, occurred_at: int) -> None:
    trail.add(make_record(1))
    found = trail.find(after=Position(occurred_at, dataset_id(1)))
    assert found == (numbered(1) if occurred_at > 0 else [])


def test_records_have_one_order_however_they_were_delivered(trail: SearchIndex) -> None:
    records = [make_record(number, occurredAt=SAME_TIME) for number in (1, 2, 3)]
    for order in (records, records[::-1]):
        trail.wipe()
        for record in order:
            trail.add(record)
        assert trail.find() == numbered(3, 2, 1)


def test_the_services_own_client_works_with_its_signatures(trail: SearchIndex, search: Engine) -> None:
    keys = Credentials("a-key", "a-secret", "a-token")
    signed = OpenSearchAuditIndex(opensearch_client(search.url, region=search.region, credentials=keys))
    assert signed.add([make_record(1)]) == IndexResult({}, {})
    trail.refresh()
    [position] = signed.find(Filters(), EVERYTHING, after=None, limit=1)
    assert position.dataset_id == dataset_id(1)


def test_the_largest_batch_is_one_request(trail: SearchIndex) -> None:
    words = " ".join(f"word{number}" for number in range(500))
    trail.add(
        *(make_record(number, content={"title": "t" * 200, "comment": words}) for number in range(1, 201))
    )
    assert len(trail.find(filters=Filters(text="word499"), limit=201)) == 200


def test_an_engine_that_does_not_respond_is_unavailable() -> None:
    keys = Credentials("a-key", "a-secret")
    client = opensearch_client(f"http://{LOOPBACK}:{free_port()}", region="us-east-1", credentials=keys)
    with pytest.raises(SearchUnavailableError):
        OpenSearchAuditIndex(client).find(Filters(), EVERYTHING, after=None, limit=1)
    with pytest.raises(SearchUnavailableError):
        OpenSearchAuditIndex(client).add([make_record(1)])
