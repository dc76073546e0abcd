"""Which of several frameworks and editions an index follows, where they share labels."""
