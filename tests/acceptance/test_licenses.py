"""Supply chain: licences of all that is installed with the program, exact versions with hashes for development."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pyphen
from docs.make_sbom import find_license, list_packages, make_sbom
from packaging.requirements import Requirement
from packaging.version import Version

from tests.support.paths import ROOT

LOCK = (ROOT / "requirements-dev.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|MPL|Mozilla|HPND|OFL)\b", re.IGNORECASE)


def test_every_dependency_has_a_licence_that_allows_any_use() -> None:
    found = {name: find_license(package) for name, package in list_packages().items()}
    assert len(found) > 20
    assert {name: text for name, text in found.items() if not PERMISSIVE.search(text)} == {}
    assert {name: text for name, text in found.items() if "AGPL" in text or "Affero" in text} == {}
    copyleft = {name for name, text in found.items() if re.search(r"\bL?GPL|General Public", text)}
    assert copyleft == {"pyphen"}  # used under the Mozilla Public License
    assert "Mozilla Public License" in found["pyphen"]


def test_the_dictionaries_that_state_a_licence_are_listed() -> None:
    """A new dictionary, or a new licence of one, has to be looked at."""
    folder = Path(pyphen.__file__).parent / "dictionaries"
    stated = {
        file.stem
        for file in folder.glob("hyph_*.dic")
        if re.search(r"licen[cs]e", file.read_text("latin-1")[:20_000], re.IGNORECASE)
    }
    page = (ROOT / "docs/reference/licenses.md").read_text("utf-8")
    assert stated == set(re.findall(r"hyph_\w+", page))


def test_the_list_of_packages_is_whole_and_always_the_same() -> None:
    sbom = json.loads(make_sbom())
    assert sbom["bomFormat"] == "CycloneDX"
    assert [each["name"] for each in sbom["components"]] == [name for name in list_packages() if name != "gri-builder"]
    assert make_sbom() == make_sbom()


def test_every_dependency_has_an_exact_version_with_hashes() -> None:
    pinned = {
        name: Version(version) for name, version in re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", LOCK, re.M)
    }
    extras = PROJECT["optional-dependencies"]
    own, *listed = (Requirement(text) for text in extras["test"])  # the first is the project itself with its extras
    assert own.extras == extras.keys() - {"test", "bench"}
    texts = (*PROJECT["dependencies"], *(text for name in own.extras for text in extras[name]))
    for need in (*map(Requirement, texts), *listed):
        name = re.sub(r"[-_.]+", "-", need.name).lower()
        assert pinned[name] in need.specifier, name
    entries = re.split(r"\n(?=[a-z])", LOCK[LOCK.index("\n") :])
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in LOCK
