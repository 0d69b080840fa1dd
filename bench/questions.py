"""Times every question on a map of 100,000 items: `python bench/questions.py [ITEMS] [QUESTION…]`.

Seconds of processor time with the map in memory. `first` pays for what is made once a map and kept (its
indexes and framework); the goal is a second for each question once that is there.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]

from debate import debate  # noqa: E402

from graph.collector import collector_paused  # noqa: E402
from graph.model import ArgumentMap, Evidence, Item, Side, Statement  # noqa: E402
from graph.questions.registry import QUESTIONS  # noqa: E402
from graph.sides import sides  # noqa: E402


def sided(size: int) -> ArgumentMap:
    """The debate of the other benchmarks, with sides that follow from the motion, and quotes."""
    # Fewer circles than debate() makes: in a circle every item would be on both sides.
    argmap = debate(size, circles=0.0)
    side = sides(argmap)
    items: list[Item] = []
    for place, item in enumerate(argmap.items):
        own = side.get(item.id, Side.UNKNOWN)
        if isinstance(item, Evidence):
            quote = f"passage number {place % 5_000} of this debate"
            items.append(replace(item, quote=quote, side=own, order=place))
        elif isinstance(item, Statement):
            items.append(replace(item, text=f"{item.title} says something of its own", side=own, order=place))
        else:
            items.append(replace(item, order=place))
    return replace(argmap, items=tuple(items))


def main() -> None:
    """Ask each question twice and print what it took."""
    words = sys.argv[1:]
    size = int(words.pop(0)) if words and words[0].isdecimal() else 100_000
    argmap = sided(size)
    near = next(
        item.id for item in argmap.items if isinstance(item, Statement) and item.id not in argmap.motion
    )
    print(f"{size} items\nquestion         first  again  rows")
    for question in QUESTIONS.values():
        if words and question.name not in words:
            continue
        asked = [near] if question.about_item or question.about_items else []
        if question.two_maps:
            asked = [replace(argmap, id="other")]
        options = {option.name: option.default for option in question.options if option.default is not None}
        options |= {option.name: "pro" for option in question.options if option.required}
        took = []
        for _ in range(2):
            start = process_time()
            with collector_paused():  # as `argmap ask` does
                result = question.answer(argmap, *asked, **options)
            took.append(process_time() - start)
        print(f"{question.name:15} {took[0]:6.2f} {took[1]:6.2f}  {len(result.rows)}", flush=True)


if __name__ == "__main__":
    main()
