"""How findings, coverage and catalog look: one small writer each."""
