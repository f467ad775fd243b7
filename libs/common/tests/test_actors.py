"""The access rule."""

from dataclasses import dataclass

import pytest
from countersign_common.actors import (
    ADMINS,
    AUDITORS,
    group_principal,
    may_read,
    principals_of,
    reads_everything,
    require_admin,
    user_principal,
)
from countersign_common.errors import AdminsOnlyError

PARTICIPANTS = ("user:ann", "group:approvers")


@dataclass(frozen=True)
class Person:
    user_id: str
    name: str = "A name"
    groups: frozenset[str] = frozenset()


def person(user_id: str, *groups: str) -> Person:
    return Person(user_id, groups=frozenset(groups))


def test_principals_are_the_user_and_each_group():
    assert (user_principal("bo"), group_principal("a")) == ("user:bo", "group:a")
    assert principals_of(person("bo", "a", "b")) == {"user:bo", "group:a", "group:b"}


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (person("ann"), True),
        (person("bo", "approvers"), True),
        (person("bo", "other", "approvers"), True),
        (person("bo"), False),
        (person("bo", "others"), False),
        (person("approvers"), False),
        (person("bo", "ann"), False),
        (person("user:ann"), False),
        (person("bo", ADMINS), True),
        (person("bo", AUDITORS), True),
        (person("admins"), False),
        (person("auditors"), False),
    ],
    ids=lambda value: f"{value.user_id} in {sorted(value.groups)}" if isinstance(value, Person) else "",
)
def test_participants_admins_and_auditors_may_read(actor, expected):
    assert may_read(actor, PARTICIPANTS) is expected
    assert may_read(actor, iter(PARTICIPANTS)) is expected


@pytest.mark.parametrize("group", [ADMINS, AUDITORS])
def test_admins_and_auditors_may_read_what_has_no_participants(group):
    assert reads_everything(person("bo", "others", group))
    assert may_read(person("bo", group), ())


def test_other_users_may_not_read_what_has_no_participants():
    assert not reads_everything(person("bo", "approvers"))
    assert not may_read(person("bo", "approvers"), ())


@pytest.mark.parametrize("groups", [(), (AUDITORS,), ("approvers",)])
def test_only_admins_pass_for_admins(groups):
    require_admin(person("ann", ADMINS))
    with pytest.raises(AdminsOnlyError):
        require_admin(person("bo", *groups))
