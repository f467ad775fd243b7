"""The erasure of a user from the deployed system: nothing is left anywhere, and everything can still be verified.

A job scans at least twice, with two minutes between the scans, so one story serves all tests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.aws.sqs import send_arguments

from harness.dump import Dump
from harness.integrity import Integrity
from harness.problems import expect_problem
from harness.producers import role_client
from harness.scenario import Scenario, new_person, scheme_of, sign_in_again
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from story.expense import get_evidence, verify_offline

ERASURES = "/audit-trail/erasures"
# Seconds: two scans, two minutes between them, and a queue for each step.
DONE_WITHIN = 420
# The queues, and the function that reads each.
_CONSUMERS = {
    "audit_trail": "audit-create-audit-trail",
    "notifications": "notifications-send-notifications",
}

# In one worker with the tests that take dead letters: this one puts some into the dead-letter queues.
pytestmark = pytest.mark.xdist_group("queues")


@dataclass(frozen=True)
class Texts:
    """Texts that are nowhere else.

    Attributes:
        person: Of the erased user.
        content: Of the workflows that the user requested, and of the user's decision.
        kept: Of others.
    """

    person: Mapping[str, str]
    content: Mapping[str, str]
    kept: Mapping[str, str]

    @property
    def erased(self) -> list[str]:
        return [*self.person.values(), *self.content.values()]


def _texts(*names: str) -> dict[str, str]:
    return {name: f"{name}{uuid4().hex}" for name in names}


@dataclass(frozen=True)
class Story:
    """What was erased, and what was kept.

    Attributes:
        user: The erased user: requester of `own` and `held`, approver of `decided`, author of a scheme.
        approver: Of the user's workflows.
        own: The user's workflow: SAVE, REQUEST, REJECT, SAVE, REQUEST. Pending.
        decided: Another user's workflow, which the user has rejected: REQUEST, REJECT, then SAVE.
        held: The user's workflow with a legal hold.
        records: The records of `own` and `decided` before the erasure, by datasetId.
        before: Where each text was found before the erasure.
        preview: The response of the dry run.
        job: The erasure when it was done.
    """

    user: Person
    approver: Person
    other: Person
    texts: Texts
    held_texts: Mapping[str, str]
    own: str
    decided: str
    held: str
    scheme: str
    records: dict[str, dict[str, Any]] = field(repr=False)
    before: dict[str, set[str]] = field(repr=False)
    preview: dict[str, Any]
    job: dict[str, Any]


@pytest.fixture(scope="module")
def story(cloud: RunningCloud, stores: Stores) -> Iterator[Story]:
    """Create the workflows, wait until everything is stored, and erase the user."""
    scenario = Scenario.create(cloud)
    texts = Texts(
        person=_texts("name"),
        content=_texts("title", "retitle", "data", "redata", "comment", "recomment", "rejection", "decision"),
        kept=_texts("othertitle", "otherdata", "latertitle"),
    )
    held_texts = _texts("heldtitle", "helddata")
    user = new_person(cloud, texts.person["name"], "admins")
    other = new_person(cloud, "Olga")
    own = _own_workflow(scenario, user, texts)
    decided = _decided_workflow(user, other, texts)
    held = _create(user, scenario.scheme, held_texts["heldtitle"], held_texts["helddata"])
    scheme = f"scheme-{uuid4().hex[:12]}"
    user.api.put(f"/schemes/{scheme}", scheme_of(groups=[scenario.group])).expect(201)
    admin = cloud.sign_in("admin")
    hold = {"reason": "Litigation"}
    admin.api.put(f"/audit-trail/holds/{held}", hold).expect(200)

    for workflow_id, events in ((own, 5), (decided, 3), (held, 1)):
        wait_until(
            lambda each=workflow_id, count=events: len(stores.audit_records(each)) == count, timeout=30
        )
    wait_until(user.list_notifications, timeout=30)
    wait_until(scenario.approver.list_notifications, timeout=30)
    _put_into_dead_letter_queues(cloud, stores, own)
    records = {
        each["datasetId"]: each for workflow in (own, decided) for each in stores.audit_records(workflow)
    }
    wait_until(lambda: all(stores.searchable(dataset_id) for dataset_id in records), timeout=30)
    before = _places_before(cloud, [*texts.erased, *texts.kept.values(), *held_texts.values()], own)

    body = {"userId": user.user_id, "parts": ["person", "content"], "reason": "The user asked for it"}
    preview = admin.api.post(ERASURES, body | {"dryRun": True}).expect(200).body
    accepted = admin.api.post(ERASURES, body).expect(202)
    job = _wait_until_done(cloud, accepted.body["erasureId"])
    yield Story(
        user=user,
        approver=scenario.approver,
        other=other,
        texts=texts,
        held_texts=held_texts,
        own=own,
        decided=decided,
        held=held,
        scheme=scheme,
        records=records,
        before=before,
        preview=preview,
        job=job,
    )
    cloud.sign_in("admin").api.request("DELETE", f"/audit-trail/holds/{held}", json=hold)


@pytest.fixture
def people(story: Story) -> Story:
    """Return the story with new tokens. A token expires after 15 minutes."""
    return replace(
        story,
        user=sign_in_again(story.user),
        approver=sign_in_again(story.approver),
        other=sign_in_again(story.other),
    )


def _own_workflow(scenario: Scenario, user: Person, texts: Texts) -> str:
    content = texts.content
    own = str(
        user.create_workflow(
            scenario.scheme, title=content["title"], data={"text": content["data"] * 40}
        ).body["workflowId"]
    )
    user.act(own, "REQUEST", comment=content["comment"] * 30).expect(200)
    scenario.approver.act(own, "REJECT", comment=content["rejection"]).expect(200)
    user.act(own, "SAVE", title=content["retitle"], data={"text": content["redata"]}).expect(200)
    user.act(own, "REQUEST", comment=content["recomment"]).expect(200)
    return own


def _decided_workflow(user: Person, other: Person, texts: Texts) -> str:
    """Return a workflow that the user has rejected and whose requester has changed it since."""
    scheme = f"scheme-{uuid4().hex[:12]}"
    admin = user.cloud.sign_in("admin")
    admin.api.put(f"/schemes/{scheme}", scheme_of(users=[user.user_id])).expect(201)
    decided = _create(other, scheme, texts.kept["othertitle"], texts.kept["otherdata"])
    user.act(decided, "REJECT", comment=texts.content["decision"]).expect(200)
    other.act(decided, "SAVE", title=texts.kept["latertitle"]).expect(200)
    return decided


def _create(by: Person, scheme: str, title: str, text: str) -> str:
    return str(by.create_workflow(scheme, "REQUEST", title=title, data={"text": text}).body["workflowId"])


def _put_into_dead_letter_queues(cloud: RunningCloud, stores: Stores, workflow_id: str) -> None:
    """Put an event's messages into the dead-letter queues, as if their consumers had failed."""
    messages = stores.messages_of(workflow_id, 2)
    for queue, function in _CONSUMERS.items():
        role_client(cloud, function, "sqs").send_message(
            QueueUrl=cloud.outputs[f"{queue}_dlq_url"], **send_arguments(messages[queue])
        )


