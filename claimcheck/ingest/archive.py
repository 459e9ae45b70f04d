"""ZIP archives that may have been made to harm: members in memory, each and all of them of bounded size."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from claimcheck.errors import ReadError

MEMBER, ALL = 64 * 1024 * 1024, 128 * 1024 * 1024
"""Bytes that one member, and all that are read of one archive, may unpack to. A 1,000-page book has 3 MB of text."""

_ENTRIES = 20_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a compression method without code
    RuntimeError,  # a member locked with a password
)


class Archive:
    """An archive whose members can be read by name. Sizes are counted while unpacking, not believed."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises ReadError where `data` is no archive or holds too many members."""
        self._name = name
        self._left = ALL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            advice = "Get it again, or open it where it was made and save it anew."
            raise ReadError(name, "is a ZIP archive that cannot be opened (damaged or cut short)", advice) from error
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.filelist) > _ENTRIES:
            raise ReadError(name, f"is an archive of more than {_ENTRIES:,} files")

    def read(self, member: str) -> bytes:
        """What a member holds. Raises ReadError where it is missing, damaged, locked or too large."""
        if member not in self.names:
            raise ReadError(self._name, f"lacks its part '{member}'")
        most = min(MEMBER, self._left)
        try:
            with self._zip.open(member) as file:
                data = file.read(most + 1)
        except _BROKEN as error:
            locked = isinstance(error, RuntimeError) and "password" in str(error)
            problem = "is locked with a password" if locked else f"has a damaged part '{member}'"
            raise ReadError(self._name, problem) from error
        if len(data) > most:
            size = (MEMBER if most == MEMBER else ALL) // 2**20
            raise ReadError(self._name, f"unpacks to more than {size} MB", "It may have been made to do harm.")
        self._left -= len(data)
        return data
