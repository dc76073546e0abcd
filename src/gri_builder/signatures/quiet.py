"""pyHanko logs what it finds; here it is returned, and the terminal is left to the findings."""

from __future__ import annotations

import logging

LIBRARIES = ("pyhanko", "pyhanko_certvalidator")


def silence() -> None:
    """Keep the libraries from printing to standard error."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
