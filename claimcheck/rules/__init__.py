"""Rule files to a checked and compiled RuleSet."""
