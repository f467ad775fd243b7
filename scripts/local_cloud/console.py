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

from local_cloud import aws
from local_cloud.errors import CloudError
from local_cloud.progress import Progress
from local_cloud.state import CloudRecord, file_lock

_NOT_SOURCES = {"node_modules", "dist", "coverage"}
# Terraform writes it: the deployment's settings, for one build that serves all stages.
_SETTINGS = "config.json"
# Vite names what is in here by its contents, so a browser may keep it.
_NAMED_BY_CONTENT = "assets"


class Console:
    """The console of this clone.

    Args:
        web: its sources.
        built: the folder that it is built into, shared by the clone's clouds; not `web/dist`, which is the developer's.
    """

    def __init__(self, web: Path, built: Path) -> None:
        self._web = web
        self._files = built / "files"
        self._made_from = built / "made-from"
        self._lock = built / "lock"

    def build(self, progress: Progress) -> str:
        """Build it, unless it was built from the same sources.

        Returns:
            A digest of the sources.

        Raises:
            CloudError: npm or vite refused; the message has their last words.
        """
        with file_lock(self._lock):
            fingerprint = self._fingerprint()
            if self._made_from.exists() and self._made_from.read_text() == fingerprint:
                return fingerprint
            self._install(progress)
            self._made_from.unlink(missing_ok=True)
            with progress.step("Building the console"):
                self._npm(
                    "exec", "--no", "--", "vite", "build", "--outDir", str(self._files), "--emptyOutDir"
                )
            self._made_from.write_text(fingerprint)
            return fingerprint

    def deploy(self, record: CloudRecord, bucket: str, progress: Progress) -> None:
        """Make the bucket hold what was built, and no more, beside the settings."""
        s3 = aws.client("s3", record)
        with progress.step("Deploying the console") as step, file_lock(self._lock):
            wanted = {
                path.relative_to(self._files).as_posix(): path
                for path in self._files.rglob("*")
                if path.is_file()
            }
            # The page that names the new files last: nobody sees it before they are there.
            for number, key in enumerate(sorted(wanted, key=lambda key: (key == "index.html", key)), start=1):
                _put(s3, bucket, key, wanted[key])
                step.detail(f"{number} of {len(wanted)} files")
            stale = [key for key in _keys(s3, bucket) if key not in wanted and key != _SETTINGS]
            for key in stale:
                s3.delete_object(Bucket=bucket, Key=key)

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for path in _sources(self._web):
            digest.update(str(path.relative_to(self._web)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _install(self, progress: Progress) -> None:
        """`npm ci`, unless what is installed is newer than the lock file; npm notes it there itself."""
        installed, locked = self._web / "node_modules" / ".package-lock.json", self._web / "package-lock.json"
        if installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime:
            return
        with progress.step("Installing the console's dependencies"):
            self._npm("ci", "--no-audit", "--no-fund")
        installed.touch()

    def _npm(self, *arguments: str) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise CloudError(
                "npm is missing; the console is built with it.", fix="apt-get install nodejs npm"
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


def _sources(web: Path) -> list[Path]:
    found: list[Path] = []
    for folder, folders, files in os.walk(web):
        # Pruned here and not filtered later: the dependencies are tens of thousands of files.
        folders[:] = [each for each in folders if each not in _NOT_SOURCES]
        found += [Path(folder, each) for each in files]
    return sorted(found)


def _put(s3: Any, bucket: str, key: str, path: Path) -> None:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    cache = "public, max-age=31536000, immutable" if key.startswith(_NAMED_BY_CONTENT) else "no-cache"
    s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes(), ContentType=kind, CacheControl=cache)


def _keys(s3: Any, bucket: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", []):
            yield each["Key"]
