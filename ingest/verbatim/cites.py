"""What a cite says: the short cite's author and year, and the facts of the full one.

Only what the text says: a fact that is not there is None, and the raw text stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.model import DatePrecision

_YEAR_TAIL: Final = re.compile(
    r"(?:[\s,]|(?<=[a-z.)]))*[’'‘`]?\s?(?P<y>(?:19|20)\d\d|2k\d?|\d{1,2}|n\.?d\.?|no\s+date)"
    r"[\s.,:;)\]–—-]*$",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(r"(?<!\d)(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[-/.](?P<yy>\d{2,4}))?(?!\d)")
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES: Final = re.compile(
    r"(?<![\d/.-])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?![\d/-])"
    r"|(?<!\d)(?P<iy>(?:19|20)\d\d)-(?P<im>\d{1,2})-(?P<id>\d{1,2})(?!\d)"
    r"|\b" + _MONTH.format("wm") + r"\s+(?P<wd>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<wy>(?:19|20)\d\d)\b"
    r"|(?<!\d)(?P<ed>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH.format("em") + r",?\s+(?P<ey>(?:19|20)\d\d)\b"
    r"|\b" + _MONTH.format("om") + r",?\s+(?P<oy>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ACCESS: Final = re.compile(
    r"(?:date\s+accessed|accessed(?:\s+on)?|access\s+date|DOA|downloaded|updated|retrieved)[\s:,]*$",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_TITLE: Final = re.compile(r"[“\"](?P<title>[^“”\"]{3,400})[”\"]")
_CUTTER: Final = re.compile(
    r"(?:\s*[\[(]?(?://+|\|\|)\s*(?P<a>[A-Za-z][A-Za-z .&+-]{0,24})[\])]?"
    r"|\s+/(?P<b>[A-Za-z]{2,4})"
    r"|[\s,;(\[-]+(?:re)?cut by (?P<c>[^\n\])]{1,40})[\])]?)\s*$",
    re.IGNORECASE,
)
_ORGANISED: Final = re.compile(r"\s*(?:&|\band\b|;)\s*", re.IGNORECASE)
_OPENING: Final = "[(<{"


@dataclass(frozen=True, slots=True)
class Cite:
    """The facts of one cite."""

    full: str
    short: str | None = None
    authors: tuple[str, ...] = ()
    qualifications: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    precision: DatePrecision = DatePrecision.NONE
    raw_date: str | None = None  # where the date was guessed from less than a year
    url: str | None = None
    accessed: str | None = None


def without_cutter(full: str) -> tuple[str, str | None]:
    """The cite without the mark of who cut the card, and that mark: initials, often a minor's."""
    found = _CUTTER.search(full)
    if found is None or not found.group(0).strip() or _URL.search(full[: found.end()].rsplit(None, 1)[-1]):
        return full, None
    return full[: found.start()].rstrip(), found.group(0).strip()


def read_cite(full: str, short: str | None, urls: Sequence[str] = ()) -> Cite:
    """The facts that a full cite and its short form state; `urls` are those of its hyperlinks."""
    text = " ".join(full.split())
    bold = " ".join(short.split()) if short else ""
    surname, year_text = _short_facts(bold)
    dates = [(match, _iso(match)) for match in _DATES.finditer(text)]
    accessed = next((iso for match, iso in dates if iso and _ACCESS.search(text[: match.start()])), None)
    published = next((iso for match, iso in dates if iso and not _ACCESS.search(text[: match.start()])), None)
    title = _TITLE.search(text)
    url = _URL.search(text)
    address = url.group(0).rstrip(".,;:)]}") if url else (urls[0] if urls else None)
    when, precision, raw = _date(published, year_text, bold)
    head = text[: title.start()] if title else ""
    names, qualifications = _who(head, bold, surname)
    return Cite(
        full=full,
        short=bold or None,
        authors=names,
        qualifications=qualifications,
        title=title.group("title").strip(" ,.") if title else None,
        publisher=_publisher(text, title.end()) if title else None,
        date=when,
        precision=precision,
        raw_date=raw,
        url=address,
        accessed=accessed,
    )


def _short_facts(short: str) -> tuple[str, str]:
    """The surname part and the year part of a short cite."""
    month_day = _MONTH_DAY.search(short)
    if month_day is not None:
        return short[: month_day.start()].strip(" ,’'"), month_day.group(0)
    tail = _YEAR_TAIL.search(short)
    if tail is not None:
        return short[: tail.start()].strip(" ,’'"), tail.group("y")
    return short.strip(" ,"), ""


