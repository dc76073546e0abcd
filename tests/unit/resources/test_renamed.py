"""Former names: each leads to a name that is in use, and none is in use itself."""

from __future__ import annotations

import json
import re

from gri_builder.resources.frameworks import schemas_folder
from gri_builder.resources.renamed import current_key, current_rule
from tests.support.paths import ROOT


def names(kind: str) -> dict[str, str]:
    """Return the present names of keys or rules by their former names."""
    found: dict[str, str] = json.loads((schemas_folder() / "renamed.json").read_text("utf-8"))[kind]
    return found


def test_rules_lead_to_rules_in_use() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    in_use = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', code))
    assert set(names("rules").values()) - in_use == set()
    assert set(names("rules")) & in_use == set()


def test_keys_lead_to_keys_in_use() -> None:
    files = (schemas_folder() / "figures.schema.json", schemas_folder() / "frameworks" / "common.json")
    text = "\n".join(file.read_text("utf-8") for file in files)
    for former, current in names("keys").items():
        assert f'"{current}": {{' in text
        assert f'"{former}": {{' not in text


def test_other_words_have_no_present_name() -> None:
    assert (current_key("reckon"), current_key("derive"), current_key("sorce")) == ("derive", None, None)
    assert (current_rule("unit-slip"), current_rule("unit-error")) == ("unit-error", None)
