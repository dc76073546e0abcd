"""SVG files as drawings: what is known is drawn exactly, everything else is refused by name."""
