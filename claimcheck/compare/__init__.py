"""What changed between two versions of a page: a pure function of their two reports."""

from claimcheck.compare.changes import compare
from claimcheck.compare.shape import Comparison

__all__ = ["Comparison", "compare"]
