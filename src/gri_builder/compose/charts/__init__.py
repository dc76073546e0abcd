"""Charts of fact series: their kind, data, scale and description."""
