"""CSS in SVG files: style sheets, selectors, the cascade, known properties, colours and lengths."""
