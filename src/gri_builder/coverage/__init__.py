"""The criteria of a framework's options, evaluated."""
