"""The text that Kialo exports: numbered claims, each a Pro or a Con of the one above it."""

from __future__ import annotations

import re
from pathlib import Path

from graph.draft import MapDraft
from graph.errors import InputError, Problem
from graph.model import LinkKind
from ingest.reading import Reading, own_id

_HEAD = "Discussion Title:"
_RECORD = re.compile(r"((?:\d+\.)+) (?:(Pro|Con): )?(.*)", re.DOTALL)
_STARTS = re.compile(r"(?:\d+\.)+ ")
_SEE = re.compile(r"-> See ((?:\d+\.)+)\s*")
_LINK = re.compile(r"(?<!\\)\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,2000})\)")


def read(path: Path, content: str, map_id: str | None) -> Reading:
    """The map of an export; where a debate has several theses, they are the motions."""
    records = _records(content)
    first = records[0][1] if records else ""
    if not first.startswith(_HEAD):
        hint = 'An export begins with "Discussion Title: …".'
        raise InputError(Problem(str(path), "this is no export of Kialo", hint, 1))
    file = _Export(path, MapDraft(map_id or own_id(path), first.removeprefix(_HEAD).strip()))
    del records[0]
    claims = file.claims(records)
    records.clear()  # the claims hold their texts now
    return file.mapped(claims)


def _records(content: str) -> list[tuple[int, str]]:
    """Each record with its line. CRLF ends one; a bare LF is a line break within a claim.

    A copy that lost its CRs is split where a line begins with a number like those of claims.
    """
    records: list[tuple[int, str]] = []
    if "\r\n" in content:
        line = 1
        for record in content.split("\r\n"):
            if record.strip():
                records.append((line, record))
            line += record.count("\n") + 1
        return records
    for line, text in enumerate(content.split("\n"), 1):
        if not records or _STARTS.match(text):
            if text.strip():
                records.append((line, text))
        elif len(records) > 1:
            records[-1] = (records[-1][0], f"{records[-1][1]}\n{text}")
        elif text.strip():
            records.append((line, text))
    return [(line, text.rstrip("\n") if number else text) for number, (line, text) in enumerate(records)]


_Claim = tuple[int, str, str, str]  # line, number, stance, text


class _Export:
    """One export on its way into a draft."""

    def __init__(self, path: Path, draft: MapDraft) -> None:
        self.path, self.draft = path, draft
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.claim_at: dict[str, str] = {}  # number → key of the claim that stands or is linked there
        self.linked: set[str] = set()  # the claims that are used again somewhere
        self.places: dict[tuple[str, str, str], dict[str, object]] = {}  # of their links: where each stands

    def claims(self, records: list[tuple[int, str]]) -> list[_Claim]:
        """The records taken apart; raises InputError with those that cannot be."""
        claims: list[_Claim] = []
        seen: set[str] = set()
        for line, record in records:
            found = _RECORD.fullmatch(record)
            if found is None:
                hint = "A claim is written: 1.2. Pro: text"
                self._problem(line, "this is no claim: it does not begin with a number", hint)
                continue
            number, stance, text = found.groups()
            if number in seen:
                self._problem(line, f"the number {number} stands twice", "Number each claim once.")
            above = _above(number)
            if above and above not in seen:
                self._problem(
                    line, f"the claim {number} stands under {above}, which is not there", "Add it before."
                )
            seen.add(number)
            if see := _SEE.fullmatch(text):
                self.linked.add(see[1])
            if not above and stance:  # nothing to be for or against: the word is the claim's own
                stance, text = None, f"{stance}: {text}"
            claims.append((line, number, stance or "", text))
        if not claims and not self.problems:
            self._problem(
                1, "the discussion has no claims", 'Claims follow an empty line: "1. Tea should be free."'
            )
        if self.problems:
            raise InputError(self.problems)
        return claims

    def mapped(self, claims: list[_Claim]) -> Reading:
        """The map of the claims."""
        theses = [number for _, number, stance, _ in claims if number.count(".") == 2 and not stance]
        below_root = [number for _, number, _, _ in claims if number.count(".") == 2]
        several = bool(theses) and theses == below_root
        extra: dict[str, object] = {}
        motion: list[str] = []
        for line, number, stance, text in claims:
            above = _above(number)
            if several and not above and not extra:
                extra = {"kialo": {"question": text, "number": number}}
                continue
            thesis = not above or (several and number.count(".") == 2)
            self._claim(line, number, stance, text, None if several and above not in self.claim_at else above)
            if thesis and number in self.claim_at:
                motion.append(self.claim_at[number])  # of a link, the claim that it uses
            elif not stance and number in self.claim_at:
                self._warn(line, f"the claim {number} is neither Pro nor Con, so it bears on nothing")
        if self.problems:
            raise InputError(self.problems)
        claims.clear()  # the draft holds them now
        self.claim_at.clear()
        self.places.clear()
        argmap = self.draft.finish(motion=dict.fromkeys(motion), format="kialo", extra=extra)
        return Reading(argmap, tuple(self.warnings))

    def _claim(self, line: int, number: str, stance: str, text: str, above: str | None) -> None:
        see = _SEE.fullmatch(text)
        if see:
            key = self.claim_at.get(see[1], "")
            if not key:
                hint = "A link comes after its claim."
                self._problem(line, f"it refers to {see[1]}, which is not there before it", hint)
                return
        else:
            key = number
            self.draft.claim(key, text=text, extra={"kialo": number})
            self._sources(key, text)
        self.claim_at[number] = key
        if above in self.claim_at and stance:  # a link that leads nowhere has been told of, and holds nothing
            self._bear(key, stance, self.claim_at[above], number if see else "")

    def _bear(self, key: str, stance: str, above: str, number: str) -> None:
        """Link a claim to the one above; said again, it is one link of several places."""
        link = self.draft.support if stance == "Pro" else self.draft.attack
        extra: dict[str, object] = {"kialo": number} if number else {}
        if key not in self.linked:
            link(key, above)
            return
        ends = (key, stance, above)
        if ends not in self.places:
            self.places[ends] = extra
            link(key, above, extra=extra)
            return
        held = self.places[ends].get("kialo", "")
        self.places[ends]["kialo"] = [*(held if isinstance(held, list) else [held]), number]

    def _sources(self, key: str, text: str) -> None:
        for title, url in _LINK.findall(text):
            source = ("source", url)
            if source not in self.draft:
                self.draft.source(source, title=title.strip() or url)
                self.draft.update(source, url=url)
            self.draft.link(LinkKind.CITES, key, source)

    def _warn(self, line: int, what: str) -> None:
        self.warnings.append(Problem(str(self.path), what, "Write: 1.2. Pro: text", line))

    def _problem(self, line: int, what: str, hint: str) -> None:
        self.problems.append(Problem(str(self.path), what, hint, line))


def _above(number: str) -> str:
    """The number of the claim above: `1.2.3.` stands under `1.2.`"""
    return number[: number[:-1].rfind(".") + 1]
