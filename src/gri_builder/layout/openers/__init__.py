"""Openers: how chapters and parts start; one small function plans each design."""
