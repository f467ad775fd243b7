"""A company at work: people, schemes, and workflows in every state, for those who look at the console."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from local_cloud.people import Person, create_user, sign_in
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

_PASSWORD = "Correct-horse-7"
_GROUPS = {"finance": "Approve expenses and purchases", "legal": "Approve contracts"}
_PEOPLE = {
    "anna": ("Anna Keller", []),
    "bruno": ("Bruno Meier", ["finance", "legal"]),
    "chiara": ("Chiara Rossi", ["finance"]),
    "max": ("Maximilian Alexander von Hohenstein-Waldburg", ["legal"]),
    "newcomer": ("Noor Haddad", []),
    "former": ("Felix Brunner", []),
    "ines": ("Ines Vogel", ["auditors"]),
    "dana": ("Dana Novak", ["admins"]),
}

_ITEMS = [
    {"article": "Laptop 14 inch, 32 GB", "quantity": 4, "price": 1890},
    {"article": "Docking station", "quantity": 4, "price": 219.5},
    {"article": "Monitor 27 inch", "quantity": 2, "price": 449},
]
_LAPTOPS = {
    "amount": 9336,
    "currency": "CHF",
    "supplier": "Nordwind Systems AG",
    "items": _ITEMS,
    "delivery": {
        "address": {"street": "Hafenstrasse 12", "city": "Basel"},
        "by": "2026-12-18",
        "express": False,
    },
}
_REASONS = """The current contract with the carrier ends in March. Three carriers sent an offer.

1. Nordwind: the lowest price per pallet, and pickup every day.
2. Alpentrans: 4 % more expensive, pickup twice a week.
3. Rheinfracht: the lowest price for parcels, but no express delivery.

