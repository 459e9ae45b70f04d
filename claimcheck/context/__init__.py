"""One scan of a page, and what stands around a match: negations, warnings, questions, whose claim it is."""
