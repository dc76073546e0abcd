"""Judges the signatures of a PDF: certificates, chains, time stamps, and what was added later."""
