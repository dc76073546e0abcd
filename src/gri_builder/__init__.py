"""Builds sustainability reports from validated GRI G4 data, with a content index that proves itself."""
