"""Sentences to claims: what is asserted of the treatment, how strongly, and on what it rests."""
