"""Which fonts of this machine can show a text; none comes with argmap."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# File names of a family's regular, bold and italic, best first: Linux, then macOS, then Windows.
_FAMILIES = (
    ("Inter-Regular.ttf", "Inter-Bold.ttf", "Inter-Italic.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"),
    ("Roboto-Regular.ttf", "Roboto-Bold.ttf", "Roboto-Italic.ttf"),
    ("FreeSans.ttf", "FreeSansBold.ttf", "FreeSansOblique.ttf"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial Italic.ttf"),
    ("segoeui.ttf", "segoeuib.ttf", "segoeuii.ttf"),
    ("arial.ttf", "arialbd.ttf", "ariali.ttf"),
)
# For what that family has not: other alphabets, Chinese and Japanese, signs.
_OTHERS = (
    "DejaVuSans.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSans-Regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "Arial Unicode.ttf",
    "msyh.ttc",
    "meiryo.ttc",
    "malgun.ttf",
    "Nirmala.ttc",
    "NotoEmoji-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "Symbola.ttf",
    "seguisym.ttf",
    "FreeSerif.ttf",
)
_NAMED = 20  # characters
_ADVICE = "Install the Noto fonts (on Debian or Ubuntu: apt-get install fonts-noto)."
_NEED_NO_SIGN = frozenset("\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f\u00ad\ufeff\u061c")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files for a text: three of one family, more for what it lacks, and what no file has."""

    family: tuple[Path, Path, Path] | None  # regular, bold, italic; None where there is no known one
    others: Sequence[Path]
    missing: str
    name: str = ""  # of the family, as fonts call themselves

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to tell whoever asked for a picture with these fonts."""
        if self.family is None and not self.others:
            return ("No font is known on this machine: only Western letters are written.\n  " + _ADVICE,)
        if not self.missing:
            return ()
        some = " ".join(self.missing[:_NAMED]) + (" …" if len(self.missing) > _NAMED else "")
        return (f"No font of this machine is known to have {some}\n  {_ADVICE}",)


def fonts_for(texts: Iterable[str]) -> Fonts:
    """The fonts of this machine that show most of `texts`."""
    wanted = set().union(*texts) - _NEED_NO_SIGN
    installed = _installed()
    family = next((f for names in _FAMILIES if (f := _all_of(names, installed))), None)
    if family:
        wanted -= letters_of(family[0])
    others: list[Path] = []
    for name in _OTHERS:
        if not wanted:
            break
        path = installed.get(name)
        if path and (found := wanted & letters_of(path)):
            others.append(path)
            wanted -= found
    return Fonts(family, others, "".join(sorted(wanted)), _name(family[0]) if family else "")


def _all_of(names: tuple[str, str, str], installed: dict[str, Path]) -> tuple[Path, Path, Path] | None:
    regular, bold, italic = (installed.get(name) for name in names)
    if regular is None:
        return None
    return regular, bold or regular, italic or regular


@cache
def _installed() -> dict[str, Path]:
    known = {name for names in _FAMILIES for name in names} | set(_OTHERS)
    found: dict[str, Path] = {}
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            for name in sorted(known.intersection(names)):
                found.setdefault(name, Path(parent, name))
    return found


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        return [Path(local, "Microsoft/Windows/Fonts"), Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")]
    return [
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    ]


def _name(path: Path) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return str(font["name"].getBestFamilyName() or "")


@cache
def letters_of(path: Path) -> frozenset[str]:
    """The letters that a font has a sign for."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (OSError, TTLibError):
        return frozenset()
