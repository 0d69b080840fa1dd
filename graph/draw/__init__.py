"""The interactive picture of a map."""
