"""The argument map, what can be asked of it, how it is kept and how it is drawn."""
