"""Pictures that people supply: files read and checked; drawings rendered where vectors can't draw them."""
