"""Which item a user means: by its id, by the id's slug, or by its title."""

from __future__ import annotations

from graph.errors import NoSuchItem
from graph.model import ARGUERS, ARGUMENT_NODES, ArgumentMap, Item
from graph.questions.bearing import source_names
from graph.wording import listed, nearest


def find_item(argmap: ArgumentMap, wanted: str, look: str = "") -> Item:
    """The item of this id, of this slug within the map, or of exactly this title (case folded where
    that is enough); or the source that answers call so: `Pike 2014a`. Raises NoSuchItem, which names
    the nearest, or says what to type to `look` for it: by default, a search of the stored map.
    """
    by_id = argmap.by_id
    for item_id in (wanted, f"{argmap.id}/{wanted}"):
        if item_id in by_id:
            return by_id[item_id]
    exactly = [item for item in argmap.items if item.title == wanted]
    folded = [item for item in argmap.items if item.title.casefold() == wanted.casefold()]
    for found in (exactly, folded):
        # A person or an article may share a claim's name; who asks about an argument means the argument.
        arguments = [item for item in found if item.label in ARGUMENT_NODES] or found
        if len(arguments) == 1:
            return arguments[0]
        if arguments:
            raise NoSuchItem(
                f'{len(arguments)} items of map "{argmap.id}" are titled "{wanted}"\n'
                f"  Say which by its id: {listed(item.id for item in arguments)}"
            )
    names = {name.casefold(): item_id for item_id, name in source_names(argmap).items()}
    if wanted.casefold() in names:
        return by_id[names[wanted.casefold()]]
    raise NoSuchItem(_nothing(argmap, wanted, look or f"argmap find WORDS --map {argmap.id}"))


def _nothing(argmap: ArgumentMap, wanted: str, look: str) -> str:
    what = f'map "{argmap.id}" has no item "{wanted}"'
    arguers = [item for item in argmap.items if item.label in ARGUERS]
    titles = {item.title: item for item in arguers}
    slugs = {slug_of(argmap, item): item for item in arguers}
    near = {titles[title].id: titles[title] for title in nearest(wanted, titles)}
    near |= {slugs[slug].id: slugs[slug] for slug in nearest(wanted, slugs)}
    names = {name: argmap.by_id[item_id] for item_id, name in source_names(argmap).items()}
    near |= {names[name].id: names[name] for name in nearest(wanted, names)}
    if not near:
        return f"{what}\n  Look for it: {look}"
    named = (f'"{item.title}" ({slug_of(argmap, item)})' for item in list(near.values())[:3])
    return f"{what}\n  Did you mean {listed(named)}?"


def slug_of(argmap: ArgumentMap, item: Item) -> str:
    """The id without the map's, which is how a user types it."""
    return item.id.removeprefix(f"{argmap.id}/")


def says(item: Item) -> str:
    """What the item says: its text, else what it quotes, else its title."""
    return item.text or getattr(item, "quote", None) or item.title
