"""Bytes to Document: text, Markdown and HTML as blocks of prose, each with a map back to the source."""

from claimcheck.ingest.choose import Choice, matches
from claimcheck.ingest.find import find_pages
from claimcheck.ingest.read import load, read_bytes, read_page

__all__ = ["Choice", "find_pages", "load", "matches", "read_bytes", "read_page"]
