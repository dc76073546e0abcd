"""Requests to data owners as workbooks, and what they return: `request` and `collect`."""
