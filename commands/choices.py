"""Options that take one of a few words."""

from __future__ import annotations

import click


class OneOf(click.Choice):  # type: ignore[type-arg]  # it takes none before click 8.2
    """One of these words; where one is wanted and none is given, one line says so."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What to type."""
        return f"Say {param.opts[0]} {' or '.join(self.choices)}."
