"""The cache folder: whatever happens to it, what is read back is what was written, or nothing."""

import os

import pytest

from claimcheck import cache


def test_what_is_written_is_read_back(tmp_path):
    """Bytes come back as they were put, and the folders above them are made."""
    path = tmp_path / "a" / "b" / "entry"
    assert cache.write(path, b"\x00words") == ""
    assert cache.read(path) == b"\x00words"
    assert os.listdir(path.parent) == ["entry"]


@pytest.mark.parametrize("spoil", [lambda d: d[:-1], lambda d: d[:-1] + b"?", lambda d: b"", lambda d: b"x" + d])
def test_what_is_not_whole_is_not_there(tmp_path, spoil):
    """An entry that was cut short, changed or emptied counts as missing."""
    path = tmp_path / "entry"
    cache.write(path, b"words")
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.read(path) is None


def test_no_entry(tmp_path):
    """What was never written, or is a folder, is missing."""
    assert cache.read(tmp_path / "nothing") is None
    assert cache.read(tmp_path) is None


def test_a_folder_that_cannot_be_made(tmp_path):
    """A place that cannot be written is told in words, not raised."""
    (tmp_path / "file").write_text("")
    assert "cannot be written" in cache.write(tmp_path / "file" / "below" / "entry", b"")


def test_trim_keeps_the_newest(tmp_path):
    """Over the limit the oldest entries go first; unfinished files go when they are old."""
    for age, name in enumerate(("new", "old", "older")):
        cache.write(tmp_path / name, b"x" * 100)
        os.utime(tmp_path / name, (10_000 - age, 10_000 - age))
    (tmp_path / ".now.part").write_bytes(b"")
    (tmp_path / ".then.part").write_bytes(b"")
    os.utime(tmp_path / ".then.part", (1, 1))
    cache.trim(tmp_path, 250)
    assert sorted(os.listdir(tmp_path)) == [".now.part", "new", "old"]


def test_the_folder_is_the_users_choice(monkeypatch, tmp_path):
    """CLAIMCHECK_CACHE names the folder, "off" means none, and else it is below the user's cache folder."""
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path))
    assert cache.folder() == tmp_path
    monkeypatch.setenv("CLAIMCHECK_CACHE", "off")
    assert cache.folder() is None
    monkeypatch.delenv("CLAIMCHECK_CACHE")
    assert cache.folder().name == "claimcheck"
