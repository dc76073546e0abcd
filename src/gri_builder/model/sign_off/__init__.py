"""Who answers for what of a report, and who approved it."""
