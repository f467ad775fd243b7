"""audit/rebuild_index, as it is invoked."""

import pytest
from marshmallow import ValidationError

from audit_service.handlers.rebuild_index import rebuild
from audit_service.use_cases.service import service_on

from ..builders import a_chain
from ..fakes import FakeIndex, FakeRecords


def test_whoever_invokes_it_until_the_cursor_is_null_has_everything_searchable():
    records, index = FakeRecords(*a_chain(5), page=2), FakeIndex()
    service = service_on(records, index)
    answers = [rebuild({}, service)]
    while answers[-1]["cursor"] is not None:
        answers.append(rebuild({"cursor": answers[-1]["cursor"]}, service))
    assert [answer["indexed"] for answer in answers] == [2, 2, 1]
    assert index.indexed == records.stored


@pytest.mark.parametrize("event", [{"cursor": 7}, {"cursor": "not an id"}, {"curser": None}])
def test_an_event_that_it_does_not_know_is_refused(event):
    index = FakeIndex()
    with pytest.raises(ValidationError):
        rebuild(event, service_on(FakeRecords(), index))
    assert index.log == []


def test_a_first_invocation_may_say_that_it_has_no_cursor():
    assert rebuild({"cursor": None}, service_on(FakeRecords(), FakeIndex())) == {
        "cursor": None,
        "indexed": 0,
    }
