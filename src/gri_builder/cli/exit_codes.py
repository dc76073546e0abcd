"""The exit codes of all commands."""

EXIT_OK = 0
"""No finding of severity error."""
EXIT_FINDINGS = 1
"""At least one finding of severity error."""
EXIT_USAGE = 2
"""The command was called in a wrong way, or its input could not be read."""
EXIT_BUG = 70
"""An error in gri-builder itself (EX_SOFTWARE of sysexits.h)."""
EXIT_HUNG_UP = 129
"""Its terminal was closed (128 + SIGHUP)."""
EXIT_INTERRUPTED = 130
"""Stopped with Ctrl-C (128 + SIGINT)."""
EXIT_BROKEN_PIPE = 141
"""The reader of the output has gone (128 + SIGPIPE)."""
EXIT_TERMINATED = 143
"""Another program asked it to end (128 + SIGTERM)."""
