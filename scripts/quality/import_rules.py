"""Check the import rules of a package with import-linter: `python scripts/quality/import_rules.py MODULE`.

The rules exist once for all packages, which are found by their folders.
"""

from __future__ import annotations

import configparser
import sys
from pathlib import Path

from importlinter.application import use_cases
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
COMMON, VERIFIER = "countersign_common", "countersign_verify"
LAYERS = ("handlers", "bootstrap", "schemas", "adapters | use_cases", "ports", "domain")
"""A layer imports lower layers only; adapters and use cases are independent of each other."""

PURE = {"actors", "clock", "compression", "errors", "events", "ids", "pagination", "proof"}
"""Modules of the common library without I/O and framework: the domain may use them."""

AWS = ("boto3", "botocore", "opensearchpy")
FRAMEWORKS = ("marshmallow", "aws_lambda_powertools", "requests", "requests_aws4auth")

Contract = tuple[str, list[str], list[str], bool]
"""Name, source modules, modules that they must not import, and whether indirect imports are allowed."""


def contracts(module: str) -> list[Contract]:
    """Return the contracts of one package, except the layers of a service."""
    services = [name for name in _packages() if name.endswith("_service")]
    if module == VERIFIER:
        return [("The verifier shares no code", [module], [COMMON, *services, *AWS], False)]
    impure = [name for name in _children(COMMON) if name.rpartition(".")[2] not in PURE]
    if module == COMMON:
        pure = [name for name in _children(COMMON) if name not in impure]
        return [
            ("The common library knows no service", [module], [VERIFIER, *services], False),
            ("Pure modules have no I/O and no framework", pure, [*impure, *AWS, *FRAMEWORKS], False),
        ]
    others = [name for name in services if name != module]
    outer = [name for name in impure if name.rpartition(".")[2] in ("aws", "http")]
    inner = [f"{module}.use_cases", f"{module}.ports"]
    return [
        ("Services never import each other", [module], [VERIFIER, *others], False),
        ("The domain is pure", [f"{module}.domain"], [*impure, *AWS, *FRAMEWORKS], False),
        ("Use cases know neither AWS nor HTTP", inner, [*outer, *AWS, "marshmallow"], False),
        ("Only adapters and bootstrap know AWS", [f"{module}.handlers", f"{module}.schemas"], [*AWS], True),
        ("Bootstrap creates the adapters", [f"{module}.handlers"], [f"{module}.adapters"], True),
    ]


def write_configuration(module: str, file: Path) -> None:
    """Write import-linter's configuration for one package."""
    config = configparser.ConfigParser()
    config["importlinter"] = {
        "root_packages": "\n".join(_packages()),
        "include_external_packages": "true",
    }
    if module.endswith("_service"):
        config["importlinter:contract:layers"] = {
            "name": "Imports go one way",
            "type": "layers",
            "containers": module,
            "layers": "\n".join(LAYERS),
        }
    for number, (name, sources, forbidden, indirect) in enumerate(contracts(module)):
        config[f"importlinter:contract:{number}"] = {
            "name": name,
            "type": "forbidden",
            "source_modules": "\n".join(sources),
            "forbidden_modules": "\n".join(forbidden),
            "allow_indirect_imports": str(indirect),
        }
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as output:
        config.write(output)


def _packages() -> list[str]:
    return sorted(
        path.parent.name for kind in ("libs", "services") for path in ROOT.glob(f"{kind}/*/src/*/__init__.py")
    )


def _children(package: str) -> list[str]:
    (folder,) = ROOT.glob(f"*/*/src/{package}")
    names = [path.parent.name for path in folder.glob("*/__init__.py")]
    names += [path.stem for path in folder.glob("[!_]*.py")]
    return [f"{package}.{name}" for name in sorted(names)]


if __name__ == "__main__":
    (module,) = sys.argv[1:]
    state = ROOT / ".countersign" / "import-rules"
    write_configuration(module, state / f"{module}.ini")
    configure()
    passed = use_cases.lint_imports(
        str(state / f"{module}.ini"), cache_dir=str(state / "cache"), no_logo=True
    )
    sys.exit(0 if passed else 1)
