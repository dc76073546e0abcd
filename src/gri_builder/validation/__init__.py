"""Rules for report folders."""