We propose Nordwind for two years, with the option of one more year at the same price."""
_CONTRACT = {
    "supplier": "Nordwind Logistik GmbH & Co. Kommanditgesellschaft für internationale Speditionsdienstleistungen",
    "reasons": _REASONS,
    "volume": 248_000.75,
    "currency": "EUR",
    "start": "2027-04-01",
    "contacts": ["procurement@example.com", "legal@example.com"],
}
_UNBROKEN = {"reference": "R" * 240, "url": f"https://example.com/{'very-long-path/' * 12}", "amount": 12.5}
_LARGE = {f"cost center {number}": number * 137.25 for number in range(1, 81)}

_INBOX = (
    ("Train to Zurich and back", "travel", {"amount": 96, "currency": "CHF", "purpose": "customer visit"}),
    ("Hotel in Lugano, three nights", "travel", {"amount": 612.4, "currency": "CHF", "nights": 3}),
    (
        "Office chairs for the second floor",
        "purchase",
        {"amount": 3150, "supplier": "Sitzgut", "quantity": 9},
    ),
    ("Translation of the annual report", "purchase", {"amount": 4800, "language": "French", "pages": 96}),
    ("Team dinner after the release", "travel", {"amount": 540, "people": 12, "external": False}),
    ("License of the drawing program", "purchase", {"amount": 1188, "seats": 11, "months": 12}),
)


@dataclass(frozen=True)
class Company:
    """People who have worked with Countersign for a while.

    Attributes:
        people: Signed in, by the first name in lower case.
        ids: Workflows, by a short name.
    """

    cloud: RunningCloud = field(repr=False)
    people: dict[str, Person]
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def create(cls, cloud: RunningCloud) -> "Company":
        """Create people, schemes, and workflows. On a cloud that has them, there are more workflows afterward."""
        _create_groups(cloud)
        company = cls(cloud, {key: _person(cloud, key) for key in _PEOPLE})
        company._create_schemes()
        company._create_workflows()
        return company

    def request(self, title: str, scheme: str = "travel", person: str = "anna", **body: Any) -> str:
        """Request an approval and return the workflow's id."""
        created = self.people[person].create_workflow(scheme, "REQUEST", title=title, **body)
        return str(created.body["workflowId"])

    def act(self, person: str, workflow: str, action_type: str, **body: Any) -> None:
        """Perform an action on the current version of a workflow with a short name."""
        self.people[person].act(self.ids[workflow], action_type, **body).expect(200)

    def erase_former_colleague(self) -> None:
        """Have the data of a person erased, set a retention period, and place a legal hold. Takes a minute."""
        dana, former = self.people["dana"].api, self.people["former"]
        body = {"userId": former.user_id, "parts": ["person", "content"], "reason": "Request 4711"}
        dana.post("/audit-trail/erasures", body, Idempotency_Key=str(uuid4())).expect(202)
        dana.put("/audit-trail/retention/travel", {"days": 3_650, "reason": "Tax law"}).expect(200, 201)
        hold = {"reason": "Lawsuit 12/2026 against the carrier"}
        dana.put(f"/audit-trail/holds/{self.ids['contract']}", hold).expect(200, 201)
        wait_until(
            lambda: self.people["dana"].get_workflow(self.ids["erased"]).get("contentErased"),
            timeout=240,
            what="the erased workflow",
            interval=1,
        )

    def wait_for_audit_trail(self) -> None:
        """Wait until the newest record can be found, is in the log, and everything is notified."""
        self.cloud.invoke_when_free("audit-seal-checkpoint")
        ines, last = self.people["ines"].api, self.ids["last"]

        def record_id() -> str | None:
            items = ines.get("/audit-trail", workflowId=last).expect(200).body["items"]
            return str(items[0]["datasetId"]) if items else None

        self.ids["record"] = wait_until(record_id, timeout=120, what="the newest audit record", interval=0.5)

        def is_sealed() -> bool:
            self.cloud.invoke_when_free("audit-seal-checkpoint")
            verification = ines.get(f"/workflows/{last}/verification").expect(200).body
            return bool(verification["sealed"] == verification["events"])

        wait_until(is_sealed, timeout=120, what="the newest checkpoint", interval=1)

    def _create_schemes(self) -> None:
        dana, max_id = self.people["dana"].api, self.people["max"].user_id
        for scheme, name, users, groups in (
            ("travel", "Travel expenses", [], ["finance"]),
            ("purchase", "Purchases", [], ["approvers"]),
            ("purchase", "Purchase order", [], ["finance"]),
            ("purchase", "Purchase order", [max_id], ["finance"]),
            ("contract", "Contracts with suppliers of goods and services", [max_id], ["legal"]),
        ):
            step = {"stepId": "approval", "name": "Approval", "approvers": {"users": users, "groups": groups}}
            dana.put(f"/schemes/{scheme}", {"name": name, "steps": [step]}).expect(200, 201)

    def _create_workflows(self) -> None:
        anna = self.people["anna"]
        self.ids["erased"] = self.request("Taxi to the airport", person="former", data={"amount": 48})
        self.ids["contract"] = self.request(
            "Framework contract for the transport of goods with Nordwind Logistik, 2027 to 2029",
            "contract",
            data=_CONTRACT,
            comment="The offers are in the folder of the project.\nLegal has seen the draft.",
        )
        self.act("max", "contract", "APPROVE", comment="Clause 7 is as we agreed.")
        self.ids["rejected"] = self.request("Conference in Lisbon", data={"amount": 1480, "days": 4})
        self.act("bruno", "rejected", "REJECT", comment="Please add the program, and book before May.")
        draft = anna.create_workflow("purchase", title="Coffee machine for the kitchen", data={"amount": 890})
        self.ids["draft"] = str(draft.body["workflowId"])
        self.ids["unbroken"] = self.request("Unbroken" * 20, data=_UNBROKEN)
        self.ids["large"] = self.request("Distribution of the rent", "purchase", "newcomer", data=_LARGE)
        for title, scheme, data in _INBOX:
            self.ids["last"] = self.request(title, scheme, data=data)
        self.act("chiara", "last", "APPROVE")
        before = {**_LAPTOPS, "amount": 10_120, "supplier": "Helvetic Hardware"}
        comment = "Four people start in January."
        self.ids["laptops"] = self.request(
            "Laptops for the design team", "purchase", data=before, comment=comment
        )
        self.act(
            "bruno", "laptops", "REJECT", comment="Nordwind Systems is cheaper. Do we need them this year?"
        )
        comment = "Nordwind Systems matches the price, and delivers before Christmas."
        self.act("anna", "laptops", "REQUEST", data=_LAPTOPS, comment=comment)


def _create_groups(cloud: RunningCloud) -> None:
    cognito, pool = cloud.client("cognito-idp"), cloud.outputs["user_pool_id"]
    for group, description in _GROUPS.items():
        try:
            cognito.create_group(UserPoolId=pool, GroupName=group, Description=description)
        except cognito.exceptions.GroupExistsException:
            continue


def _person(cloud: RunningCloud, key: str) -> Person:
    """Return a person, who is created if necessary."""
    name, groups = _PEOPLE[key]
    cognito, email = cloud.client("cognito-idp"), f"{key}@company.example"
    try:
        cognito.admin_get_user(UserPoolId=cloud.outputs["user_pool_id"], Username=email)
    except cognito.exceptions.UserNotFoundException:
        create_user(cloud, name, email, _PASSWORD, groups)
    return sign_in(cloud, name, email, _PASSWORD)
