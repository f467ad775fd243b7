"""What is missing is said with what mends it, all of it at once."""

from pathlib import Path

import pytest

from local_cloud import prerequisites
from local_cloud.errors import CloudError
from local_cloud.prerequisites import Prerequisite, require, version_of


def _needing(minimum: tuple[int, ...], found: tuple[int, ...] | None) -> Prerequisite:
    return Prerequisite("Toy", "plays", minimum, lambda: found, "apt-get install toy")


def test_a_missing_program_is_named_with_its_purpose_and_its_mend() -> None:
    with pytest.raises(CloudError, match=r"Toy is missing \(plays\)\. Fix: apt-get install toy"):
        require([_needing((1, 2), None)])


def test_an_old_program_is_named_with_both_versions() -> None:
    with pytest.raises(CloudError, match=r"Toy 1\.1\.9 is too old, 1\.2 is needed"):
        require([_needing((1, 2), (1, 1, 9))])


def test_a_new_enough_program_is_no_matter() -> None:
    require([_needing((1, 2), (1, 2)), _needing((1, 2), (2, 0))])


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(CloudError) as raised:
        require([_needing((1,), None), _needing((1, 2), (1, 1))])
    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize(
    "each", [prerequisites.TERRAFORM, prerequisites.NODE, prerequisites.NPM, prerequisites.CHROMIUM]
)
def test_an_empty_path_has_none_of_them(
    each: Prerequisite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert each.fix in (each.complaint() or "no complaint")


def test_a_version_is_read_out_of_what_a_program_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "toy"
    program.write_text("#!/bin/sh\necho 'Toy v20.19.4 (built today)'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert version_of(["toy", "--version"]) == (20, 19, 4)


def test_terraforms_warning_about_its_settings_file_does_not_hide_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "terraform"
    program.write_text(
        '#!/bin/sh\necho "Warning: no settings file"\necho \'{"terraform_version": "1.11.4"}\'\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert prerequisites.TERRAFORM.found() == (1, 11, 4)
