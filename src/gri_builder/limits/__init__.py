"""What files that others made may hold, and what reading them may take: every bound, named in one place."""
