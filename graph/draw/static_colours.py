"""The colours of still pictures: those of the page (page.css) in light and dark, and black on white."""

from __future__ import annotations

from collections.abc import Mapping

_LIGHT = {
    "desk": "#f5f4f0",
    "card": "#ffffff",
    "ink": "#1b1e24",
    "text": "#3a3d42",
    "soft": "#565c68",
    "line": "#d9d6ce",
    "edge": "#c9c5bb",
    "trunk": "#8f8b81",
    "motion": "#46398f",
    "claim": "#1c7447",
    "rebuttal": "#b3261e",
    "evidence": "#1d5ea8",
    "step": "#565c68",
    "on-kind": "#ffffff",
}
_DARK = {
    "desk": "#14161a",
    "card": "#1e2127",
    "ink": "#e9e8e4",
    "text": "#cdccc9",
    "soft": "#a7adb8",
    "line": "#363a43",
    "edge": "#4a4f5a",
    "trunk": "#7b808b",
    "motion": "#b8abff",
    "claim": "#6ccb95",
    "rebuttal": "#ff8b80",
    "evidence": "#86b7ff",
    "step": "#a7adb8",
    "on-kind": "#14161a",
}
# Attacks are black, support is grey: what a copier leaves of green and red is the same grey.
_PRINT = {
    "desk": "#ffffff",
    "card": "#ffffff",
    "ink": "#000000",
    "text": "#111111",
    "soft": "#444444",
    "line": "#8a8a8a",
    "edge": "#8a8a8a",
    "trunk": "#8a8a8a",
    "motion": "#000000",
    "claim": "#6b6b6b",
    "rebuttal": "#000000",
    "evidence": "#3c3c3c",
    "step": "#444444",
    "on-kind": "#ffffff",
}

PALETTES: Mapping[str, Mapping[str, str]] = {"light": _LIGHT, "dark": _DARK, "print": _PRINT}
