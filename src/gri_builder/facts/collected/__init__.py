"""The values that data owners have returned in workbooks: read from figures/collected/, joined to their series."""
