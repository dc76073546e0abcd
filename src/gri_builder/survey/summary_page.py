"""The summary of a survey as one self-contained HTML page; its bars are drawings, and say the same as the numbers."""

from __future__ import annotations

from itertools import groupby

from gri_builder.reporters.html_page import hash_source, read_asset, render_page
from gri_builder.survey.summary import Summary, name_framework

_HEADINGS = {"framework": "Framework", "option": "Claimed option", "sector": "Sector", "year": "Year"}
_NONE = {"framework": "no framework named", "option": "no option claimed", "sector": "not given", "year": "unknown"}
STATUS_WORDS = {
    "audited": "audited",
    "unread": "can't be read",
    "stopped": "stopped at a limit",
    "unavailable": "not there, or no rights",
    "lost": "lost with their workers",
    "failed": "failed in gri-builder",
}


def write_summary_page(summary: Summary) -> str:
    """Return the page."""
    style, script = read_asset("audit.css"), read_asset("audit.js")
    frameworks = [
        (f"d{n}", name_framework(id), list(rows))
        for n, (id, rows) in enumerate(groupby(summary.disclosures, key=lambda each: each.framework))
    ]
    return render_page(
        "survey",
        {
            "summary": summary,
            "headings": _HEADINGS,
            "unnamed": _NONE,
            "status_words": STATUS_WORDS,
            "frameworks": frameworks,
            "most_disclosures": {
                name: max((each.disclosures or 0 for each in groups), default=0) or 1
                for name, groups in summary.groups.items()
            },
            "style": style,
            "script": script,
            "style_hash": hash_source(style),
            "script_hash": hash_source(script),
        },
    )
