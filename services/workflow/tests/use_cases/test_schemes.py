"""Schemes and their versions."""

from dataclasses import replace

import pytest

from workflow_service.domain.errors import NotFound, NotPermitted, NotPossible, Stale
from workflow_service.use_cases.commit import TRIES
from workflow_service.use_cases.put_scheme import put_scheme
from workflow_service.use_cases.show_scheme import show_scheme

from ..builders import ADAM, AUDRA, BO, RITA, a_definition
from ..fakes import MemoryStore, TickingClock


def put(store, definition, *, by=ADAM, scheme_id="expenses", **guard):
    guard = {"if_match": None, "must_exist": False} | guard
    return put_scheme(scheme_id, definition, by, **guard, schemes=store, clock=TickingClock())


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_a_scheme_that_there_was_not_is_new_at_version_one(store):
    scheme, is_new = put(store, a_definition(), scheme_id="travel")
    assert (scheme.scheme_id, scheme.version, is_new) == ("travel", 1, True)


def test_another_definition_is_the_next_version_and_the_old_one_stays(store):
    scheme, is_new = put(store, a_definition(name="Costs"))
    assert (scheme.version, is_new) == (2, False)
    assert show_scheme("expenses", 1, schemes=store).definition.name == "Expenses"
    assert show_scheme("expenses", None, schemes=store).definition.name == "Costs"


def test_the_same_definition_again_is_the_same_version(store):
    scheme, is_new = put(store, a_definition())
    assert (scheme.version, is_new) == (1, False)
    assert len(store.schemes["expenses"]) == 1


@pytest.mark.parametrize("person", [RITA, BO, AUDRA])
def test_only_admins_write_schemes(store, person):
    with pytest.raises(NotPermitted) as refused:
        put(store, a_definition(name="Costs"), by=person)
    assert refused.value.rule == "admins-only"


def test_a_definition_written_against_a_stale_version_is_refused(store):
    put(store, a_definition(name="Costs"), if_match=1)
    with pytest.raises(Stale):
        put(store, a_definition(name="Expenditure"), if_match=1)
    with pytest.raises(Stale):
        put(store, a_definition(), if_match=1, scheme_id="travel")


def test_a_definition_can_be_written_on_condition_that_the_scheme_is_there(store):
    assert put(store, a_definition(name="Costs"), must_exist=True)[0].version == 2
    for guard in ({"must_exist": True}, {"if_match": 0}):
        with pytest.raises(Stale):
            put(store, a_definition(), scheme_id="travel", **guard)
    assert "travel" not in store.schemes


def test_two_who_write_at_once_both_get_a_version(store):
    store.meanwhile.append(lambda: put(store, a_definition(name="Theirs")))
    scheme, _ = put(store, a_definition(name="Mine"))
    assert [each.definition.name for each in store.schemes["expenses"]] == ["Expenses", "Theirs", "Mine"]
    assert scheme.version == 3


def test_who_is_outrun_under_if_match_is_told_so(store):
    store.meanwhile.append(lambda: put(store, a_definition(name="Theirs")))
    with pytest.raises(Stale):
        put(store, a_definition(name="Mine"), if_match=1)


def test_who_is_always_outrun_is_asked_to_try_later(store):
    def somebody_writes():
        newest = store.schemes["expenses"][-1]
        store.schemes["expenses"].append(replace(newest, version=newest.version + 1))

    store.meanwhile.extend([somebody_writes] * TRIES)
    with pytest.raises(NotPossible) as refused:
        put(store, a_definition(name="Mine"))
    assert refused.value.rule == "too-busy"


def test_a_scheme_or_version_that_there_is_not_is_not_found(store):
    for scheme_id, version in (("travel", None), ("expenses", 2)):
        with pytest.raises(NotFound):
            show_scheme(scheme_id, version, schemes=store)
