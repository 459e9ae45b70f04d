"""claimcheck: the linter for health claims."""
