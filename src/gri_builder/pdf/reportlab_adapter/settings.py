"""Settings of the whole process, changed while a document is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from reportlab import rl_config


@contextmanager
def document_settings() -> Iterator[None]:
    """Write binary streams without comments, and pause garbage collection; restore the host's settings at the end.

    A long document consists of many objects that all live until it is written: collections would find nothing.
    """
    before = rl_config.useA85, rl_config.pdfComments
    enabled = gc.isenabled()
    rl_config.useA85, rl_config.pdfComments = 0, 0
    gc.disable()
    try:
        yield
    finally:
        rl_config.useA85, rl_config.pdfComments = before
        if enabled:
            gc.enable()
