"""Values as DynamoDB's low-level client writes and reads them, and queries drawn page by page."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.scheme import Step

Attribute = dict[str, Any]
Item = dict[str, Attribute]


def text(value: str) -> Attribute:
    """A string."""
    return {"S": value}


def number(value: int) -> Attribute:
    """An integer."""
    return {"N": str(value)}


def texts(values: Iterable[str]) -> Attribute:
    """A list of strings."""
    return {"L": [text(value) for value in values]}


def a_list(values: Iterable[Attribute]) -> Attribute:
    """A list of attributes."""
    return {"L": list(values)}


def a_map(values: Item) -> Attribute:
    """A map."""
    return {"M": values}


def integer_of(attribute: Attribute) -> int:
    """The integer in a number."""
    return int(attribute["N"])


def texts_of(attribute: Attribute) -> tuple[str, ...]:
    """The strings in a list."""
    return tuple(entry["S"] for entry in attribute["L"])


def person(value: Person) -> Attribute:
    """A person."""
    return a_map({"userId": text(value.user_id), "name": text(value.name)})


def person_of(attribute: Attribute) -> Person:
    """The person in a map."""
    return Person(attribute["M"]["userId"]["S"], attribute["M"]["name"]["S"])


def step(value: Step) -> Attribute:
    """A scheme's step."""
    return a_map(
        {
            "stepId": text(value.step_id),
            "name": text(value.name),
            "users": texts(value.approvers.users),
            "groups": texts(value.approvers.groups),
        }
    )


def step_of(attribute: Attribute) -> Step:
    """The step in a map."""
    values = attribute["M"]
    approvers = Approvers(texts_of(values["users"]), texts_of(values["groups"]))
    return Step(values["stepId"]["S"], values["name"]["S"], approvers)


def key(partition: str, sort: str) -> Item:
    """An item's primary key."""
    return {"pk": text(partition), "sk": text(sort)}


def projection(names: Iterable[str]) -> dict[str, Any]:
    """The arguments that make a read answer these attributes only, whether their names are reserved or not."""
    placeholders = {f"#{name}": name for name in names}
    return {"ProjectionExpression": ", ".join(placeholders), "ExpressionAttributeNames": placeholders}


def drawn(client: Any, query: Mapping[str, Any], *, page: int) -> Iterator[Item]:
    """A query's items; the next page is fetched when it is drawn on.

    Args:
        client: a DynamoDB client.
        query: the arguments of `query`.
        page: items of one page; DynamoDB ends one at 1 MB all the same.
    """
    start: dict[str, Any] = {}
    while True:
        answer = client.query(**query, **start, Limit=page)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
