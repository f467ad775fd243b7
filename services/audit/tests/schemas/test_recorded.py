"""The short way of checking an event finds faults where marshmallow's own finds them, and nowhere else."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.schemas import events, recorded

from ..builders import an_event

EVENT = events.RecordedEvent()
SEALED, PERSON, CONTENT = recorded.Sealed(), recorded.Person(), recorded.Content()

A_WHOLE = vars(an_event())
OF = {
    "event": (EVENT, A_WHOLE),
    "sealed": (SEALED, json.loads(A_WHOLE["data"]["sealed"])),
    "person": (PERSON, json.loads(A_WHOLE["data"]["person"]["value"])),
    "content": (CONTENT, json.loads(A_WHOLE["data"]["content"]["value"])),
}

ODD = st.one_of(
    st.sampled_from([None, True, False, 0, 1, -1, 1.0, 1.5, 2**53, [], {}, [None], ["a"], [1]]),
    st.sampled_from([{"a": 1}, {"userId": ""}, {"userId": 1}, {"salt": 1}, {"salt": "a", "value": 1}]),
    st.sampled_from(["", "1", "a", "A", "é", "a" * 300, "\x00", "\ud800", "0" * 64, "SAVE", "DRAFT"]),
    st.sampled_from(["2026-01-31T09:00:00Z", "2026-02-30T09:00:00Z", A_WHOLE["id"], A_WHOLE["id"].upper()]),
)


def paths_in(value, here=()):
    """Where something stands in nested objects and lists."""
    yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in items:
        yield from paths_in(item, (*here, name))


@st.composite
def damaged(draw, value):
    """The value with up to three places replaced, removed or added to."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(paths_in(value))))
        if not path:
            continue
        *above, last = path
        holder = value
        for name in above:
            holder = holder[name]
        how = draw(st.sampled_from(["replace", "remove", "add"]))
        if how == "replace":
            holder[last] = copy.deepcopy(draw(ODD))
        elif how == "remove":
            del holder[last]
        elif isinstance(holder, dict):
            holder["somethingNew"] = copy.deepcopy(draw(ODD))
    return value


@pytest.mark.parametrize("what", OF)
@given(data=st.data())
def test_a_fault_is_found_exactly_where_marshmallow_finds_one(what, data):
    schema, whole = OF[what]
    facts = data.draw(damaged(whole))
    assert schema.faults(facts) == schema.validate(facts)


@pytest.mark.parametrize("what", OF)
def test_what_is_whole_is_passed_without_asking_marshmallow_again(what):
    schema, whole = OF[what]
    schema.check(whole)


@pytest.mark.parametrize("what", OF)
@pytest.mark.parametrize("facts", [None, [], "text", 1, {}])
def test_what_is_no_object_or_an_empty_one_is_a_fault(what, facts):
    assert OF[what][0].faults(facts)


def test_every_member_of_an_event_that_is_taken_away_is_a_fault():
    for what, (schema, whole) in OF.items():
        for name in whole.keys() & {field.data_key for field in schema.load_fields.values()}:
            assert schema.faults({key: value for key, value in whole.items() if key != name}), (what, name)
