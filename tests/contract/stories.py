"""Hypothesis strategies for valid schemes, users and actions, which the workflow service turns into events."""

from typing import Any

from countersign_common.errors import DomainError
from countersign_common.http.fields import is_blank
from hypothesis import strategies as st

from contract.producer import Claims, Producer

# Unicode without lone surrogates and NUL.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
# Cognito's rule for group names: letters, marks, signs, digits and punctuation.
_NAMES = st.text(st.characters(categories=["L", "M", "S", "N", "P"]), min_size=1, max_size=128).filter(
    str.isprintable
)
_USERS = st.uuids().map(str)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.text(LETTERS, max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, max_size=10), inner, max_size=4)
    ),
    max_leaves=15,
)
_DATA = st.dictionaries(st.text(LETTERS, max_size=20), JSON, max_size=5)
_TITLES = st.text(LETTERS, min_size=1, max_size=200).filter(lambda title: not is_blank(title))
_COMMENTS = st.none() | st.text(LETTERS, max_size=300)
_SHORT_TEXTS = st.text(LETTERS, min_size=1, max_size=60)


def people(*groups: str) -> st.SearchStrategy[Claims]:
    """Generate callers in these groups and up to two others."""
    return st.builds(
        Claims,
        _USERS,
        _SHORT_TEXTS,
        _SHORT_TEXTS,
        st.lists(_NAMES, max_size=2).map(lambda others: (*groups, *others)),
        st.ip_addresses().map(str),
        st.text(LETTERS, max_size=200),
    )


@st.composite
def stories(draw: st.DrawFn) -> tuple[Producer, Claims]:
    """Generate a workflow with up to eight attempted actions. Returns the producer and the requester."""
    producer = Producer()
    group = draw(_NAMES.filter(lambda name: "," not in name and not name.startswith("[")))
    requester, approver = draw(people()), draw(people(group))
    producer.put_scheme(
        {
            "users": draw(st.lists(_USERS, max_size=3, unique=True)),
            "groups": [group, *draw(st.lists(_NAMES.filter(group.__ne__), max_size=3, unique=True))],
        }
    )
    workflow_id = producer.create(
        requester,
        actionType=draw(st.sampled_from(["SAVE", "REQUEST"])),
        comment=draw(_COMMENTS),
        title=draw(_TITLES),
        data=draw(_DATA),
    )
    for _ in range(draw(st.integers(0, 8))):
        action = draw(st.sampled_from(["SAVE", "REQUEST", "APPROVE", "REJECT"]))
        body: dict[str, Any] = {"actionType": action, "comment": draw(_COMMENTS)}
        if action in ("SAVE", "REQUEST"):
            body |= {"title": draw(_TITLES)} if draw(st.booleans()) else {}
            body |= {"data": draw(_DATA)} if draw(st.booleans()) else {}
        who = requester if action in ("SAVE", "REQUEST") else approver
        try:
            producer.act(who, workflow_id, body)
        except DomainError:
            continue  # a rejected action makes no event
    return producer, requester
