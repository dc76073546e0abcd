"""Openers: how chapters and parts begin; one small function plans each design."""
