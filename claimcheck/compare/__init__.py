"""What changed between two versions of a page: a pure function of their two reports."""

from claimcheck.compare.changes import Comparison, compare

__all__ = ["Comparison", "compare"]
