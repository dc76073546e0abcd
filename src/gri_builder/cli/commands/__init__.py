"""The commands: each module has `add_arguments` and `run`, and is imported when its command is used."""
