"""Build the console and upload it to the cloud's bucket."""

from __future__ import annotations

import json
import mimetypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from commands import run
from local_cloud.progress import Detail, Progress
from local_cloud.running import RunningCloud
from local_cloud.state import file_lock
from repository import ROOT, STATE, digest_of

_WEB = ROOT / "web"
_NOT_SOURCES = {"node_modules", "dist", "coverage"}
# Shared by the clone's clouds. `web/dist` is the developer's own.
_BUILD = STATE / "console"
_FILES = _BUILD / "files"
# Terraform writes this object: the settings of a deployment, so that one build serves all stages.
_SETTINGS = "config.json"
# Vite puts a content hash in the names of these files, so browsers may cache them.
_ASSETS = "assets/"
_BUILDS = "builds.json"
KEEP_REPLACED = timedelta(days=7)
"""How long the hashed files of a replaced build stay."""


def build_console(progress: Progress) -> str:
    """Build the console unless it was built from the same sources. Return a digest of the sources.

    Raises:
        CommandError: npm or Vite failed.
    """
    with file_lock(_BUILD / "lock"):
        fingerprint, stamp = digest_of(_sources()), _BUILD / "built-from"
        if not (stamp.exists() and stamp.read_text() == fingerprint):
            with progress.step("Building the console"):
                run(["make", "--no-print-directory", "setup"], folder=_WEB)
                vite = ["npm", "exec", "--no", "--", "vite", "build"]
                run([*vite, "--outDir", _FILES, "--emptyOutDir"], folder=_WEB)
            stamp.write_text(fingerprint)
        return fingerprint


def upload_console(cloud: RunningCloud, progress: Progress) -> None:
    """Upload the build, and delete what neither it nor a build that was replaced lately contains."""
    with progress.step("Uploading the console") as detail, file_lock(_BUILD / "lock"):
        upload_files(cloud.client("s3"), cloud.outputs["console_bucket"], _FILES, detail)


def upload_files(s3: Any, bucket: str, folder: Path, detail: Detail) -> None:
    """Upload a build of the console to its bucket.

    Open tabs load files of the build that they started with, so the hashed files of a replaced build stay for a week.
    The object `builds.json` has the builds: which files, and since when.

    Args:
        s3: boto3's client.
        detail: Called with the progress.
    """
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    # index.html comes last: the files that it names must exist before anyone loads it.
    for number, key in enumerate(sorted(files, key=lambda key: (key == "index.html", key)), start=1):
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=files[key].read_bytes(),
            ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
            CacheControl="public, max-age=31536000, immutable" if key.startswith(_ASSETS) else "no-cache",
        )
        detail(f"{number} of {len(files)} files")
    now = datetime.now(UTC)
    builds = needed_builds([*_read_builds(s3, bucket), Build(now, sorted(files))], now)
    kept = {*files, _SETTINGS, _BUILDS} | {
        key for build in builds for key in build.files if key.startswith(_ASSETS)
    }
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for key in {each["Key"] for each in page.get("Contents", [])} - kept:
            s3.delete_object(Bucket=bucket, Key=key)
    text = json.dumps([{"since": build.since.isoformat(), "files": build.files} for build in builds])
    s3.put_object(
        Bucket=bucket, Key=_BUILDS, Body=text, ContentType="application/json", CacheControl="no-store"
    )


@dataclass(frozen=True)
class Build:
    """A build of the console that is or was deployed.

    Attributes:
        since: When it was deployed.
        files: The keys of its objects.
    """

    since: datetime
    files: list[str]


def needed_builds(builds: list[Build], now: datetime) -> list[Build]:
    """Return the builds, oldest first, that are deployed or were replaced within the last week."""
    replaced = [(build, following.since) for build, following in pairwise(builds)]
    return [*(build for build, at in replaced if now - at < KEEP_REPLACED), *builds[-1:]]


def _read_builds(s3: Any, bucket: str) -> list[Build]:
    try:
        text = s3.get_object(Bucket=bucket, Key=_BUILDS)["Body"].read()
    except s3.exceptions.NoSuchKey:
        return []
    return [Build(datetime.fromisoformat(each["since"]), each["files"]) for each in json.loads(text)]


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(_WEB):
        # Don't walk the dependencies: they are tens of thousands of files.
        folders[:] = sorted(each for each in folders if each not in _NOT_SOURCES)
        yield from (Path(folder, each) for each in sorted(files))
