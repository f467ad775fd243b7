"""A deployment that has to start again."""

import json
from pathlib import Path
from typing import Any

import pytest

from local_cloud import terraform_process
from local_cloud.cloud import Cloud
from local_cloud.errors import CloudError
from local_cloud.progress import Progress
from local_cloud.state import StateFolder
from local_cloud.terraform import LostResponseError, Terraform


@pytest.mark.parametrize(
    ("message", "applied_before", "expected"),
    [
        ("Resource server audit already exists.", False, LostResponseError),
        ("Resource server audit already exists.", True, CloudError),
        ("Access denied.", False, CloudError),
    ],
)
def test_a_first_apply_that_finds_an_existing_resource_has_lost_a_response(
    message: str,
    applied_before: bool,
    expected: type[CloudError],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = StateFolder("demo", tmp_path)
    terraform = Terraform(state, state.read_or_create(), tmp_path)
    if applied_before:
        (state.path / "outputs.json").write_text("{}")

    def fail(_command: list[str], *, on_start: Any, on_line: Any, **_: Any) -> int:
        on_start(None)
        on_line(json.dumps({"type": "diagnostic", "diagnostic": {"severity": "error", "summary": message}}))
        return 1

    monkeypatch.setattr(terraform_process, "run", fail)
    monkeypatch.setattr(
        Terraform, "_note_process", lambda self, _: self._record.processes.update(terraform=None)
    )
    with pytest.raises(CloudError) as raised:
        terraform._run_with_events("apply", lambda _: None)
    assert type(raised.value) is expected


def test_a_deployment_that_lost_a_response_starts_again_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def deploy(*_: Any, **__: Any) -> Any:
        steps.append("deploy")
        raise LostResponseError("terraform apply failed")

    monkeypatch.setattr("local_cloud.cloud.require", lambda _: None)
    monkeypatch.setattr(Cloud, "_deploy", deploy)
    monkeypatch.setattr(Cloud, "_wipe", lambda _: steps.append("wipe"))
    with pytest.raises(LostResponseError):
        Cloud(StateFolder("demo", tmp_path), Progress()).up()
    assert steps == ["deploy", "wipe", "deploy"]