def _places_before(cloud: RunningCloud, texts: list[str], own: str) -> dict[str, set[str]]:
    """Return where the texts are, while both dead letters can be received.

    The erasures of other tests receive every dead letter, which hides it for a moment.
    """

    def places() -> dict[str, set[str]] | None:
        found = Dump(cloud).places_of([*texts, own])
        dead_letters = {each.split(":")[0] for each in found.pop(own, set()) if "-dlq: " in each}
        return found if len(dead_letters) == len(_CONSUMERS) else None

    return wait_until(places, timeout=150, interval=1, what="both dead letters")


def _wait_until_done(cloud: RunningCloud, erasure_id: str) -> dict[str, Any]:
    def job() -> dict[str, Any] | None:
        # A token can expire while the job runs.
        found: dict[str, Any] = cloud.sign_in("auditor").api.get(f"{ERASURES}/{erasure_id}").expect(200).body
        assert found["state"] != "FAILED", found
        return found if found["state"] == "DONE" else None

    return wait_until(job, timeout=DONE_WITHIN, interval=2, what="the erasure")


def _wait_until_gone(cloud: RunningCloud, texts: list[str], known: set[str] | None = None) -> None:
    """Wait until texts are nowhere: the other services remove their copies a moment after the job is done.

    Args:
        known: Places that may have them.
    """

    def is_gone() -> bool:
        nonlocal left
        found = Dump(cloud).places_of(texts)
        left = {
            text: places - (known or set()) for text, places in found.items() if places - (known or set())
        }
        return not left

    left: dict[str, set[str]] = {}
    try:
        wait_until(is_gone, timeout=60, interval=3)
    except Exception:
        assert left == {}
        raise


