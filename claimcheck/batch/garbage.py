"""When Python looks for garbage in a run: seldom, between pages, and not among what stays.

Left to itself the collector walks the rules and all of a large page again and again, a quarter of the time that the
page takes, and finds next to nothing: what a page leaves behind is given back at once, as it points in no circles.
"""

from __future__ import annotations

import gc

_OFTEN = 2_000_000
"""Characters judged between two looks."""


class Garbage:
    """The collector of this process, from `begin` to `end` called by `after` alone."""

    def __init__(self) -> None:
        self._was: bool | None = None
        self._judged = 0

    def begin(self) -> None:
        """Take over, once the rules are there: they and all else that is there stays, and is not walked. A process
        forked from here on need not copy the memory that it is in. Called again, it does nothing."""
        if self._was is None:
            self._was = gc.isenabled()
            gc.disable()
            gc.freeze()

    def after(self, size: int) -> None:
        """Look for garbage, if enough was judged; `size` are the characters of what was judged last."""
        self._judged += size
        if self._was is not None and self._judged >= _OFTEN:
            self._judged = 0
            gc.collect()

    def end(self) -> None:
        """Give the collector back."""
        if self._was is not None:
            gc.unfreeze()
            if self._was:
                gc.enable()
            self._was = None
