"""The schemas of a new report folder in the YAML editor support that most editors use: Red Hat's language server."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from lsprotocol import types

from gri_builder.resources.frameworks import load_framework
from gri_builder.scaffold.init import init_report
from tests.support.editor import Editor, use_editor

SERVER = Path(__file__).parents[2] / ".venv/node_modules/yaml-language-server/bin/yaml-language-server"
NODE = shutil.which("node") or shutil.which("nodejs")
SETTINGS = {"yaml": {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}}

pytestmark = pytest.mark.skipif(not NODE or not SERVER.is_file(), reason="yaml-language-server is not installed")


@pytest.mark.parametrize("framework", ["gri-g4", "gri-2021"])
def test_editors_complete_explain_and_check(tmp_path: Path, framework: str) -> None:
    folder = tmp_path / "report"
    known = load_framework(framework)
    init_report(folder, known)
    disclosures = sorted((folder / "disclosures").glob("*.yaml"))
    answers = disclosures[0].relative_to(folder).as_posix()
    modeline = disclosures[0].read_text("utf-8").splitlines()[0]
    code = next(code for code in known.disclosures if code not in known.management_approaches)
    title = known.disclosures[code].title
    report = (folder / "report.yaml").read_text("utf-8")

    async def work(editor: Editor) -> None:
        await editor.open("report.yaml", f"{report}\noption: \n")
        line = len(report.splitlines()) + 1
        offered = {item.label for item in await editor.complete("report.yaml", line, 8)}
        assert {*known.options, "none"} <= offered
        await editor.open(answers, f"{modeline}\n\n")
        codes = [
            item for item in await editor.complete(answers, 1, 0) if item.kind == types.CompletionItemKind.Property
        ]
        wanted = {code for code in known.disclosures if code not in known.management_approaches}
        assert wanted <= {item.label for item in codes}
        assert len(codes) > 150
        text = f"{modeline}\n{code}:\n  zz: nonsense\n"
        await editor.change(answers, text)
        await editor.wait_for(
            lambda: any("zz" in each.message for each in editor.findings.get(editor.uri(answers), []))
        )
        assert title in await editor.hover(answers, 1, 3)

    use_editor([str(NODE), str(SERVER), "--stdio"], folder, work, SETTINGS)


def test_editors_know_texts_in_several_languages(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    init_report(folder, load_framework())
    files = ("report.yaml", "figures/examples.yaml", "disclosures/organizational-profile.yaml")
    heads = {path: "\n".join((folder / path).read_text("utf-8").splitlines()[:2]) for path in files}
    report = "format: 1\nframework: gri-g4\nname: x\norganization: {name: X}\nlanguages: [en-GB, de-DE]\noption: core\n"
    report += "period: {start: 2015-01-01, end: 2015-12-31}\npublished: 2016-05-12\n"
    series = "energy: {unit: GJ, values: {2015: 1}, title: "
    cases = {  # a text in two languages, the same with a code that does not exist, and where that is
        files[0]: (report, "title: {en: Report, XX: Bericht}"),
        files[1]: (series, "{en: Energy, XX: Energie}}"),
        files[2]: ("", "G4-3: {en: Acme, XX: Acme}\nG4-4: {a: {text: {en: Tins, XX: Dosen}}}"),
    }

    async def work(editor: Editor) -> None:
        def is_marked(path: str) -> bool:
            return bool(editor.findings.get(editor.uri(path)))

        def is_clean(path: str) -> bool:
            return not is_marked(path)

        for path, (before, text) in cases.items():
            await editor.open(path, f"{heads[path]}\n{before}{text.replace('XX', 'xx')}\n")
            await editor.wait_for(partial(is_marked, path))
            found = [each.message for each in editor.findings[editor.uri(path)]]
            assert found == ["Not the code or tag of a language, such as en or de-DE."] * text.count("XX")
            await editor.change(path, f"{heads[path]}\n{before}{text.replace('XX', 'de')}\n")
            await editor.wait_for(partial(is_clean, path))

    use_editor([str(NODE), str(SERVER), "--stdio"], folder, work, SETTINGS)
