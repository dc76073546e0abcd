"""The nouns that the stages share."""
