"""Reports with a content index in the layouts that published reports use, each with its exact truth."""
