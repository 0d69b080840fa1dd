"""Questions over a map: one file a family, and the registry that the command line reads."""
