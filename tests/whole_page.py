"""Pages for tests of claims and documents: read, scanned, with the parts of the program that judge them."""

from __future__ import annotations

import sys
import types
from dataclasses import dataclass
from functools import cache, cached_property

from claimcheck.model import Citation, Evidence
