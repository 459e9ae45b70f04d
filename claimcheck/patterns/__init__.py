"""The phrase language: words and phrases to expressions, and one automaton that says which of them can match."""
