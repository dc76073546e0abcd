"""What pages look like: the tokens of a theme as CSS, for light and dark, and its fonts."""
