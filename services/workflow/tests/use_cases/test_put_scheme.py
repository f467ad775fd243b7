"""Schemes and their versions."""

from dataclasses import replace

import pytest
from countersign_common.errors import AdminsOnlyError, NotFoundError

from workflow_service.domain.errors import TooBusyError, VersionStaleError
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS
from workflow_service.use_cases.get_scheme import GetScheme
from workflow_service.use_cases.list_schemes import ListSchemes
from workflow_service.use_cases.name_views import NameViews
from workflow_service.use_cases.put_scheme import PutScheme

from ..builders import ADAM, AUDRA, BO, RITA, a_definition
from ..fakes import InMemoryDirectory, InMemorySchemes, TickingClock

NAME_VIEWS = NameViews(InMemoryDirectory())


@pytest.fixture
def schemes() -> InMemorySchemes:
    return InMemorySchemes()


def put(schemes, definition, *, actor=ADAM, scheme_id="expenses", if_match=None, must_exist=False):
    put_scheme = PutScheme(schemes, NAME_VIEWS, TickingClock())
    view, is_new = put_scheme(scheme_id, definition, actor, if_match=if_match, must_exist=must_exist)
    return view.scheme, is_new


def test_a_new_scheme_has_version_one(schemes):
    scheme, is_new = put(schemes, a_definition(), scheme_id="travel")
    assert (scheme.scheme_id, scheme.version, is_new) == ("travel", 1, True)


def test_another_definition_is_the_next_version_and_the_earlier_one_stays(schemes):
    scheme, is_new = put(schemes, a_definition(name="Costs"))
    assert (scheme.version, is_new) == (2, False)
    get_scheme = GetScheme(schemes, NAME_VIEWS)
    assert get_scheme("expenses", 1).scheme.definition.name == "Expenses"
    assert get_scheme("expenses", None).scheme.definition.name == "Costs"


def test_the_same_definition_adds_no_version(schemes):
    scheme, is_new = put(schemes, a_definition())
    assert (scheme.version, is_new) == (1, False)
    assert len(schemes.versions["expenses"]) == 1


@pytest.mark.parametrize("person", [RITA, BO, AUDRA])
def test_only_admins_write_schemes(schemes, person):
    with pytest.raises(AdminsOnlyError):
        put(schemes, a_definition(name="Costs"), actor=person)
    assert len(schemes.versions["expenses"]) == 1


def test_a_write_with_a_stale_version_fails(schemes):
    put(schemes, a_definition(name="Costs"), if_match=1)
    with pytest.raises(VersionStaleError):
        put(schemes, a_definition(name="Expenditure"), if_match=1)
    with pytest.raises(VersionStaleError):
        put(schemes, a_definition(), if_match=1, scheme_id="travel")


def test_a_write_can_require_that_the_scheme_exists(schemes):
    assert put(schemes, a_definition(name="Costs"), must_exist=True)[0].version == 2
    for guard in ({"must_exist": True}, {"if_match": 0}):
        with pytest.raises(VersionStaleError):
            put(schemes, a_definition(), scheme_id="travel", **guard)
    assert "travel" not in schemes.versions


def test_two_writes_at_the_same_time_both_get_a_version(schemes):
    schemes.concurrent.append(lambda: put(schemes, a_definition(name="Theirs")))
    scheme, _ = put(schemes, a_definition(name="Mine"))
    names = [each.definition.name for each in schemes.versions["expenses"]]
    assert names == ["Expenses", "Theirs", "Mine"]
    assert scheme.version == 3


def test_a_write_with_a_version_that_becomes_stale_meanwhile_fails(schemes):
    schemes.concurrent.append(lambda: put(schemes, a_definition(name="Theirs")))
    with pytest.raises(VersionStaleError):
        put(schemes, a_definition(name="Mine"), if_match=1)


def test_a_write_that_loses_every_race_fails_with_too_busy(schemes):
    def write():
        newest = schemes.versions["expenses"][-1]
        schemes.versions["expenses"].append(replace(newest, version=newest.version + 1))

    schemes.concurrent.extend([write] * MAX_ATTEMPTS)
    with pytest.raises(TooBusyError) as error:
        put(schemes, a_definition(name="Mine"))
    assert error.value.retry_after == 1
    assert schemes.concurrent == []


@pytest.mark.parametrize(
    ("scheme_id", "version", "detail"),
    [
        ("travel", None, "There is no such scheme."),
        ("expenses", 2, "There is no such version of the scheme."),
    ],
)
def test_a_missing_scheme_or_version_is_not_found(schemes, scheme_id, version, detail):
    with pytest.raises(NotFoundError) as error:
        GetScheme(schemes, NAME_VIEWS)(scheme_id, version)
    assert error.value.detail == detail


def test_schemes_are_listed_by_id_in_their_newest_versions(schemes):
    for scheme_id in ("b", "a"):
        put(schemes, a_definition(), scheme_id=scheme_id)
    put(schemes, a_definition(name="Costs"))
    list_schemes = ListSchemes(schemes, NAME_VIEWS)
    first = list_schemes(after=None, limit=2)
    second = list_schemes(after=first.next_position, limit=2)
    found = [(each.scheme.scheme_id, each.scheme.version) for each in [*first.items, *second.items]]
    assert found == [("a", 1), ("b", 1), ("expenses", 2)]
    assert second.next_position is None
    assert schemes.page_sizes == [3, 3], "one scheme more than a page shows"
