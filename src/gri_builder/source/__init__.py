"""Files to located nodes: YAML, schema check, paths."""
