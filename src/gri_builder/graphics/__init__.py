"""Pictures that people supply: SVG drawings and raster images."""
