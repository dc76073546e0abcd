"""Many independent tasks: in a pool on this machine, or on a Dask cluster; the same function either way."""
