"""Settings that all tests share."""

import gc
import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=2000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

gc.set_threshold(100_000, 50, 100)
"""What tests create is mostly freed without a collection; collecting as often as usual takes a tenth of their time."""


def pytest_collection_finish() -> None:
    """Keep modules and collected tests out of all further collections."""
    gc.freeze()