def _date(published: str | None, year_text: str, short: str) -> tuple[str | None, DatePrecision, str | None]:
    year = year_of(year_text)
    if published is not None and (year is None or published[:4] == str(year)):
        return published, precision_of(published), None
    if year is not None:
        return str(year), DatePrecision.YEAR, None
    if published is not None:
        return published, precision_of(published), None
    found = _MONTH_DAY.search(short)
    if found is not None and found.group("yy"):
        iso = _day(full_year(found.group("yy")), int(found.group("m")), int(found.group("d")))
        return (iso, DatePrecision.DAY, None) if iso else (None, DatePrecision.NONE, found.group(0))
    # Month and day alone are of the season the file was cut in, which the file does not say.
    return None, DatePrecision.NONE, year_text or None


def year_of(text: str) -> int | None:
    """The year that a short cite's last part means: 24, 2024, 2k7, 7; None for `ND` and month/day."""
    folded = text.casefold().strip()
    if folded.startswith("2k"):
        return 2000 + int(folded[2:] or 0)
    if not folded.isdigit():
        return None
    return full_year(folded)


def full_year(digits: str) -> int:
    """A year of one, two or four digits in full: up to next year is this century, above it the last."""
    number = int(digits)
    if len(digits) > 2:
        return number
    return 2000 + number if len(digits) == 1 or number <= (date.today().year + 1) % 100 else 1900 + number


def precision_of(iso: str) -> DatePrecision:
    """How much of a date an ISO text says."""
    return {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}.get(
        len(iso), DatePrecision.NONE
    )


def _iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["m"]:
        return _day(full_year(part["y"]), int(part["m"]), int(part["d"]))
    if part["iy"]:
        return _day(int(part["iy"]), int(part["im"]), int(part["id"]))
    if part["wm"]:
        return _day(int(part["wy"]), _month(part["wm"]), int(part["wd"]))
    if part["em"]:
        return _day(int(part["ey"]), _month(part["em"]), int(part["ed"]))
    return f"{int(part['oy']):04d}-{_month(part['om']):02d}"


def _month(word: str) -> int:
    return next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(word.casefold()[:3]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _who(head: str, short: str, surname: str) -> tuple[tuple[str, ...], str | None]:
    """The authors and their qualifications, from what stands before the title."""
    inner = head
    at = min((head.find(mark) for mark in _OPENING if mark in head), default=-1)
    if at >= 0:
        inner = head[at + 1 :]
    elif short and head.startswith(short):
        inner = head[len(short) :]
    inner = inner.strip(" ,.:;-–—[(<{")
    names = _names(surname)
    if not inner:
        return names, None
    dates = list(_DATES.finditer(inner))
    if dates and dates[-1].end() > len(inner) - 3:  # the date stands between them and the title
        inner = inner[: dates[-1].start()].strip(" ,.:;-–—([")
    if not inner:
        return names, None
    if not names:
        return (), inner
    first = names[0].split()[-1] if names[0].split() else ""
    found = inner.casefold().find(first.casefold()) if first else -1
    if 0 <= found < 60:
        end = found + len(first)
        full_name = inner[:end].strip(" ,")
        rest = inner[end:]
        # Several full names are not told apart from qualifications with certainty: surnames then stand.
        if len(names) == 1 and full_name and len(full_name.split()) <= 5 and "," not in full_name:
            names = (full_name,)
        elif len(names) > 1:
            last = names[-1].split()[-1].casefold()
            further = rest.casefold().find(last)
            if 0 <= further < 80:
                rest = rest[further + len(last) :]
        return names, rest.strip(" ,.:;-–—") or None
    return names, inner


def _names(surname: str) -> tuple[str, ...]:
    cleaned = re.sub(r"\bet\.?\s+al\.?", "", surname, flags=re.IGNORECASE).strip(" ,.")
    return tuple(name.strip(" ,") for name in _ORGANISED.split(cleaned) if name.strip(" ,"))


def _publisher(text: str, start: int) -> str | None:
    """What stands between the title and the next comma, date or address."""
    rest = text[start:].lstrip(" ,.")
    end = len(rest)
    for found in (_DATES.search(rest), _URL.search(rest), re.search(r"[,\])>}]|\.\s", rest)):
        if found is not None:
            end = min(end, found.start())
    name = rest[:end].strip(" ,.;:-–—")
    return name if name and len(name) <= 120 and not name.isdigit() else None
