"""The commands, one file a family; with cli.py the only click."""
