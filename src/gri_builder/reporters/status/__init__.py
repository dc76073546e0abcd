"""The state of the work on a report, in several formats."""
