"""Argdown, the text format that people write maps in."""
