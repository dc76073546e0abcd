"""Maps of sites: outlines of land in an equal-area projection, marks at the sites, and their names."""
