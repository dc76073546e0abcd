"""Runs the command line as `python -m gri_builder`."""

from gri_builder.cli import main

raise SystemExit(main())
