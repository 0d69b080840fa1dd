"""What a heading says of the argument: positions, speeches, roles, and whom it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Side

_SEPARATORS = re.compile(r"\s*-{2,}\s*|\s*—+\s*|\s+[-–]\s+|\s*–\s+|\s*\|\s*|\s*›\s*")
_ANSWERS = re.compile(
    r"^(?:A\.?\s?T|A\s?/\s?T|A2|A/2|Ans(?:wers?)?\.?\s+to|They\s+say)\b\s*[:.\-–—]*\s*(?P<claim>.*)$",
    re.IGNORECASE,
)
_MID_ANSWERS = re.compile(r"^(?P<before>.+?)\s+(?P<at>(?:AT|A2|A/2)\s*:.*|Answers to:? .*)$")
_SPEECH = re.compile(r"\b([12](?:AC|NC|NR|AR))\b", re.IGNORECASE)
_OTHER_SPEECHES = frozenset(
    {"block", "nc", "ac", "nr", "ar", "summary", "ff", "final focus", "rebuttal", "nc/ac"}
)
_AFF = frozenset({"1ac", "2ac", "1ar", "2ar", "ac", "ar", "aff", "affirmative", "pro"})
_NEG = frozenset({"1nc", "2nc", "1nr", "2nr", "nc", "nr", "neg", "negative", "con"})


class Attack(StrEnum):
    """How an answer attacks, by the role words of its heading or tag."""

    REBUT = "rebut"
    UNDERCUT = "undercut"
    UNDERMINE = "undermine"


_ROLES: tuple[tuple[str, str], ...] = (
    ("non-unique", r"nuq|non[- ]?unique|not unique|no uniqueness"),
    ("uniqueness", r"uq|uniqueness|unique"),
    ("no link", r"no link"),
    ("link turn", r"link turns?"),
    ("impact turn", r"impact turns?"),
    ("turn", r"turns?(?: case)?|straight turns?"),
    ("internal link", r"internal links?|il|i/l"),
    ("link", r"links?"),
    ("impact defense", r"no impacts?|impact d(?:efen[sc]e)?|defen[sc]e"),
    ("impact", r"impacts?|!"),
    ("solvency", r"solvency|solves?"),
    ("alternate cause", r"alt(?:ernate)? causes?"),
    ("permutation", r"perms?(?: do both)?|permutations?"),
    ("competition", r"competition|competitive"),
    ("net benefit", r"net benefits?|nb"),
    ("theory", r"theory|condo|conditionality"),
    ("topicality", r"topicality|t"),
    ("framework", r"framework|fw|f/w"),
    ("alternative", r"alt|alternative"),
    ("overview", r"overview|ov|o/v"),
    ("extension", r"ext|xt|extensions?"),
    ("indict", r"indicts?|bias(?:ed)?|unqualified|author indict|prefer our ev(?:idence)?"),
)
_ROLE = tuple((kind, re.compile(rf"(?:{words})", re.IGNORECASE)) for kind, words in _ROLES)
_UNDERCUTS = frozenset({"alternate cause", "no link", "internal link"})
_UNDERMINES = frozenset({"indict"})
_TURNS = frozenset({"turn", "link turn", "impact turn"})
_LEADING = (
    (
        "turn",
        re.compile(
            r"^(?:\d+[.)]\s*)?(?:(?:link|impact|straight)\s+)?turns?\b(?!\s+(?:out|to|into|on)\b)", re.I
        ),
    ),
    ("non-unique", re.compile(r"^(?:\d+[.)]\s*)?(?:nuq|non[- ]?unique)\b", re.I)),
    ("no link", re.compile(r"^(?:\d+[.)]\s*)?no link\b", re.I)),
    ("alternate cause", re.compile(r"^(?:\d+[.)]\s*)?alt(?:ernate)? causes?\b", re.I)),
    ("impact defense", re.compile(r"^(?:\d+[.)]\s*)?no impact\b", re.I)),
    ("permutation", re.compile(r"^(?:\d+[.)]\s*)?perm(?:utation)?\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a title: a position, a role, or the claim that is answered."""

    text: str
    answers: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A heading taken apart: its segments from the whole to the part, its speech and side."""

    segments: tuple[Segment, ...]
    speech: str | None = None
    side: Side = Side.UNKNOWN


def read_title(text: str) -> Title:
    """The parts of a pocket's, hat's or block's title."""
    segments: list[Segment] = []
    speech: str | None = None
    side = Side.UNKNOWN
    for part in _parts(" ".join(text.split())):
        folded = part.casefold().strip(" :.")
        if folded in _AFF or folded in _NEG:
            side = Side.PRO if folded in _AFF else Side.CON
        found = _SPEECH.fullmatch(part.strip(" :."))
        if found is not None or folded in _OTHER_SPEECHES:
            speech = folded.upper() if found is not None or len(folded) < 4 else folded
            continue
        answered = _ANSWERS.match(part)
        if answered is not None:
            named = answered.group("claim").strip(" :-–—.\"“”'")
            segments.append(Segment(named or part, answers=bool(named)))
            continue
        spoken = _SPEECH.search(part)
        if spoken is not None:
            speech = speech or spoken.group(1).upper()
            side = _speech_side(spoken.group(1)) if side is Side.UNKNOWN else side
            part = part.strip(" :")
        segments.append(Segment(part, kind=role(part)))
    if speech is not None and side is Side.UNKNOWN:
        side = _speech_side(speech)
    if not segments:
        segments = [Segment(" ".join(text.split()))]
    return Title(tuple(segments), speech, side)


def _speech_side(speech: str) -> Side:
    folded = speech.casefold()
    return Side.PRO if folded in _AFF else Side.CON if folded in _NEG else Side.UNKNOWN


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATORS.split(text):
        if not part.strip():
            continue
        middle = _MID_ANSWERS.match(part)
        if middle is not None and not _ANSWERS.match(part):
            parts += [middle.group("before"), middle.group("at")]
        else:
            parts.append(part.strip())
    return parts


def role(segment: str) -> str | None:
    """The kind that a segment's role word means; None where it is no role word."""
    folded = segment.strip(" :.()")
    for kind, words in _ROLE:
        if words.fullmatch(folded):
            return kind
    return None


def role_of_tag(tag: str) -> str | None:
    """The kind that a tag's first words mean ("Turn—", "No link:", "Alt cause"); None for most tags."""
    for kind, words in _LEADING:
        if words.match(tag):
            return kind
    return None


def attack_of(kind: str | None) -> Attack:
    """What an answer of this kind attacks: the claim, the step that it takes, or its evidence."""
    if kind in _UNDERCUTS:
        return Attack.UNDERCUT
    if kind in _UNDERMINES:
        return Attack.UNDERMINE
    return Attack.REBUT


def is_turn(kind: str | None) -> bool:
    """Whether an answer of this kind makes the other side's argument a reason for ours."""
    return kind in _TURNS


_NUMBER = re.compile(r"^\s*(?P<n>\d{1,2})\s*[.)]\s+(?=\S)|^\s*\((?P<m>\d{1,2})\)\s+(?=\S)")


def without_number(tag: str) -> tuple[str, int | None]:
    """A tag without its list number, and the number."""
    found = _NUMBER.match(tag)
    if found is None:
        return tag, None
    return tag[found.end() :], int(found.group("n") or found.group("m"))
