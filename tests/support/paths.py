"""Where the tests find things."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
CASES = TESTS / "cases"
REPORTS = ROOT / "report_data"
