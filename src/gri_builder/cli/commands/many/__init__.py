"""The commands about many reports at once."""
