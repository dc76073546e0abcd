"""References of an index in words and numbers, read stage by stage: words, tokens, stretches, lists, meaning."""
