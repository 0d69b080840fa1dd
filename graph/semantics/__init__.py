"""Argumentation theory over maps and plain frameworks: verdicts, strengths, extensions, what-if."""
