"""What must hold between the facts of a report."""
