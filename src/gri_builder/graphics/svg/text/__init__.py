"""Text of SVG files as outlines: characters, faces, glyphs, and where they are drawn."""
