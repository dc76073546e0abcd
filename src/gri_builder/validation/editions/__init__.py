"""Editions: which disclosures a report follows, by the day on which it is published."""
