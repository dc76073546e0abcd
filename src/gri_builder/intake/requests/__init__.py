"""Requests to data owners: who is asked for what, and the workbook that each gets."""
