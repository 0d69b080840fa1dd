"""A map in the making: readers say what they find, and the draft makes it an `ArgumentMap`.

What every format needs and none should decide for itself happens here: ids, which claim is a
rebuttal, what an attack hits, the inferences that undercuts need, sides, and reading order.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import cast

from graph.model import (
    ATTACKS,
    ITEM_CLASSES,
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Item,
    ItemId,
    Label,
    Link,
    LinkKind,
    MapId,
    Origin,
    Polarity,
    Side,
    Statement,
)
from graph.quick import changeable
from graph.sides import default_motion, sides_from
from graph.slugs import short_hash, slug, slugs

Key = Hashable  # a reader's own name for an item, unique within the draft

# Getting at a member of an enum takes as long as making a link.
_FILE = Origin.FILE
_REBUTS, _CONTRADICTS, _PREMISE_OF = LinkKind.REBUTS, LinkKind.CONTRADICTS, LinkKind.PREMISE_OF
_CLAIM, _REBUTTAL, _AGAINST = Label.CLAIM, Label.REBUTTAL, Polarity.ATTACKS
_STEPS = ATTACKS | {LinkKind.SUPPORTS}
_SIDED = (Statement, Evidence)
_TITLE_LENGTH = 60
_FIELDS: Mapping[Label, frozenset[str]] = {
    label: frozenset(f.name for f in fields(cls)) for label, cls in ITEM_CLASSES.items()
}
_OF_CLAIM = attrgetter(*(f.name for f in fields(Claim)))  # a rebuttal has the same fields, and more
_HIT: Mapping[Label, LinkKind] = {
    Label.INFERENCE: LinkKind.UNDERCUTS,
    Label.EVIDENCE: LinkKind.UNDERMINES,
    Label.SOURCE: LinkKind.UNDERMINES,
}
"""What an attack is, by what it hits; on all else it rebuts."""
_PREFIX: Mapping[Label, str] = {Label.SOURCE: "source-", Label.PERSON: "person-", Label.LOCUTION: "said-"}


@dataclass(slots=True)
class _DraftLink:
    """A link between keys. It has the fields of `Link`, so that `finish` can make it one in place."""

    kind: LinkKind
    start: Key
    end: Key
    order: float  # between those of two others, for a link that is made later
    via: Key | None
    locator: str | None
    origin: Origin
    extra: Mapping[str, object]


class MapDraft:
    """Collects items under the reader's own keys, and links between keys, in reading order.

    Adding under a key that is there already is a programming error (`KeyError`); use `update`.
    """

    def __init__(self, map_id: MapId, title: str = "") -> None:
        self.map_id = map_id
        self.title = title
        self._items: dict[Key, Item] = {}  # not frozen yet; until `finish` the id is the file's own
        self._steps: dict[tuple[LinkKind, Key, Key], Key] = {}  # that undercuts need
        self._namespaces: dict[Key, str] = {}  # of items that have one
        self._names: dict[Key, str] = {}  # in `finish`: what each is called in its id
        self._beside: dict[Key, dict[str, object]] = {}  # values that the item's label has no field for
        self._links: list[_DraftLink] = []
        self._undercuts: list[_DraftLink] = []

    def __contains__(self, key: Key) -> bool:
        return key in self._items

    def claim(self, key: Key, *, title: str = "", text: str = "", slug: str = "", **values: object) -> Key:
        """Add a statement; whether it is a Claim or a Rebuttal shows from its links. Returns `key`.

        `values` are fields of `graph.model.Statement` (and `turn`), `slug` (the file's own id) and
        `namespace` (tells apart two items of one title, as Argdown's `[A]` and `<A>`).
        """
        return self._add(_CLAIM, key, title, text, slug, values)

    def evidence(self, key: Key, *, title: str = "", text: str = "", slug: str = "", **values: object) -> Key:
        """Add a card; `values` are fields of `graph.model.Evidence`. Returns `key`."""
        return self._add(Label.EVIDENCE, key, title, text, slug, values)

    def inference(
        self, key: Key, *, title: str = "", text: str = "", slug: str = "", **values: object
    ) -> Key:
        """Add a step that the file states; `values` are fields of `graph.model.Inference`."""
        return self._add(Label.INFERENCE, key, title, text, slug, values)

    def source(self, key: Key, *, title: str = "", text: str = "", slug: str = "", **values: object) -> Key:
        """Add an article, book or study; `values` are fields of `graph.model.Source`."""
        return self._add(Label.SOURCE, key, title, text, slug, values)

    def person(self, name: str) -> Key:
        """Add a person, or find the one of that name. Returns the person's key."""
        key: Key = (Label.PERSON, name)
        if key not in self._items:
            self._add(Label.PERSON, key, name, "", "", {"name": name})
        return key

    def locution(self, key: Key, *, title: str = "", text: str = "", slug: str = "", **values: object) -> Key:
        """Add what was said; `values` are fields of `graph.model.Locution`."""
        return self._add(Label.LOCUTION, key, title, text, slug, values)

    def update(self, key: Key, **values: object) -> None:
        """Set fields of an item that was added before; later values win."""
        item = self._items[key]
        known = _FIELDS[item.label]
        for name, value in values.items():
            if name in known:
                setattr(item, name, value)
            else:
                self._beside.setdefault(key, {})[name] = value

    def _add(
        self, label: Label, key: Key, title: str, text: str, own_slug: str, values: dict[str, object]
    ) -> Key:
        items = self._items
        if key in items:
            raise KeyError(f"{key!r} was added before")
        if namespace := values.pop("namespace", ""):
            self._namespaces[key] = str(namespace)
        make = changeable(label)
        try:
            items[key] = make(own_slug, title, text, len(items), **values)
        except TypeError:
            known = _FIELDS[label]
            self._beside[key] = {name: values.pop(name) for name in list(values) if name not in known}
            items[key] = make(own_slug, title, text, len(items), **values)
        return key

    def link(
        self,
        kind: LinkKind,
        start: Key,
        end: Key,
        *,
        via: Key | None = None,
        locator: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        """Add a link of exactly this kind."""
        links = self._links
        order = len(links) + len(self._undercuts)
        links.append(_DraftLink(kind, start, end, order, via, locator, _FILE, {} if extra is None else extra))

    def support(self, start: Key, end: Key, *, extra: Mapping[str, object] | None = None) -> None:
        """`start` is a reason or a card for `end`."""
        self.link(LinkKind.SUPPORTS, start, end, extra=extra)

    def attack(self, start: Key, end: Key, *, extra: Mapping[str, object] | None = None) -> None:
        """`start` attacks `end`: rebuts a claim, undercuts an inference, undermines a card.

        Which of the three is settled in `finish`, when it is known what `end` is.
        """
        self.link(_REBUTS, start, end, extra=extra)

    def undercut(self, start: Key, end: Key, *, extra: Mapping[str, object] | None = None) -> None:
        """`start` attacks the step that `end` is (an inference) or takes (to what it bears on)."""
        self._undercuts.append(
            _link(LinkKind.UNDERCUTS, start, end, len(self._links) + len(self._undercuts), extra)
        )

    def contradict(self, start: Key, end: Key, *, extra: Mapping[str, object] | None = None) -> None:
        """The two cannot both hold; said once, whichever way round it is said again."""
        self.link(LinkKind.CONTRADICTS, start, end, extra=extra)

    def finish(
        self,
        *,
        motion: Iterable[Key] = (),
        **values: object,
    ) -> ArgumentMap:
        """The map that was drafted, and the end of the draft; `values` are other fields of `ArgumentMap`.

        Without `motion`: the items of kind *motion*, else the roots that something bears on.
        """
        self._settle_attacks()
        self._name_items()
        self._make_steps()
        ids = self._ids()
        links = self._finished_links(ids)
        items = list(self._items.values())
        for item, item_id in zip(items, ids.values(), strict=True):
            item.id = item_id  # type: ignore[misc]  # it is not frozen yet
            if not item.title:
                item.title = made_title(item.text or _text(item))  # type: ignore[misc]
        about = tuple(ids[key] for key in motion) or default_motion(items, links)
        _set_sides(items, links, about)
        return ArgumentMap(
            id=self.map_id,
            title=self.title or self.map_id,
            items=tuple(items),
            links=links,
            motion=about,
            **values,  # type: ignore[arg-type]  # the dataclass names and checks them
        )

    def _settle_attacks(self) -> None:
        items = self._items
        for link in self._links:
            if link.kind is _REBUTS:
                link.kind = _HIT.get(items[link.end].label, LinkKind.REBUTS)

    def _name_items(self) -> None:
        """What each item is called in its id, before two of one name are told apart."""
        items = self._items.values()
        names = slugs([item.id or item.title or _text(item) for item in items])
        for place, item in enumerate(items):
            if not names[place]:
                names[place] = slug(item.title) or slug(_text(item)) or "item"
            if item.label in _PREFIX:
                names[place] = _PREFIX[item.label] + names[place]
        self._names = dict(zip(self._items, names, strict=True))

    def _make_steps(self) -> None:
        """Make the inferences that undercuts need, an undercutter's own targets first."""
        if not self._undercuts:
            return
        pending: dict[Key, int] = defaultdict(int)
        for request in self._undercuts:
            pending[request.start] += 1
        undercut = {request.end for request in self._undercuts}
        steps: dict[Key, list[_DraftLink]] = defaultdict(list)
        premises: dict[Key, list[Key]] = defaultdict(list)
        for link in self._links:
            if link.start not in undercut:
                continue
            if link.kind is _PREMISE_OF:
                premises[link.start].append(link.end)
            elif link.kind in _STEPS and link.via is None:
                steps[link.start].append(link)
        waiting: dict[Key, list[_DraftLink]] = defaultdict(list)
        ready: deque[_DraftLink] = deque()
        for request in self._undercuts:
            (waiting[request.end] if pending[request.end] else ready).append(request)
        in_order = iter(sorted(self._undercuts, key=lambda request: request.order))
        done: set[float] = set()  # by order
        while len(done) < len(self._undercuts):
            if not ready:  # a circle of undercuts: begin with the first in reading order
                ready.append(next(request for request in in_order if request.order not in done))
            request = ready.popleft()
            if request.order in done:
                continue
            done.add(request.order)
            for target in self._undercut_targets(request.end, steps, premises):
                made = _link(LinkKind.UNDERCUTS, request.start, target, request.order, request.extra)
                self._links.append(made)
                steps[request.start].append(made)
            pending[request.start] -= 1
            if not pending[request.start]:
                ready.extend(waiting.pop(request.start, []))
        self._undercuts.clear()
        self._links.sort(key=lambda link: link.order)

    def _undercut_targets(
        self, end: Key, steps: Mapping[Key, list[_DraftLink]], premises: Mapping[Key, list[Key]]
    ) -> list[Key]:
        if self._items[end].label is Label.INFERENCE:
            return [end]
        targets = [self._step(link) for link in steps.get(end, ())]
        targets += [step for step in premises.get(end, ()) if step not in targets]
        return targets or [self._step(_link(LinkKind.SUPPORTS, end, None, 0))]

    def _step(self, link: _DraftLink) -> Key:
        """The inference of a direct link, made where it has none yet; without an end, an open one."""
        ends = (link.kind, link.start, link.end)
        if ends in self._steps:
            return self._steps[ends]
        # Of the number only: a key that held the keys of other steps would take ever longer to hash.
        key: Key = ("step", len(self._steps))
        self._steps[ends] = key
        start = self._items[link.start]
        polarity = Polarity.ATTACKS if link.kind in ATTACKS else Polarity.SUPPORTS
        title = f"From {made_title(start.title or _text(start))}"
        name = f"step-{self._names[link.start]}"
        if link.end is not None:
            end = self._items[link.end]
            against = "against" if polarity is Polarity.ATTACKS else "to"
            title += f" {against} {made_title(end.title or _text(end))}"
            name += f"-to-{self._names[link.end]}"
        self._add(Label.INFERENCE, key, title, "", name, {"polarity": polarity, "namespace": "step"})
        self._names[key] = slug(name)
        self._links.append(_link(LinkKind.PREMISE_OF, link.start, key, link.order + 0.1))
        if link.end is not None:
            self._links.append(_link(LinkKind.CONCLUDES, key, link.end, link.order + 0.2))
            link.via = key
        return key

    def _finished_links(self, ids: Mapping[Key, ItemId]) -> tuple[Link, ...]:
        """The links, each once, between ids; what they make a rebuttal becomes one."""
        finished: list[_DraftLink] = []
        seen: set[tuple[object, ...]] = set()
        labelled: set[Key] = set()
        for link in self._links:  # once only: of a large map each look at all takes its time
            kind, start, end, via = link.kind, link.start, link.end, link.via
            mark: tuple[object, ...] = (kind, start, end, via, link.locator)
            if kind is _CONTRADICTS:
                mark = (kind, frozenset((start, end)), via, link.locator)
            if mark in seen:
                continue
            seen.add(mark)
            if start not in labelled:
                if kind in _STEPS and via is None:
                    labelled.add(start)
                    if kind in ATTACKS:
                        self._make_rebuttal(start)
                elif kind is _PREMISE_OF:
                    labelled.add(start)
                    step = self._items[end]
                    if isinstance(step, Inference) and step.polarity is _AGAINST:
                        self._make_rebuttal(start)
            link.start, link.end, link.order = ids[start], ids[end], len(finished)
            if via is not None:
                link.via = ids[via]
            link.__class__ = Link  # type: ignore[assignment]  # the same fields, and its own from here on
            finished.append(link)
        return cast("tuple[Link, ...]", tuple(finished))

    def _make_rebuttal(self, key: Key) -> None:
        """Make a claim a rebuttal: its first link is an attack."""
        item = self._items[key]
        if item.label is _CLAIM:
            self._items[key] = changeable(_REBUTTAL)(*_OF_CLAIM(item))
            if key in self._beside:
                self.update(key, **self._beside.pop(key))

    def _ids(self) -> dict[Key, ItemId]:
        """An id for each key that depends on what the item says, never on its place in the file."""
        start = f"{self.map_id}/"
        names = list(self._names.values())
        if len(set(names)) == len(names):
            return {key: start + name for key, name in zip(self._items, names, strict=True)}
        wanted = Counter(names)
        ids: dict[Key, ItemId] = {}
        taken: set[str] = set()
        counts: dict[str, int] = {}
        for (key, item), name in zip(self._items.items(), names, strict=True):
            unique = name
            if wanted[name] > 1:
                namespace = self._namespaces.get(key, "statement")
                unique = f"{name}-{short_hash(namespace, item.id, item.title or _text(item))}"
            tried = unique
            count = counts.get(unique, 1)
            while tried in taken or (tried != name and tried in wanted):
                count += 1
                tried = f"{unique}-{count}"
            counts[unique] = count
            taken.add(tried)
            ids[key] = start + tried
        return ids


def _set_sides(items: Iterable[Item], links: Iterable[Link], motion: Iterable[ItemId]) -> None:
    """Give every item its side, and freeze it."""
    stated: dict[ItemId, Side] = {}
    attacking: set[ItemId] = set()
    to_find: list[Statement | Evidence] = []
    for item in items:
        if isinstance(item, _SIDED):
            if not item.side_stated:
                to_find.append(item)
                continue
            stated[item.id] = item.side
        elif isinstance(item, Inference) and item.polarity is _AGAINST:
            attacking.add(item.id)
        _freeze(item)
    found = sides_from(motion, links, stated, attacking)
    for sided in to_find:
        side = found.get(sided.id)
        if side is not None:
            sided.side = side  # type: ignore[misc]  # it is not frozen yet
        _freeze(sided)


def _freeze(item: Item) -> None:
    item.__class__ = ITEM_CLASSES[item.label]


def _link(
    kind: LinkKind, start: Key, end: Key, order: float, extra: Mapping[str, object] | None = None
) -> _DraftLink:
    return _DraftLink(kind, start, end, order, None, None, Origin.FILE, {} if extra is None else extra)


def _text(item: Item) -> str:
    return item.text or (item.quote or "" if isinstance(item, Evidence) else "")


def made_title(text: str) -> str:
    """The title of an item that is given none: its text, cut at a word."""
    line = text[: _TITLE_LENGTH + 1]
    if "  " in line or line[:1] == " " or line[-1:] == " " or not line.isprintable():
        line = " ".join(text.split())
    if len(line) > _TITLE_LENGTH:
        return line[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return line or "Untitled"
