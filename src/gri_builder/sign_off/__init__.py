"""Who answers for what of a report: approvals, and the state of the work."""
