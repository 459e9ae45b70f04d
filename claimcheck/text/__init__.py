"""Blocks to sentences, and what can be told of words and places without any rule."""
