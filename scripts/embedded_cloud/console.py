"""Building the console when its sources changed, and putting it into the cloud's bucket."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from embedded_cloud import aws
from embedded_cloud.errors import CloudError
from embedded_cloud.progress import Progress
from embedded_cloud.state import CloudRecord, file_lock

_NOT_SOURCES = {"node_modules", "dist", "coverage"}
# Terraform writes it: the deployment's settings, for one build that serves all stages.
_SETTINGS = "config.json"
_MADE_FROM = ".made-from"
# Vite names what is in here by its contents, so a browser may keep it.
_NAMED_BY_CONTENT = "assets"


class Console:
    """The console of this clone.

    Args:
        web: its sources.
        lock: a file that builds take turns by.
    """

    def __init__(self, web: Path, lock: Path) -> None:
        self._web = web
        self._lock = lock
        self._dist = web / "dist"

    def fingerprint(self) -> str:
        """A digest of what a build is made from; of nothing where this clone has no console."""
        digest = hashlib.sha256()
        for path in _sources(self._web):
            digest.update(str(path.relative_to(self._web)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def build(self, progress: Progress) -> None:
        """Build `dist`, unless it was built from the same sources.

        Raises:
            CloudError: npm or vite refused; the message has their last words.
        """
        with file_lock(self._lock):
            made_from = self._dist / _MADE_FROM
            fingerprint = self.fingerprint()
            if made_from.exists() and made_from.read_text() == fingerprint:
                return
            self._install(progress)
            with progress.step("Building the console"):
                self._npm("exec", "--no", "--", "vite", "build")
            made_from.write_text(fingerprint)

    def deploy(self, record: CloudRecord, bucket: str, progress: Progress) -> None:
        """Make the bucket hold `dist`, and no more, beside the settings."""
        s3 = aws.client("s3", record)
        with progress.step("Deploying the console") as step, file_lock(self._lock):
            wanted = {
                path.relative_to(self._dist).as_posix(): path
                for path in self._dist.rglob("*")
                if path.is_file()
            }
            wanted.pop(_MADE_FROM)
            # The page that names the new files last: nobody sees it before they are there.
            for number, key in enumerate(sorted(wanted, key=lambda key: (key == "index.html", key)), start=1):
                _put(s3, bucket, key, wanted[key])
                step.detail(f"{number} of {len(wanted)} files")
            stale = [key for key in _keys(s3, bucket) if key not in wanted and key != _SETTINGS]
            for key in stale:
                s3.delete_object(Bucket=bucket, Key=key)

    def _install(self, progress: Progress) -> None:
        """`npm ci`, unless it was done for this very lock file."""
        installed = self._web / "node_modules" / _MADE_FROM
        locked = hashlib.sha256((self._web / "package-lock.json").read_bytes()).hexdigest()
        if installed.exists() and installed.read_text() == locked:
            return
        with progress.step("Installing the console's dependencies"):
            self._npm("ci", "--no-audit", "--no-fund")
        installed.write_text(locked)

    def _npm(self, *arguments: str) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise CloudError(
                "npm is missing; the console is built with it.", mend="apt-get install nodejs npm"
            )
        answer = subprocess.run(
            [npm, *arguments],
            cwd=self._web,
            env={**os.environ, "CI": "true"},
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            last_words = "\n".join((answer.stdout + answer.stderr).strip().splitlines()[-20:])
            raise CloudError(f"npm {arguments[0]} failed in {self._web}:\n{last_words}")


def _sources(web: Path) -> Iterator[Path]:
    for path in sorted(web.rglob("*")):
        if path.is_file() and not _NOT_SOURCES.intersection(path.relative_to(web).parts):
            yield path


def _put(s3: Any, bucket: str, key: str, path: Path) -> None:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    cache = "public, max-age=31536000, immutable" if key.startswith(_NAMED_BY_CONTENT) else "no-cache"
    s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes(), ContentType=kind, CacheControl=cache)


def _keys(s3: Any, bucket: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", []):
            yield each["Key"]
