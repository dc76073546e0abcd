"""Writes whole report folders at random: Markdown of every kind inside every container, data, answers and settings.

`folders.report_folders()` is the Hypothesis strategy, `examine.examine_folder()` says what is wrong with what was made.
"""
