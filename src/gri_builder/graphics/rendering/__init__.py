"""SVG files that can't be drawn as vectors: rewritten as plain, self-contained ones, and rendered as pixels."""
