"""What a team agreed on: configuration, suppressions, baselines, changed lines."""
