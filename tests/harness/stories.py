"""Stories as Hypothesis makes them up: schemes, people and actions within what the API lets in.

The real routes, schemas, rules and sealing make the events out of them.
"""

from uuid import uuid4

from hypothesis import strategies as st
from workflow_service.domain.errors import Refused

from harness.producer import Claims, Producer

# What a JSON body can hold and the API accepts: Unicode without lone surrogates, text without NUL.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
# Cognito's own rule for a group's name: letters, marks, signs, digits and punctuation.
_NAMES = st.text(st.characters(categories=["L", "M", "S", "N", "P"]), min_size=1, max_size=128).filter(
    str.isprintable
)
_USERS = st.uuids().map(str)
_INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | _INTEGERS | st.text(LETTERS, max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, max_size=10), inner, max_size=4)
    ),
    max_leaves=15,
)
_DATA = st.dictionaries(st.text(LETTERS, max_size=20), JSON, max_size=5)
_TITLES = st.text(LETTERS, min_size=1, max_size=200).filter(str.strip)
_COMMENTS = st.none() | st.text(LETTERS, max_size=300)
_ACTIONS = st.sampled_from(["SAVE", "REQUEST", "APPROVE", "REJECT"])

ACT = "POST /workflows/{workflowId}/actions"


@st.composite
def people(draw: st.DrawFn, groups: tuple[str, ...] = ()) -> Claims:
    """Somebody with any name, address and browser."""
    others = draw(st.lists(_NAMES, max_size=2))
    return Claims(
        draw(_USERS),
        draw(st.text(LETTERS, min_size=1, max_size=60)),
        draw(st.text(LETTERS, min_size=1, max_size=60)),
        (*groups, *others),
        draw(st.ip_addresses().map(str)),
        draw(st.text(LETTERS, max_size=200)),
    )


@st.composite
def stories(draw: st.DrawFn) -> tuple[Producer, Claims]:
    """A workflow after a creation and up to eight attempts to act on it; who requested it."""
    producer = Producer()
    group = draw(_NAMES.filter(lambda name: "," not in name and not name.startswith("[")))
    requester, approver = draw(people()), draw(people((group,)))
    users = draw(st.lists(_USERS, max_size=3, unique=True))
    groups = [
        group,
        *draw(st.lists(_NAMES, max_size=3, unique=True).filter(lambda names: group not in names)),
    ]
    scheme = {
        "name": "Any",
        "steps": [{"stepId": "approval", "name": "Any", "approvers": {"users": users, "groups": groups}}],
    }
    admin = Claims(str(uuid4()), groups=("admins",))
    producer.asked(admin, "PUT /schemes/{schemeId}", scheme, schemeId="any")

    first = {"actionType": draw(st.sampled_from(["SAVE", "REQUEST"])), "comment": draw(_COMMENTS)}
    body = {**first, "scheme": "any", "title": draw(_TITLES), "data": draw(_DATA)}
    workflow_id = producer.asked(requester, "POST /workflows", body).body["workflowId"]
    for _ in range(draw(st.integers(0, 8))):
        action = draw(_ACTIONS)
        body = {"actionType": action, "comment": draw(_COMMENTS)}
        if action in ("SAVE", "REQUEST"):
            body |= {"title": draw(_TITLES)} if draw(st.booleans()) else {}
            body |= {"data": draw(_DATA)} if draw(st.booleans()) else {}
        who = requester if action in ("SAVE", "REQUEST") else approver
        try:
            producer.asked(who, ACT, body, workflowId=workflow_id)
        except Refused:
            continue  # what a rule refuses makes no event
    return producer, requester
