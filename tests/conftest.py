"""Settings that all tests share."""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=2000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# The constants of the modules that are loaded would make the inputs depend on which tests a process has run before.
providers._get_local_constants = lambda: providers._local_constants
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

gc.set_threshold(100_000, 50, 100)
"""What tests create is mostly freed without a collection; collecting as often as usual takes a tenth of their time."""

for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, handler)  # shells start programs in the background with these ignored


def pytest_collection_finish() -> None:
    """Keep modules and collected tests out of all further collections."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the hostile inputs that were tried, however they ended."""
    reports = [each for name in ("passed", "failed") for each in terminalreporter.stats.get(name, ())]
    found = [value for each in reports for name, value in each.user_properties if name == "reliability"]
    if found:
        from tests.support.fuzzing import tally

        terminalreporter.section("hostile inputs")
        terminalreporter.line(tally.write_text(tally.join(row for text in found for row in tally.load(text))))
