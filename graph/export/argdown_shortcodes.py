"""The signs that Argdown knows by name: `.v.` or `:v:` for ∨, `:happy:` for a face."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES = {
    "A": "∀",
    "E": "∃",
    "O": "𝗢",
    "P": "𝗣",
    "->": "→",
    "<->": "↔",
    "~": "¬",
    "^": "∧",
    "v": "∨",
    "v_": "⊻",
    "<>": "◇",
    "[]": "◻",
    "happy": "😀",
    "smile": "☺",
    "smiley": "☺",
    "laugh": "😆",
    "lol": "😆",
    "rofl": "🤣",
    "joy": "😂",
    "heart": "❤",
    "?": "❓",
    "question": "❓",
    "love": "😍",
    "wink": "😉",
    "shush": "🤫",
    "meh": "😐",
    "eye-roll": "🙄",
    "sad": "😢",
    "disappointed": "😞",
    "scream": "😱",
    "+1": "👍",
    "up": "👍",
    "-1": "👎",
    "down": "👎",
    "think": "🤔",
    "star": "⭐",
    "y": "✔",
    "agree": "✔",
    "n": "❌",
    "disagree": "❌",
}
SHORTCODES: Mapping[str, str] = {
    **{f".{name}.": sign for name, sign in _NAMES.items()},
    **{f":{name}:": sign for name, sign in _NAMES.items()},
    ":smile:": "\u263a\ufe0f",
}
# Any word between two points or two colons is taken in one piece, known or not.
CODE = re.compile(r"\.[^\s]+?\.|:[^\s]+?:")
