"""Reads a text: where its rows begin and end, what parts its cells, which of them are numbers."""
