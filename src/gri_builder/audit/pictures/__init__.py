"""Pictures of the passages that an audit relies on."""
