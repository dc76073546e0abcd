"""Signed PDFs: good ones, and those that attackers make of them; each attack is a case with its expected verdict."""
