"""The versions that the README installs the tests with: exact, complete, and as pyproject.toml wants them."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKED = [
    Requirement(line)
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def wanted() -> list[Requirement]:
    listed = [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]
    return [each for each in map(Requirement, listed) if each.name != PROJECT["name"]]


@pytest.mark.parametrize("requirement", wanted(), ids=lambda requirement: requirement.name)
def test_every_requirement_is_locked_at_a_version_that_it_allows(requirement: Requirement) -> None:
    locked = [each for each in LOCKED if _plain(each.name) == _plain(requirement.name)]
    assert locked, "run: python tools/lock.py"
    for each in locked:
        [version] = [specifier.version for specifier in each.specifier]
        assert requirement.specifier.contains(version, prereleases=True), "run: python tools/lock.py"


def test_the_lock_holds_exact_versions_and_nothing_else() -> None:
    assert all([part.operator for part in each.specifier] == ["=="] for each in LOCKED)
    assert not any(each.url or each.extras for each in LOCKED)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
