"""If-Match guards a write; Idempotency-Key makes a retry safe."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario, scheme_of
from harness.stores import Stores
from local_cloud.people import Person


def _save(scenario: Scenario, workflow_id: str, title: str, **headers: str):
    body = {"actionType": "SAVE", "title": title}
    return scenario.requester.api.post(f"/workflows/{workflow_id}/actions", body, **headers)


def test_a_write_on_the_newest_version_is_made(scenario: Scenario):
    workflow_id = scenario.create_draft()
    assert _save(scenario, workflow_id, "Second", If_Match='"1"').expect(200).headers["etag"] == '"2"'


def test_a_write_on_a_stale_version_is_412_and_changes_nothing(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    _save(scenario, workflow_id, "Second").expect(200)
    expect_problem(_save(scenario, workflow_id, "Third", If_Match='"1"'), 412, "version-stale")
    expect_problem(_save(scenario, workflow_id, "Third", If_Match='"9"'), 412, "version-stale")
    assert scenario.requester.get_workflow(workflow_id)["title"] == "Second"
    assert len(stores.events(workflow_id)) == 2


def test_if_match_must_be_an_etag_of_this_api(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for value in ("1", 'W/"1"', '"one"', '"1", "2"'):
        answer = _save(scenario, workflow_id, "Second", If_Match=value)
        expect_problem(answer, 400)
        assert error_pointers(answer, "header") == {"/If-Match"}
    assert _save(scenario, workflow_id, "Second", If_Match="*").status == 200


def test_a_scheme_is_guarded_the_same_way(scenario: Scenario, admin: Person):
    path = f"/schemes/{scenario.scheme}"
    admin.api.put(path, scheme_of(groups=["approvers"], name="Two"), If_Match='"1"').expect(200)
    expect_problem(
        admin.api.put(path, scheme_of(groups=["approvers"], name="Three"), If_Match='"1"'),
        412,
        "version-stale",
    )
    assert admin.api.get(path).body["name"] == "Two"


def test_no_version_of_a_scheme_that_is_not_there_can_be_asked_for(admin: Person):
    path = f"/schemes/scheme-{uuid4().hex[:12]}"
    for value in ("*", '"0"', '"1"'):
        expect_problem(
            admin.api.put(path, scheme_of(groups=["approvers"]), If_Match=value), 412, "version-stale"
        )
    assert admin.api.get(path).status == 404


def test_the_same_creation_again_gets_the_first_answer_again(scenario: Scenario, stores: Stores):
    key = str(uuid4())
    body = {"actionType": "SAVE", "scheme": scenario.scheme, "title": "Train", "data": {"amount": 1}}
    first = scenario.requester.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    again = scenario.requester.api.post("/workflows", body, Idempotency_Key=key)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["etag"] == first.headers["etag"]
    assert len(stores.workflows_of(scenario.requester.user_id)) == 1


def test_the_same_action_again_gets_the_first_answer_even_when_things_moved_on(
    scenario: Scenario, stores: Stores
):
    workflow_id, key = scenario.create_draft(), str(uuid4())
    first = _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    _save(scenario, workflow_id, "Third").expect(200)
    again = _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    assert again.body == first.body
    assert len(stores.events(workflow_id)) == 3


def test_a_key_that_was_used_for_another_request_is_422(scenario: Scenario, stores: Stores):
    workflow_id, other, key = scenario.create_draft(), scenario.create_draft(), str(uuid4())
    _save(scenario, workflow_id, "Second", Idempotency_Key=key).expect(200)
    for answer in (
        _save(scenario, workflow_id, "Third", Idempotency_Key=key),
        _save(scenario, other, "Second", Idempotency_Key=key),
    ):
        expect_problem(answer, 422, "idempotency-key-reused")
        assert error_pointers(answer, "header") == {"/Idempotency-Key"}
    assert len(stores.events(workflow_id)) == 2
    assert len(stores.events(other)) == 1


def test_keys_are_each_persons_own(scenario: Scenario, stores: Stores):
    key, colleague = str(uuid4()), scenario.add_approver()
    body = {"actionType": "SAVE", "scheme": scenario.scheme, "title": "Train", "data": {}}
    one = scenario.requester.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    other = colleague.api.post("/workflows", body, Idempotency_Key=key).expect(201)
    assert one.body["workflowId"] != other.body["workflowId"]


def test_a_refused_request_uses_up_no_key(scenario: Scenario):
    workflow_id, key = scenario.create_pending(), str(uuid4())
    path = f"/workflows/{workflow_id}/actions"
    expect_problem(
        scenario.approver.api.post(path, {"actionType": "REJECT"}, Idempotency_Key=key),
        422,
        "comment-missing",
    )
    body = {"actionType": "REJECT", "comment": "No receipt"}
    scenario.approver.api.post(path, body, Idempotency_Key=key).expect(200)


def test_a_bad_key_is_400(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for key in ("x" * 129, "with blank", ""):
        answer = _save(scenario, workflow_id, "Second", Idempotency_Key=key)
        expect_problem(answer, 400)
        assert error_pointers(answer, "header") == {"/Idempotency-Key"}


def test_a_request_sent_eight_times_at_once_is_done_once(scenario: Scenario, stores: Stores):
    workflow_id, key = scenario.create_draft(), str(uuid4())

    def send(_: int):
        body = {"actionType": "SAVE", "title": "Second"}
        api = scenario.cloud.api(scenario.requester.id_token)
        return api.post(f"/workflows/{workflow_id}/actions", body, Idempotency_Key=key)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {answer.status for answer in answers} == {200}
    assert {answer.body["version"] for answer in answers} == {2}
    assert len(stores.events(workflow_id)) == 2
