"""What is shipped with the program: frameworks, units, themes, messages, icons."""
