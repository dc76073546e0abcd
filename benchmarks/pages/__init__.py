"""How the pages of a finished PDF are set: what is read from the file, and what is measured of it."""
