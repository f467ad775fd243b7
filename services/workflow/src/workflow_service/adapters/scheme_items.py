"""Schemes as items: each version, the newest version once more, and the newest version in the list of schemes."""

from collections.abc import Mapping
from typing import Any

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339

from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.scheme import Definition, Scheme, Step


def scheme_item(key: Item, scheme: Scheme) -> Item:
    """Return a version of a scheme as the item with this key."""
    return key | to_item(
        {
            "schemeId": scheme.scheme_id,
            "version": scheme.version,
            "name": scheme.definition.name,
            "steps": [step_value(step) for step in scheme.definition.steps],
            "createdAt": to_rfc3339(scheme.created_at),
            "createdBy": person_value(scheme.created_by),
        }
    )


def scheme_from_item(item: Item) -> Scheme:
    values = from_item(item)
    return Scheme(
        scheme_id=values["schemeId"],
        version=values["version"],
        definition=Definition(values["name"], tuple(map(step_from_value, values["steps"]))),
        created_at=from_rfc3339(values["createdAt"]),
        created_by=person_from_value(values["createdBy"]),
    )


def step_value(step: Step) -> dict[str, Any]:
    return {"stepId": step.step_id, "name": step.name, "approvers": approvers_value(step.approvers)}


def step_from_value(value: Mapping[str, Any]) -> Step:
    return Step(value["stepId"], value["name"], approvers_from_value(value["approvers"]))


def approvers_value(approvers: Approvers) -> dict[str, Any]:
    return {"users": approvers.users, "groups": approvers.groups}


def approvers_from_value(value: Mapping[str, Any]) -> Approvers:
    return Approvers(tuple(value["users"]), tuple(value["groups"]))


def person_value(person: Person) -> dict[str, Any]:
    """Return a user; without a name, if it was erased."""
    return {"userId": person.user_id} | ({} if person.erased else {"name": person.name})


def person_from_value(value: Mapping[str, Any]) -> Person:
    return Person(value["userId"], value.get("name", ""))
