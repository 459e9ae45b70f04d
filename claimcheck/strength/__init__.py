"""How strongly one sentence asserts an effect, and which way a reported result points.

The scale is that of Sumner (2014) and Yu, Li and Wang (2019) for health news and conclusions of papers, with "can"
set apart (Adams 2017) and "absolute" (cured, guaranteed, permanent) above it for what advertising adds.
"""

from claimcheck.strength.levels import strength
from claimcheck.strength.results import result

__all__ = ["result", "strength"]
