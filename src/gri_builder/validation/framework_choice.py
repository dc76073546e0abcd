"""The framework that a report follows, by its id in report.yaml."""

from __future__ import annotations

from gri_builder.model.framework import Framework
from gri_builder.model.suggestions import find_nearest
from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.source.nodes import Source
from gri_builder.source.values import text_of


def choose_framework(source: Source) -> Framework:
    """Return the framework that report.yaml names, or the one most similar to an unknown name; else the first one.

    That the name is unknown or missing is a finding of `read_report_metadata`.
    """
    name = text_of(source.report.get("framework"))
    if name is None:
        return load_framework()
    known = framework_ids()
    return load_framework(name if name in known else (find_nearest(name, known) or load_framework().id))
