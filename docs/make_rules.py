"""Writes docs/reference/rules.md from the records in schemas/rules/.

python docs/make_rules.py
"""

from __future__ import annotations

from pathlib import Path

from gri_builder.reporters.rules.markdown import write_rules_reference
from gri_builder.resources.rules import load_rules

PAGE = Path(__file__).parent / "reference" / "rules.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(write_rules_reference(tuple(load_rules().values())), encoding="utf-8")
