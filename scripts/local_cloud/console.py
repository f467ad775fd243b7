"""Build the console and upload it to the cloud's bucket."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path

from commands import run
from local_cloud.progress import Progress
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
    """Upload the build and delete what is not in it, except the settings."""
    s3, bucket = cloud.client("s3"), cloud.outputs["console_bucket"]
    with progress.step("Uploading the console") as detail, file_lock(_BUILD / "lock"):
        files = {path.relative_to(_FILES).as_posix(): path for path in _FILES.rglob("*") if path.is_file()}
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
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for key in {each["Key"] for each in page.get("Contents", [])} - {*files, _SETTINGS}:
                s3.delete_object(Bucket=bucket, Key=key)


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(_WEB):
        # Don't walk the dependencies: they are tens of thousands of files.
        folders[:] = sorted(each for each in folders if each not in _NOT_SOURCES)
        yield from (Path(folder, each) for each in sorted(files))
