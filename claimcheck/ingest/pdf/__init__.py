"""PDF to a Document: words with their places (in a process of its own), columns and lines, paragraphs."""
