"""The command line: one module for each command, with inputs, output and exit codes."""
