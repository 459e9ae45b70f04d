"""Bytes to Document: text, Markdown and HTML as blocks of prose, each with a map back to the source."""

from claimcheck.ingest.choose import Choice, matches
from claimcheck.ingest.find import find_pages, is_url
from claimcheck.ingest.read import CONTENT, Content, load, read_bytes, read_page

__all__ = ["CONTENT", "Choice", "Content", "find_pages", "is_url", "load", "matches", "read_bytes", "read_page"]
