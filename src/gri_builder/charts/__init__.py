"""Charts: scenes of shapes and labels, and how they are painted."""
