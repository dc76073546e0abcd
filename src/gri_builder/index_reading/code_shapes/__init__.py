"""How codes are written: plain texts, letters behind codes, words around them."""
