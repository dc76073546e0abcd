"""Charts of fact series: how their values are arranged, and which kind fits them."""
