"""The lock files: exact, hashed, without addresses, and in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from okr_assistant.paths import ROOT

RUN = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

_ENTRY = re.compile(r"^(\S.*?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def _locked(path: Path) -> dict[str, set[str]]:
    """Name and versions: a package may have one version for each range of Pythons."""
    found: dict[str, set[str]] = {}
    for line, _hashes in _ENTRY.findall(path.read_text(encoding="utf-8")):
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


@pytest.mark.parametrize("path", [RUN, DEV], ids=lambda path: path.name)
def test_every_package_is_pinned_with_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    entries = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line)]
    assert entries
    assert len(_ENTRY.findall(text)) == len(entries), "an entry without hashes"
    assert all(spec.startswith("==") for specs in _locked(path).values() for spec in specs)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (RUN, [*PROJECT["dependencies"], *EXTRAS["build"]]),
        (DEV, [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["dev"]]),
    ],
    ids=["requirements.lock", "requirements-dev.lock"],
)
def test_the_lock_has_what_the_project_asks_for(path: Path, wanted: list[str]) -> None:
    """Fails when pyproject.toml changed and `make lock` was forgotten."""
    locked = _locked(path)
    for requirement in map(Requirement, wanted):
        specs = locked.get(canonicalize_name(requirement.name), set())
        assert specs, f"{requirement.name} is not in {path.name}: run `make lock`"
        versions = [spec.removeprefix("==") for spec in specs]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_tests_run_with_the_versions_that_are_served() -> None:
    dev = _locked(DEV)
    assert {name: dev.get(name) for name in _locked(RUN)} == _locked(RUN)
