"""Words by which frameworks and pages are recognized."""
