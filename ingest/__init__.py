"""Readers: files in, `ArgumentMap` out."""
