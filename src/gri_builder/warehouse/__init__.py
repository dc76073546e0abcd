"""Pulls rows from warehouses into the report folder: engines, queries, snapshots."""
