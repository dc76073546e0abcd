"""The live preview: what `serve` shows while a report is written."""
