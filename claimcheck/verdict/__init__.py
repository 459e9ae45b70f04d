"""Findings, evidence and omissions to a verdict: `weigh` gives the verdict, `missing` the gaps and questions."""

from claimcheck.verdict.omissions import missing
from claimcheck.verdict.weighing import weigh

__all__ = ["missing", "weigh"]
