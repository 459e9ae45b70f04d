"""When Python looks for garbage in a run: between pages, and not among what stays.

Left to itself the collector walks the rules and all of a large page again and again, a quarter of the time that the
page takes, and finds nothing: what a page leaves behind in circles can be told once it is judged.
"""

from __future__ import annotations

import gc

_OFTEN = 100_000
"""Characters judged between two looks at what is new since the last one."""
_WHOLLY = 50
"""Such looks after which everything is looked at."""


class Garbage:
    """The collector of this process, from `begin` to `end` called by `after` alone."""

    def __init__(self) -> None:
        self._was: bool | None = None
        self._judged = self._looks = 0

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
            self._judged, self._looks = 0, self._looks + 1
            gc.collect(2 if self._looks % _WHOLLY == 0 else 0)

    def end(self) -> None:
        """Give the collector back."""
        if self._was is not None:
            gc.unfreeze()
            if self._was:
                gc.enable()
            self._was = None
