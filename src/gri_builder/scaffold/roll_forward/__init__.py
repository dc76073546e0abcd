"""The report of the next period, started from an earlier one."""
