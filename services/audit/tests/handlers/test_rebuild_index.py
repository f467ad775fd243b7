"""audit/rebuild_index, as it is invoked."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from countersign_common.telemetry import Telemetry
from marshmallow import ValidationError

from audit_service.bootstrap.recording import service_with
from audit_service.handlers.rebuild_index import MOST_NAMED, rebuild

from ..builders import just_then, make_chain, make_record
from ..fakes import FakeHints, FakeIndex, FakeRepository
from ..retention_fakes import expected_records


def invoke(
    event: dict[str, Any],
    records: FakeRepository,
    index: FakeIndex,
    has_time: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    return rebuild(
        event,
        service_with(records, index, FakeHints(), expected_records(), just_then),
        Telemetry("test"),
        has_time,
    )


def invoke_until_done(
    event: dict[str, Any], records: FakeRepository, index: FakeIndex
) -> list[dict[str, Any]]:
    responses = [invoke(event, records, index)]
    while responses[-1]["cursor"] is not None:
        responses.append(invoke({"cursor": responses[-1]["cursor"]}, records, index))
    return responses


def test_invoked_until_the_cursor_is_null_it_indexes_everything():
    records, index = FakeRepository(*make_chain(5), page=2), FakeIndex()
    assert [each["indexed"] for each in invoke_until_done({}, records, index)] == [2, 2, 1]
    assert index.indexed == records.stored


def test_one_invocation_processes_as_many_pages_as_it_has_time_for():
    records, index = FakeRepository(*make_chain(5), page=2), FakeIndex()
    time_left = iter([True, False])
    first = invoke({}, records, index, lambda: next(time_left))
    assert first["indexed"] == 4
    assert invoke({"cursor": first["cursor"]}, records, index, lambda: True) == {
        "cursor": None,
        "indexed": 1,
        "skipped": 0,
        "skippedDatasetIds": [],
    }


def test_a_replacement_continues_with_its_cursor_and_ends_with_the_last_page():
    records, index = FakeRepository(*make_chain(5), page=2), FakeIndex(make_record(9))
    responses = invoke_until_done({"replace": True}, records, index)
    assert [each["indexed"] for each in responses] == [2, 2, 1]
    assert responses[0]["cursor"] == f"1:{make_chain(2)[1].dataset_id}"
    assert index.indexed == records.stored
    assert not index.builds


def test_records_that_can_not_be_indexed_are_counted_and_named(caplog):
    chain = make_chain(4)
    records, index = FakeRepository(*chain, page=2), FakeIndex()
    index.unindexable = {chain[0].dataset_id, chain[3].dataset_id}
    response = invoke({}, records, index, lambda: True)
    assert response == {
        "cursor": None,
        "indexed": 2,
        "skipped": 2,
        "skippedDatasetIds": [chain[0].dataset_id, chain[3].dataset_id],
    }
    logged = [line.datasetId for line in caplog.records if line.message == "record not indexed"]
    assert logged == response["skippedDatasetIds"]


def test_a_response_names_a_limited_number_of_records_and_counts_all():
    chain = make_chain(MOST_NAMED + 5)
    index = FakeIndex()
    index.unindexable = {each.dataset_id for each in chain}
    response = invoke({}, FakeRepository(*chain, page=50), index, lambda: True)
    assert response["skipped"] == MOST_NAMED + 5
    assert len(response["skippedDatasetIds"]) == MOST_NAMED


def test_a_damaged_record_does_not_stop_a_rebuild():
    chain = make_chain(3)
    records, index = FakeRepository(*chain), FakeIndex()
    records.damage(dataclasses.replace(chain[1], sealed="{"))
    index.unindexable = {chain[1].dataset_id}
    assert invoke({}, records, index)["indexed"] == 2


@pytest.mark.parametrize(
    "event",
    [
        {"cursor": 7},
        {"cursor": "not a cursor"},
        {"cursor": f"x:{make_record(1).dataset_id}"},
        {"cursr": None},
        {"replace": "yes"},
        {"replace": True, "cursor": make_record(1).dataset_id},
    ],
)
def test_an_event_of_another_shape_is_rejected(event: dict[str, Any]):
    index = FakeIndex()
    with pytest.raises(ValidationError):
        invoke(event, FakeRepository(), index)
    assert index.log == []
    assert index.builds == []


def test_a_first_invocation_may_have_an_empty_cursor():
    assert invoke({"cursor": None, "replace": False}, FakeRepository(), FakeIndex())["cursor"] is None
