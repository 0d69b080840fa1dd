"""Ids that stay the same over re-loads: slugs of titles, and short hashes where two would collide."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SLUG_LENGTH = 48
_NO_WORD = re.compile(r"[\W_]+")
_NO_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile("['’]")


def slug(text: str) -> str:
    """`text` in lower case, letters and digits of any script kept, the rest folded to single hyphens.

    At most 48 characters, cut at a word where there is one; "" where `text` has no letter or digit.
    """
    if text.isascii():
        if len(text) <= _SLUG_LENGTH and (text.isalnum() or not text):
            return text.lower()  # what most ids of other programs are
        words = _NO_ASCII_WORD.sub("-", text.lower().replace("'", "")).strip("-")
    else:
        folded = unicodedata.normalize("NFKC", text).casefold()
        words = _NO_WORD.sub("-", _APOSTROPHE.sub("", folded)).strip("-")
    if len(words) <= _SLUG_LENGTH:
        return words
    cut = words[:_SLUG_LENGTH]
    return (cut.rsplit("-", 1)[0] if "-" in cut else cut).strip("-")


def short_hash(*parts: str) -> str:
    """Six hexadecimal digits that tell `parts` from others."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:6]
