"""A copy of the manifest bucket."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from countersign_verify.evidence import parse_time
from countersign_verify.findings import Finding
from countersign_verify.manifests import FIRST_PREVIOUS, Manifest, ManifestError, manifest_hash, read_manifest


@dataclass(frozen=True)
class ManifestFile:
    """A file of the bucket.

    Attributes:
        name: of the manifest: the end of its interval.
        hash: of the file, 64 hex digits.
        manifest: None if the file isn't one.
        findings: what is wrong with it, and with its place after the one before.
    """

    name: str
    hash: str
    manifest: Manifest | None
    findings: list[Finding]


def manifest_files(folder: Path) -> Iterator[ManifestFile]:
    """Yield the manifests in a folder, or in the folder `manifests` in it, in the order of their intervals.

    Raises:
        OSError: A file can't be read.
    """
    inner = folder / "manifests"
    files = (inner if inner.is_dir() else folder).glob("*.json")
    previous: Manifest | None = None
    previous_hash = FIRST_PREVIOUS
    for file in sorted(files, key=lambda file: parse_time(file.stem)):
        raw = file.read_bytes()
        hash_ = manifest_hash(raw)
        findings: list[Finding] = []
        manifest = None
        try:
            manifest = read_manifest(raw, file.stem)
            findings += _compare_with_previous(manifest, previous, previous_hash)
        except ManifestError as error:
            findings.append(Finding(0, None, "manifest-mismatch", f"{file.stem}: {error}"))
        yield ManifestFile(file.stem, hash_, manifest, findings)
        previous, previous_hash = manifest, hash_


def _compare_with_previous(
    manifest: Manifest, previous: Manifest | None, previous_hash: str
) -> Iterator[Finding]:
    detail = ""
    if manifest.previous_sha256 != previous_hash:
        detail = "it doesn't follow the manifest before it."
    elif previous is not None and (manifest.sequence, manifest.from_) != (previous.sequence + 1, previous.to):
        detail = "its interval or number doesn't follow those of the manifest before it."
    elif previous is None and previous_hash == FIRST_PREVIOUS and manifest.sequence != 1:
        detail = "the manifests before it are missing."
    if detail:
        yield Finding(0, None, "manifest-mismatch", f"{manifest.to}: {detail}")
