"""Items made quickly: a frozen dataclass sets its fields three times as slowly as any other class.

Reading makes an item for every row of a file, and that was most of the time it took.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from functools import cache
from typing import cast

from graph.model import ITEM_CLASSES, Item, Label, Link


@cache
def changeable(label: Label) -> Callable[..., Item]:
    """The class of a label but for being frozen: what it makes becomes one by `__class__`, when it is set."""
    return cast("Callable[..., Item]", _changeable(ITEM_CLASSES[label]))


@cache
def changeable_link() -> Callable[..., Link]:
    """The same for links."""
    return cast("Callable[..., Link]", _changeable(Link))


def _changeable(cls: type[Item] | type[Link]) -> type:
    plain = make_dataclass(
        cls.__name__,
        [(f.name, f.type, field(default=f.default, default_factory=f.default_factory)) for f in fields(cls)],
        repr=False,
        eq=False,
        match_args=False,
    )
    own = {
        "__slots__": (),  # so that it is laid out as its class is, and can become one
        "__init__": vars(plain)["__init__"],
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    return type(cls.__name__, (cls,), own)
