"""What every workbook knows without saying so: number formats, colors and days by their numbers (ECMA-376 Part 1).

openpyxl has the same tables, but takes longer to import than a report takes to read; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

WINDOWS_EPOCH, MAC_EPOCH = (datetime.combine(day, time.min) for day in (date(1899, 12, 30), date(1904, 1, 1)))
"""Day zero of a workbook's dates (18.17.4.1)."""
LEAP_1900 = 60
"""Number of the day 29 February 1900, which never was, but which Windows workbooks count."""
MILLISECONDS = 86_400_000
"""Milliseconds of a day."""
NUMBER_FORMATS: Mapping[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Number formats by the ids that a workbook need not define (18.8.30)."""
_COLORS = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 "
    "FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF "
    "660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF "
    "CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
INDEXED_COLORS = tuple(_COLORS.split())
"""Colors by index, as six hexadecimal digits (18.8.27)."""
_NO_PLACEHOLDER = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
"""Texts, colors, conditions and languages of a number format; a length of time such as [h] is none of them."""
_TIME = re.compile(r"(?<![_\\])[dmhysDMHYS]")


def shows_time(format: str) -> bool:
    """Whether a number format shows a number as a date or a time, by the section for positive numbers."""
    return bool(_TIME.search(_NO_PLACEHOLDER.sub("", format.split(";")[0])))


def day_of(number: float, epoch: datetime) -> date | None:
    """Return the day of a number of days since the epoch; None for a time of day.

    Raises ValueError or OverflowError for a number that is no day of a calendar.
    """
    day, fraction = divmod(number, 1)
    past = timedelta(milliseconds=round(fraction * MILLISECONDS))
    if 0 <= number < 1 and past.days == 0:
        return None
    if 0 < number < LEAP_1900 and epoch == WINDOWS_EPOCH:
        day += 1
    return (epoch + timedelta(days=day) + past).date()
