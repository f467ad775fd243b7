"""Where a local copy of the AWS provider is looked for."""

from pathlib import Path

from local_cloud.provider_mirror import PROVIDER, VARIABLE, find_mirror


def _mirror(folder: Path) -> Path:
    (folder / PROVIDER).mkdir(parents=True)
    return folder


def test_the_folder_that_the_variable_names_comes_first(tmp_path: Path) -> None:
    named = _mirror(tmp_path / "named")
    home = tmp_path / "home"
    _mirror(home / ".terraform.d" / "plugins")
    assert find_mirror({VARIABLE: str(named)}, home, roots=()) == named


def test_a_named_folder_without_the_provider_is_passed_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    implied = _mirror(home / ".terraform.d" / "plugins")
    assert find_mirror({VARIABLE: str(tmp_path)}, home, roots=()) == implied


def test_the_implied_mirrors_of_the_data_folders_are_found(tmp_path: Path) -> None:
    implied = _mirror(tmp_path / "share" / "terraform" / "plugins")
    environment = {"XDG_DATA_DIRS": f"{tmp_path / 'none'}:{tmp_path / 'share'}"}
    assert find_mirror(environment, tmp_path / "home", roots=()) == implied


def test_a_mirror_under_an_install_root_is_found(tmp_path: Path) -> None:
    mirror = _mirror(tmp_path / "opt" / "vendor" / "plugins")
    assert find_mirror({}, tmp_path / "home", roots=(str(tmp_path / "opt"),)) == mirror


def test_the_search_does_not_go_deeper_than_three_levels(tmp_path: Path) -> None:
    _mirror(tmp_path / "opt" / "a" / "b" / "c" / "d")
    assert find_mirror({}, tmp_path / "home", roots=(str(tmp_path / "opt"),)) is None


def test_without_a_mirror_terraform_asks_its_registry(tmp_path: Path) -> None:
    assert find_mirror({}, tmp_path, roots=(str(tmp_path / "nothing here"),)) is None
