"""Manifests of the deployed system: what was committed, as the manifest bucket has it, and sending events again."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.manifest import Manifest, manifest_key, manifest_name
from countersign_common.events.resend_request import RESEND_REQUEST, RESEND_REQUEST_TYPE, ResendRequest
from countersign_common.proof.commitment import data_hash

from harness.functions import deployed
from harness.producers import client_of, role_client
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

# Seconds: a minute, 30 until it is closed, 60 between two runs, and the run itself on a busy machine.
_TIMEOUT = 180


class Manifests:
    """The manifest bucket, read by the root user."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._client, self._bucket = cloud.client("s3"), cloud.outputs["manifest_bucket"]

    def texts_after(self, name: str) -> Iterator[str]:
        """Yield the manifests after a name, in order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix="manifests/", StartAfter=manifest_key(name)
        )
        for each in pages.search("Contents[]"):
            if each is not None:
                yield self._client.get_object(Bucket=self._bucket, Key=each["Key"])["Body"].read().decode()

    def covering(self, at: datetime) -> Manifest | None:
        """Return the manifest that covers a time; None if it is not published yet."""
        return next(map(Manifest.from_text, self.texts_after(manifest_name(at))), None)

    def wait_for(self, at: datetime) -> Manifest:
        """Return the manifest that covers a time, once the schedule has published it."""
        return wait_until(lambda: self.covering(at), timeout=_TIMEOUT, interval=1)


@pytest.fixture(scope="module")
def manifests(cloud: RunningCloud) -> Manifests:
    """The manifests of the cloud."""
    return Manifests(cloud)


def time_of(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["occurredAt"])


@pytest.mark.waits
def test_a_manifest_names_what_was_committed_and_the_state_of_its_workflows(
    scenario: Scenario, manifests: Manifests, stores: Stores
):
    data = {"purpose": "Zürich", "amount": 12.5}
    workflow_id = scenario.create_pending(data=data)
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    history = scenario.requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    found = [manifests.wait_for(time_of(entry)) for entry in history]
    for entry, manifest in zip(history, found, strict=True):
        (event,) = [each for each in manifest.events if each.event_id == entry["eventId"]]
        assert (event.workflow_id, event.sequence, event.hash) == (
            workflow_id,
            entry["sequence"],
            entry["hash"],
        )
    (state,) = [each for each in found[-1].workflows if each.workflow_id == workflow_id]
    assert (state.version, state.status, state.head_hash) == (2, "APPROVED", history[1]["hash"])
    content = stores.events(workflow_id)[1]["content"]
    assert state.data_hash == data_hash(content["salt"], '{"amount":12.5,"purpose":"Zürich"}')


@pytest.mark.waits
def test_every_closed_minute_has_one_manifest_that_is_linked_to_the_one_before(manifests: Manifests):
    now = datetime.now(UTC)
    manifests.wait_for(now - timedelta(minutes=1))
    texts = list(manifests.texts_after(""))
    parsed = [Manifest.from_text(text) for text in texts]
    assert [each.sequence for each in parsed] == list(range(1, len(parsed) + 1))
    for text, before, after in zip(texts, parsed, parsed[1:], strict=False):
        assert after.from_ == before.to
        assert after.previous_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert all(text == manifest.to_text() for text, manifest in zip(texts, parsed, strict=True))


@pytest.mark.waits
def test_a_minute_without_commits_has_a_manifest_without_events(manifests: Manifests):
    """The first one is: it covers the time before the deployment."""

    def is_there() -> bool:
        return any(not Manifest.from_text(text).events for text in manifests.texts_after(""))

    wait_until(is_there, timeout=_TIMEOUT, interval=5)


@pytest.mark.waits
def test_a_sweep_attests_every_workflow(scenario: Scenario, cloud: RunningCloud, manifests: Manifests):
    workflow_id = scenario.create_draft()
    (entry,) = scenario.requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    committed = manifests.wait_for(time_of(entry))

    def attested() -> bool:
        cloud.invoke(deployed(cloud, "workflow-publish-manifest"), {"sweep": 100_000})
        later = map(Manifest.from_text, manifests.texts_after(committed.name))
        return any(workflow_id in {each.workflow_id for each in manifest.workflows} for manifest in later)

    wait_until(attested, timeout=_TIMEOUT, interval=5)


def test_a_run_reports_how_old_the_newest_manifest_is(cloud: RunningCloud):
    result = cloud.invoke(deployed(cloud, "workflow-publish-manifest"), {"sweep": 0})
    assert result["manifests"] <= 1
    assert 30 <= result["lagSeconds"] <= 100


def test_no_one_but_the_function_writes_and_no_one_deletes_a_manifest(
    cloud: RunningCloud, manifests: Manifests
):
    key = manifest_key(Manifest.from_text(next(manifests.texts_after(""))).name)
    bucket, s3, iam = cloud.outputs["manifest_bucket"], cloud.client("s3"), cloud.client("iam")
    (version, *_) = s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]
    assert s3.head_object(Bucket=bucket, Key=key)["ObjectLockMode"] == "GOVERNANCE"
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key, VersionId=version["VersionId"])
    name = f"writer-{uuid4().hex[:12]}"
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=_policy(trust))["Role"]
    iam.put_role_policy(
        RoleName=name,
        PolicyName="all",
        PolicyDocument=_policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}),
    )
    try:
        other = client_of(cloud, role["Arn"], "s3")
        with pytest.raises(ClientError, match="AccessDenied"):
            other.put_object(Bucket=bucket, Key="manifests/9999-01-01T00:00:00Z.json", Body=b"{}")
    finally:
        iam.delete_role_policy(RoleName=name, PolicyName="all")
        iam.delete_role(RoleName=name)


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_a_record_that_the_audit_trail_lacks_is_sent_again(
    scenario: Scenario, stores: Stores, cloud: RunningCloud
):
    workflow_id = scenario.create_pending()
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    notified = wait_until(scenario.approver.list_notifications, timeout=10)
    stores.delete_record(record["datasetId"])
    request = CloudEvent(
        id=str(uuid4()),
        source="/countersign/audit",
        type=RESEND_REQUEST_TYPE,
        subject=f"workflow/{workflow_id}",
        time="2026-03-02T12:00:00.000Z",
        correlation_id="a-test",
        data=RESEND_REQUEST.dump(ResendRequest(workflow_id, 1, record["datasetId"])),
    )
    role_client(cloud, "audit-reconcile", "sqs").send_message(
        QueueUrl=cloud.outputs["workflow_requests_queue_url"], MessageBody=request.to_message().body
    )
    assert wait_until(lambda: stores.audit_records(workflow_id), timeout=10) == [record]
    assert scenario.approver.list_notifications() == notified