def _held_places(story: Story) -> set[str]:
    """Return where the held workflow is: there the user's name stays."""
    return {
        place
        for places in Dump(story.user.cloud).places_of([*story.held_texts.values(), story.held]).values()
        for place in places
    }


def test_before_the_erasure_every_text_was_in_the_stores_that_the_dump_shows(story: Story):
    missing = {
        *story.texts.erased,
        *story.texts.kept.values(),
        *story.held_texts.values(),
    } - story.before.keys()
    assert missing == set()

    def stores_of(text: str) -> str:
        return " ".join(sorted(story.before[text]))

    content, outputs = story.texts.content, story.user.cloud.outputs
    tables = [outputs[name] for name in ("workflow_table", "audit_trail_table", "notifications_table")]
    with_names = [*tables, "audit-trail-dlq", "notifications-dlq"]
    assert [each for each in with_names if each not in stores_of(story.texts.person["name"])] == []
    # The index has no names, and of the content only title and comment.
    with_comments = [*with_names, "index audit-trail"]
    assert [each for each in with_comments if each not in stores_of(content["comment"])] == []
    for text in content.values():
        assert [each for each in tables[:2] if each not in stores_of(text)] == []


def test_the_dry_run_counted_what_was_erased_and_held(story: Story):
    """The user's own records: 4 in their workflow, 1 decision. Content of all 5 in their workflow, and the decision."""
    assert (story.preview["erasureId"], story.preview["state"]) == (None, "DRY_RUN")
    assert (story.preview["person"], story.preview["content"], story.preview["records"]) == (5, 6, 6)
    assert (story.preview["workflows"], story.preview["complete"]) == (2, True)
    assert story.preview["held"]["count"] == 1


def test_the_job_counts_what_it_erased_and_names_the_workflows_that_are_held(story: Story):
    assert story.job["erased"] == {"person": 5, "content": 6}
    assert story.job["held"] == {"count": 1, "workflowIds": [story.held]}


def test_nothing_that_was_erased_is_in_any_table_index_bucket_or_queue(story: Story, cloud: RunningCloud):
    held = _held_places(story)
    _wait_until_gone(cloud, list(story.texts.content.values()))
    _wait_until_gone(cloud, [story.texts.person["name"]], known=held)
    left = Dump(cloud).places_of([story.user.email, story.user.name])
    assert {place for places in left.values() for place in places} <= held


def test_what_was_not_erased_is_still_there(story: Story, cloud: RunningCloud):
    kept = {*story.texts.kept.values(), *story.held_texts.values()}
    found = Dump(cloud).places_of(kept)
    assert found.keys() == kept
    for text in story.held_texts.values():
        assert found[text] == story.before[text]
    # A decision's record and notification have the title and the data of the workflow that was decided.
    for text in story.texts.kept.values():
        assert found[text] <= story.before[text]
        tables = {place.partition(":")[0] for place in found[text]}
        assert {f"table {cloud.outputs[name]}" for name in ("workflow_table", "audit_trail_table")} <= tables


def test_the_workflow_shows_that_it_was_erased_and_accepts_no_action(people: Story):
    for person in (people.user, people.approver):
        workflow = person.get_workflow(people.own)
        assert workflow["requester"] == {"userId": people.user.user_id, "name": "", "erased": True}
        assert (workflow["title"], workflow["data"], workflow["contentErased"]) == ("", {}, True)
        assert (workflow["status"], workflow["version"], workflow["allowedActions"]) == ("PENDING", 5, [])
    expect_problem(people.approver.act(people.own, "APPROVE", if_match=5), 409, "content-erased")
    waiting = people.approver.api.get("/workflows", view="inbox", limit=100).expect(200).body["items"]
    assert people.own not in {each["workflowId"] for each in waiting}


def test_the_history_shows_what_was_erased(people: Story):
    entries = people.user.api.get(f"/workflows/{people.own}/history").expect(200).body["items"]
    assert [entry["sequence"] for entry in entries] == [1, 2, 3, 4, 5]
    for entry in entries:
        assert (entry["title"], entry["comment"], entry["contentErased"]) == ("", None, True)
        is_users = entry["actionOwner"]["id"] == people.user.user_id
        assert entry["actionOwner"].get("erased", False) is is_users


