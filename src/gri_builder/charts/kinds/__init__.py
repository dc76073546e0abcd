"""One module for each kind of chart, or for kinds that are drawn alike."""
