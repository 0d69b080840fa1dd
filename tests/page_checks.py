"""What the browser tests look at: the cards that are drawn, and whether any lies on another."""

from __future__ import annotations

from browser import Opened


def overlaps(tab: Opened) -> list[list[str]]:
    """The pairs of cards whose boxes overlap by more than a hair."""
    found: list[list[str]] = tab.page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll("#layer .card, #layer .joint")].map((card) => {
                const {left, right, top, bottom} = card.getBoundingClientRect();
                return {name: card.textContent.slice(0, 40), left, right, top, bottom};
            }).filter((box) => box.right > box.left).sort((a, b) => a.top - b.top);
            const pairs = [];
            boxes.forEach((a, i) => {
                for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom - 1; j++) {
                    const b = boxes[j];
                    if (a.left < b.right - 1 && b.left < a.right - 1) pairs.push([a.name, b.name]);
                }
            });
            return pairs;
        }"""
    )
    return found


def cards(tab: Opened) -> int:
    """How many cards are drawn, the one that asks for the rest included."""
    count: int = tab.page.locator("#layer .card").count()
    return count
