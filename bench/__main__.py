"""Measure everything on a separate local cloud and print it as Markdown: `python -m bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

# The local cloud's code is not an installed package.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from bench.imports import FIRST_REQUESTS, cold_import
from local_cloud.cloud import Cloud
from local_cloud.environment import isolated_environment
from local_cloud.progress import Progress
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from repository import ROOT, STATE

GOALS = {"action": 1.5, "ingest": 1.5, "sealing": 1.5, "workflow": 1.5, "notifications": 1.5, "audit": 2.0}
VERIFICATION_GOAL = 1.5
ZIP_GOALS_MB = {"workflow": 2, "notifications": 2, "audit": 5}
MEASURED = {"action": "workflow-api", "ingest": "audit-create-audit-trail"}


def main(
    keep: Annotated[bool, typer.Option(help="Keep the cloud running for the next run.")] = False,
) -> None:
    """Measure an action, ingest, sealing, cold imports and zip sizes."""
    isolated_environment(os.environ)
    progress = Progress()
    cloud = Cloud.named("bench", progress)
    try:
        running = cloud.up()
        for name, function in MEASURED.items():
            with progress.step(f"Measuring {name}"):
                measured = _measured(name, running, function)
            _print_ratios(name, measured)
        with progress.step("Measuring verification"):
            measured = _run("verification", {**os.environ, "AWS_DEFAULT_REGION": running.region})
        _print_verification(measured)
        with progress.step("Measuring sealing"):
            sealing = _measured("sealing", running, "audit-seal-checkpoint")
        _print_sealing(sealing)
        with progress.step("Measuring cold imports"):
            imports = _imports(running, cloud_python(progress))
        _print_imports(imports)
        _print_zips()
    finally:
        if not keep:
            cloud.wipe()


def _environment(running: RunningCloud, function: str) -> dict[str, str]:
    """Return the deployed function's environment, with its role's credentials: queues accept no other sender."""
    configured = running.client("lambda").get_function_configuration(
        FunctionName=running.outputs["function_names"][function]
    )
    variables: dict[str, str] = configured["Environment"]["Variables"]
    sts = running.client("sts")
    keys = sts.assume_role(RoleArn=configured["Role"], RoleSessionName="bench")["Credentials"]
    return variables | {
        "AWS_REGION": running.region,
        "AWS_DEFAULT_REGION": running.region,
        "AWS_ENDPOINT_URL": running.endpoint,
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


def _measured(name: str, running: RunningCloud, function: str) -> Any:
    return _run(name, {**os.environ, **_environment(running, function)})


def _run(name: str, environment: dict[str, str]) -> Any:
    command = [sys.executable, "-m", f"bench.{name}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench.{name} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _imports(running: RunningCloud, python: Path) -> list[tuple[Any, float | None]]:
    """Return the imports with their goals. A first request has none."""
    found: list[tuple[Any, float | None]] = []
    for function, deployed in sorted(running.outputs["function_names"].items()):
        service = function.split("-")[0]
        configured = running.client("lambda").get_function_configuration(FunctionName=deployed)
        archive = STATE / "zips" / f"{service}.zip"
        handler, environment = configured["Handler"], _environment(running, function)
        found.append((cold_import(python, function, handler, archive, environment), GOALS[service]))
        for name, request in FIRST_REQUESTS.get(function, {}).items():
            label = f"{function} {name}"
            found.append((cold_import(python, label, handler, archive, environment, request), None))
    return found


def _print_ratios(name: str, measured: dict[str, Any]) -> None:
    each, events = ("action", 1) if name == "action" else ("batch of ten", 10)
    print(f"\n| {name} | calls | CPU ms per {each} | per event | bare botocore | ratio | rounds | goal |")
    print("|---|---|---|---|---|---|---|---|")
    for case, found in measured.items():
        calls = " ".join(found["calls"])
        spread = f"{found['lowest']:.2f}-{found['highest']:.2f}"
        print(
            f"| {case} | {calls} | {found['milliseconds']:.2f} | {found['milliseconds'] / events:.2f} "
            f"| {found['floor_milliseconds']:.2f} "
            f"| {found['ratio']:.2f} | {spread} | ≤ {GOALS[name]} |"
        )


def _print_verification(measured: dict[str, Any]) -> None:
    print("\n| verification of 1,000 events | CPU ms | JSON and SHA-256 | ratio | rounds | goal |")
    print("|---|---|---|---|---|---|")
    for case, found in measured.items():
        if "ratio" in found:
            spread = f"{found['lowest']:.2f}-{found['highest']:.2f}"
            print(
                f"| {case} | {found['milliseconds']:.1f} | {found['floor_milliseconds']:.1f} "
                f"| {found['ratio']:.2f} | {spread} | ≤ {VERIFICATION_GOAL} |"
            )
    for case, found in measured.items():
        if "peak_mb" in found:
            print(
                f"\n{case}: {found['cpu_seconds']:.1f} s of CPU, {found['peak_mb']:.0f} MB at most, "
                f"{found['idle_mb']:.0f} MB before"
            )


def _print_sealing(found: dict[str, Any]) -> None:
    spread = f"{found['lowest']:.2f}-{found['highest']:.2f}"
    print(
        "\n| sealing | CPU µs per entry | SHA-256 and bare botocore | ratio | rounds | goal | seconds "
        "| bytes per entry in S3 | in DynamoDB |\n|---|---|---|---|---|---|---|---|---|"
    )
    print(
        f"| {found['entries']:,} entries | {found['microseconds']:.0f} | {found['floor_microseconds']:.0f} "
        f"| {found['ratio']:.2f} | {spread} | ≤ {GOALS['sealing']} | {found['seconds']:.1f} "
        f"| {found['bucket_bytes']:.0f} | {found['table_bytes']:.0f} |"
    )
    print("\nCalls: " + ", ".join(f"{count} {name}" for name, count in sorted(found["calls"].items())) + ".")


def _print_imports(imports: list[tuple[Any, float | None]]) -> None:
    print("\n| function | cold import, CPU ms | boto3 and one client | ratio | goal |\n|---|---|---|---|---|")
    for found, goal in imports:
        limit = "" if goal is None else f"≤ {goal}"
        print(
            f"| {found.function} | {found.milliseconds:.0f} | {found.floor_milliseconds:.0f} "
            f"| {found.ratio:.2f} | {limit} |"
        )


def _print_zips() -> None:
    print("\n| zip | MB | goal |\n|---|---|---|")
    for service, goal in ZIP_GOALS_MB.items():
        size = (STATE / "zips" / f"{service}.zip").stat().st_size / 1_000_000
        print(f"| {service} | {size:.2f} | ≤ {goal} |")


if __name__ == "__main__":
    typer.run(main)