def test_a_decision_in_another_workflow_is_erased_and_the_workflow_can_continue(people: Story):
    workflow = people.other.get_workflow(people.decided)
    assert workflow["title"] == people.texts.kept["latertitle"]
    assert "contentErased" not in workflow
    entries = people.other.api.get(f"/workflows/{people.decided}/history").expect(200).body["items"]
    assert [entry.get("contentErased", False) for entry in entries] == [False, True, False]
    assert [entry["actionOwner"].get("erased", False) for entry in entries] == [False, True, False]


def test_notifications_show_what_was_erased(people: Story):
    to_the_approver = [
        each for each in people.approver.list_notifications() if each["workflowId"] == people.own
    ]
    assert len(to_the_approver) == 2
    for each in to_the_approver:
        assert (each["title"], each["comment"], each["contentErased"]) == ("", None, True)
        assert each["actionOwner"]["erased"] is True
    [to_the_other] = people.other.list_notifications()
    assert (to_the_other["type"], to_the_other["contentErased"]) == ("REJECTED", True)
    assert to_the_other["actionOwner"]["erased"] is True


def test_the_author_of_a_scheme_is_erased(story: Story, admin: Person):
    scheme = admin.api.get(f"/schemes/{story.scheme}").expect(200).body
    assert scheme["createdBy"] == {"userId": story.user.user_id, "name": "", "erased": True}


def test_a_record_says_which_event_has_erased_it(story: Story, auditor: Person):
    [erased_by] = {
        part["erasedBy"]
        for dataset_id in story.records
        for part in auditor.api.get(f"/audit-trail/{dataset_id}").expect(200).body["erased"]
    }
    event = auditor.api.get(f"/audit-trail/{erased_by}").expect(200).body
    assert (event["sealed"]["actionType"], event["sealed"]["target"]["id"]) == ("ERASE", story.user.user_id)
    named = {each["datasetId"]: set(each["parts"]) for each in event["content"]["after"]["erased"]}
    expected = {
        dataset_id: {"person", "content"} if _is_by(record, story.user) else {"content"}
        for dataset_id, record in story.records.items()
        if _is_by(record, story.user) or record["workflowId"] == story.own
    }
    assert named == expected


def _is_by(record: dict[str, Any], person: Person) -> bool:
    return f'"actionOwner":{{"id":"{person.user_id}"' in record["sealed"]


def test_every_workflow_is_valid_and_the_offline_verifier_says_what_was_erased(
    story: Story, cloud: RunningCloud, auditor: Person
):
    for workflow_id, events, erased in ((story.own, 5, 9), (story.decided, 3, 2), (story.held, 1, 0)):

        def is_sealed(workflow_id: str = workflow_id, events: int = events) -> bool:
            cloud.invoke_when_free("audit-seal-checkpoint")
            verification = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
            assert (verification["verdict"], verification["findings"]) == ("valid", [])
            return bool(verification["sealed"] == events)

        wait_until(is_sealed, timeout=60)
        done = verify_offline(get_evidence(auditor.api, workflow_id), cloud.outputs["log_vkey"])
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert done.stdout.count("erased by") == erased, done.stdout


def test_reconciliation_finds_nothing_and_a_record_that_is_sent_again_lacks_what_was_erased(
    story: Story, cloud: RunningCloud, stores: Stores, auditor: Person
):
    integrity = Integrity(cloud, auditor)
    newest = max(record["sealed"].partition('"occurredAt":"')[2][:24] for record in story.records.values())
    integrity.wait_until_checked(newest)
    ours = {story.own, story.decided, *story.records}
    integrity.run()
    assert {each["subject"]: each["code"] for each in integrity.findings() if each["subject"] in ours} == {}

    dataset_id = next(key for key, record in story.records.items() if record["workflowId"] == story.own)
    stored = next(each for each in stores.audit_records(story.own) if each["datasetId"] == dataset_id)
    stores.delete_record(dataset_id)
    stores.delete_searchable(dataset_id)
    # This run, or a scheduled one before it, asks for the record.
    integrity.run()
    back = wait_until(
        lambda: [each for each in stores.audit_records(story.own) if each["datasetId"] == dataset_id],
        timeout=30,
    )
    assert back == [stored]
    assert not {"person", "content"} & back[0].keys()
    integrity.run()
    assert integrity.codes_of(dataset_id) == set()
    assert integrity.codes_of(dataset_id, "resolved") == {"missing"}
    assert Dump(cloud).places_of(story.texts.content.values()) == {}
