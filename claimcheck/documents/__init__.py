"""Document rules to findings: what a page does, or leaves out, only as a whole."""
