"""Bundled data: frameworks, units, themes, messages, languages, fonts and icons."""
