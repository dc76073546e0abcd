"""How files are written: whole, or not at all; sets of files as one; whatever ends the process."""
