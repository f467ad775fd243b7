"""Schemes as items of the table: each version, the newest once more, and the newest again in the catalogue."""

from countersign_common.clock import from_rfc3339, to_rfc3339

from workflow_service.adapters.attributes import (
    Item,
    a_list,
    integer_of,
    key,
    number,
    person,
    person_of,
    step,
    step_of,
    text,
)
from workflow_service.domain.scheme import Definition, Scheme

CATALOGUE = "SCHEMES"
"""The partition that lists all schemes; there are few, and they are written by people."""


def version_key(scheme_id: str, version: int) -> Item:
    """Where a version of a scheme is."""
    return key(f"SCHEME#{scheme_id}", f"VERSION#{version:06d}")


def newest_key(scheme_id: str) -> Item:
    """Where the newest version of a scheme is."""
    return key(f"SCHEME#{scheme_id}", "LATEST")


def catalogue_key(scheme_id: str) -> Item:
    """Where a scheme stands in the catalogue."""
    return key(CATALOGUE, scheme_id)


def scheme_attributes(scheme: Scheme) -> Item:
    """A version of a scheme, to be stored under one of its keys."""
    return {
        "schemeId": text(scheme.scheme_id),
        "version": number(scheme.version),
        "name": text(scheme.definition.name),
        "steps": a_list(map(step, scheme.definition.steps)),
        "createdAt": text(to_rfc3339(scheme.created_at)),
        "createdBy": person(scheme.created_by),
    }


def scheme_from(item: Item) -> Scheme:
    """The version of a scheme in an item."""
    return Scheme(
        scheme_id=item["schemeId"]["S"],
        version=integer_of(item["version"]),
        definition=Definition(item["name"]["S"], tuple(map(step_of, item["steps"]["L"]))),
        created_at=from_rfc3339(item["createdAt"]["S"]),
        created_by=person_of(item["createdBy"]),
    )
