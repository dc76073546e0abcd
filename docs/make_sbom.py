"""Writes the list of packages that an installed gri-builder consists of, with versions and licences, as CycloneDX JSON.

python docs/make_sbom.py > gri-builder.cdx.json
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

NAME = "gri-builder"
KNOWN_TEXTS = {"MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"}
"""Words of the texts of licences, by their names."""


def list_packages(name: str = NAME) -> dict[str, Distribution]:
    """Return a package and all that it needs, by their normalized names in order."""
    found: dict[str, Distribution] = {}
    left: list[tuple[str, Iterable[str]]] = [(name, ())]
    while left:
        wanted, extras = left.pop()
        key = re.sub(r"[-_.]+", "-", wanted).lower()
        package = found.setdefault(key, distribution(wanted))
        for text in package.requires or ():
            need = Requirement(text)
            is_wanted = need.marker is None or any(need.marker.evaluate({"extra": each}) for each in ("", *extras))
            if is_wanted and re.sub(r"[-_.]+", "-", need.name).lower() not in found:
                left.append((need.name, need.extras))
    return dict(sorted(found.items()))


def find_license(package: Distribution) -> str:
    """Return what a package says of its licence; where it says nothing, what its licence's text is known as."""
    about = package.metadata
    kinds = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    expression, text = ((about.get_all(key) or [""])[0] for key in ("License-Expression", "License"))
    stated = expression or " or ".join(kinds) or text.split("\n")[0]
    if stated:
        return stated
    files = [file for file in package.files or () if re.search("licen[cs]e|copying", str(file), re.IGNORECASE)]
    words = " ".join(" ".join(file.read_text().split()) for file in files)
    return next((name for name, phrase in KNOWN_TEXTS.items() if phrase in words), "")


def make_sbom() -> str:
    """Return the list as CycloneDX 1.5; the same bytes for the same packages."""
    packages = list_packages()
    components = [
        {
            "type": "library",
            "name": name,
            "version": package.version,
            "purl": f"pkg:pypi/{name}@{package.version}",
            "licenses": [{"license": {"name": find_license(package)}}],
        }
        for name, package in packages.items()
        if name != NAME
    ]
    main = {"type": "application", "name": NAME, "version": packages[NAME].version}
    sbom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": main},
        "components": components,
    }
    return json.dumps(sbom, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(make_sbom())
