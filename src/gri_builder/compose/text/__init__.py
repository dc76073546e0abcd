"""Running text: passages, fact values, numbers, footnotes, typography."""
