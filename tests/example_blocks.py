"""Makes the example block files: `python tests/example_blocks.py`.

Two made-up Word files in the style of Verbatim, one for each side, and the made-up articles that their
cards quote. Two of the cards do not say quite what their articles say.
"""

from __future__ import annotations

from pathlib import Path

from docx_maker import Doc, cite, emph, read, run, small, under

PLACE = Path(__file__).parent.parent / "examples" / "blocks"

MARSH = ' (Ada Marsh, sleep researcher at Example University, 3-4-2022, "Bells and Beds," Example Journal, '
MARSH += "https://example.org/bells)"
OKORO = ' (Ben Okoro, teacher and statistician, 11-19-2021, "What Sleep Does to Grades," Example Review, '
OKORO += "https://example.org/grades)"
FINCH = ' (Cara Finch, transport planner, 2-1-2020, "Two Runs Are Dearer Than One," Example Transport, '
FINCH += "https://example.org/buses)"
RAO = ' (Dev Rao, school treasurer, 5-6-2019, "Where the Money Goes," Example Ledger, '
RAO += "https://example.org/ledger)"
LUND = ' (Eva Lund, paediatrician, 9-9-2023, "They Stay Up Later," Example Medicine, '
LUND += "https://example.org/later)"

ARTICLES = {
    "marsh-2022.txt": """Bells and Beds
Ada Marsh, Example Journal, 4 March 2022
https://example.org/bells

Teenagers fall asleep late for reasons of biology, not of discipline.
A bell at eight takes an hour of sleep from most of them every school night. The loss adds up over the
week, and no weekend pays it back.
Schools that moved the bell to ten saw pupils sleep forty minutes longer.
""",
    "okoro-2021.txt": """What Sleep Does to Grades
Ben Okoro, Example Review, 19 November 2021
https://example.org/grades

In three districts grades were compared before and after the bell moved. Pupils who slept longer did
better in mathematics and in reading. In two of the three districts the gain was small.
""",
    "finch-2020.txt": """Two Runs Are Dearer Than One
Cara Finch, Example Transport, 1 February 2020
https://example.org/buses

Most districts send the same buses out twice. When all schools start at the same later hour, the second
run needs buses of its own, and the cost of buses rises by a fifth.
Districts that staggered their bells paid nothing more.
""",
    "rao-2019.txt": """Where the Money Goes
Dev Rao, Example Ledger, 6 May 2019
https://example.org/ledger

What a district spends on buses could come out of what it spends on teaching, unless the state pays.
""",
    "lund-2023.txt": """They Stay Up Later
Eva Lund, Example Medicine, 9 September 2023
https://example.org/later

Given a later bell, many teenagers go to bed later. In our clinic they slept as long as before.
""",
}


def aff() -> Doc:
    """The file of the side that wants the bell at ten."""
    doc = Doc().pocket("Aff").hat("Sleep").block("Advantage---1AC")
    doc.card(
        "Early bells cost teenagers sleep",
        "Marsh 22",
        MARSH,
        small("Teenagers fall asleep late for reasons of biology, not of discipline. "),
        read("A bell at eight takes an hour of sleep from most of them"),
        under(" every school night. "),
        emph("The loss adds up", "cyan"),
        small(" over the week, and no weekend pays it back."),
    )
    doc.card(
        "Sleep raises grades",
        "Okoro 21",
        OKORO,
        small("In three districts grades were compared before and after the bell moved. "),
        read("Pupils who slept longer did better"),
        under(" in mathematics and in reading."),
    )
    doc.block("2AC---AT: Later bells raise bus costs")
    doc.card(
        "Staggered bells cost nothing more",
        "Finch 20",
        FINCH,
        read("Districts that staggered their bells paid nothing more."),
    )
    doc.tag("2. No link: most pupils of ten or older walk")
    doc.block("2AC---AT: Lost practice time").tag("Practice can come before school")
    return doc


def neg() -> Doc:
    """The file of the other side."""
    doc = Doc().pocket("Neg").hat("Buses DA").block("Link---1NC")
    doc.card(
        "Later bells raise bus costs",
        "Finch 20",
        FINCH,
        under("When all schools start at the same later hour, "),
        read("the second run needs buses of its own, and the cost of buses rises by a fifth."),
    )
    doc.block("Impact---1NC").tag("Bus costs come out of teaching")
    doc.add("", cite("Rao 19"), run(RAO), run(" //JD"))
    doc.add("", read("What a district spends on buses come out of what it spends on teaching"))
    doc.hat("Case").block("1NC---AT: Early bells cost teenagers sleep")
    doc.card(
        "They go to bed later instead",
        "Lund 23",
        LUND,
        read("Given a later bell, all teenagers go to bed later."),
        under(" In our clinic they slept as long as before."),
    )
    doc.block("1NC---AT: Grades")
    doc.card(
        "The gain is small",
        "Okoro 21",
        OKORO,
        read("In two of the three districts the gain was small."),
    )
    doc.block("1NC---AT: No sleep")
    doc.card(
        "Their own study counts nights, not years",
        "Marsh 22",
        MARSH,
        small("Teenagers fall asleep late for reasons of biology, not of discipline. "),
        under("A bell at eight takes an hour of sleep from most of them every school night. "),
        small("The loss adds up over the week, and no weekend pays it back."),
    )
    return doc


def main() -> None:
    aff().save(PLACE / "aff.docx")
    neg().save(PLACE / "neg.docx")
    for name, text in ARTICLES.items():
        (PLACE / "articles" / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
