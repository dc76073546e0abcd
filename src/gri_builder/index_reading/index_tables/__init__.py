"""Tables of third-party content indexes: from the words and edges of a page to cells by what their columns hold."""
