"""Document to positioned pages."""
