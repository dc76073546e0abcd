"""What upright and lying bars and stacks have in common: places, scales, grids and labels."""
