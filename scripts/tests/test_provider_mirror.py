"""Where a local copy of the AWS provider is found."""

from pathlib import Path

from local_cloud.provider_mirror import PROVIDER, VARIABLE, find_mirror


def _mirror(folder: Path) -> Path:
    (folder / PROVIDER).mkdir(parents=True)
    return folder


def test_the_folder_in_the_variable_comes_first(tmp_path: Path) -> None:
    named = _mirror(tmp_path / "named")
    _mirror(tmp_path / "opt" / "plugins")
    assert find_mirror({VARIABLE: str(named)}, roots=(str(tmp_path / "opt"),)) == named


def test_a_named_folder_without_the_provider_is_ignored(tmp_path: Path) -> None:
    mirror = _mirror(tmp_path / "opt" / "plugins")
    assert find_mirror({VARIABLE: str(tmp_path)}, roots=(str(tmp_path / "opt"),)) == mirror


def test_a_mirror_is_found_down_to_three_levels(tmp_path: Path) -> None:
    mirror = _mirror(tmp_path / "opt" / "a" / "b" / "c")
    assert find_mirror({}, roots=(str(tmp_path / "opt"),)) == mirror


def test_a_deeper_or_hidden_mirror_is_not_found(tmp_path: Path) -> None:
    _mirror(tmp_path / "opt" / "a" / "b" / "c" / "d")
    _mirror(tmp_path / "opt" / ".hidden")
    assert find_mirror({}, roots=(str(tmp_path / "opt"),)) is None


def test_a_missing_root_is_ignored(tmp_path: Path) -> None:
    assert find_mirror({}, roots=(str(tmp_path / "missing"),)) is None
