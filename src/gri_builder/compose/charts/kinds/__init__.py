"""One module for each kind of chart that needs data of its own."""
