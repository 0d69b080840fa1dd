"""Argdown out: what is written reads back as the same map, whatever its words are."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from drafted_maps import drafted_maps
from hypothesis import HealthCheck, given, settings

from graph.export.argdown import to_argdown
from graph.model import ArgumentMap, Claim, Item, Link, LinkKind, Locution, Origin
from ingest.argdown.reader import read as read_argdown
from ingest.reading import read

EXAMPLE = Path(__file__).parent.parent / "examples" / "localism" / "localism.argdown"

WHOLE = """
    ===
    title: Tea
    motion: Tea should be free
    debateFormat: policy
    abstract: What we argued about tea.
    sources:
      mj: {title: The MJ, author: [Ann, Ben], date: 2014, url: "http://x.y/z", pages: 12}
    selection: {excludeDisconnected: false}
    ===

    # The *motion* #top {isGroup: false}

    [Tea should be free]: Tea should be free, *now*. {kind: motion, granted: false}
      + <Morale>: It lifts morale, see [a survey](http://x.y/z). {source: mj, at: ¶3, heldBy: the staff}
        _ [Placebo]: The effect is imagined.
          <_ <Blinded>: The trials were blind. {strength: 0.5}
      - [Cost]: It costs £3,000. #evidence #(hard figures)
        {quote: "three {thousand}", cite: "Ann 14", source: [mj, mj], at: [¶1, "¶2, 3"]}
      +> [Joy]: Staff are happier.
        >< [Gloom]: Staff are gloomier.

    ## What follows

    <Cups>: Count the cups. #counted

    (1) [Two cups]: Everybody drinks two cups.
      - <Some drink none>: Some drink none.
    (2) A cup costs a pound. {colour: green}
    -- arithmetic {uses: [1, 2]} --
    (3) Two pounds each.
    (4) [Many]: There are many of us.
    ----
    (5) [Cost]
      _ <Bulk>: Bulk is cheaper.

    <Rounding>: The figures are rounded.
      -> <Cups>

    [Savings]: One thing.

    <Savings>: Another thing of the same name.
      + [Never said]
"""


def _said(argmap: ArgumentMap) -> ArgumentMap:
    """The map without what it was read from."""
    return replace(argmap, file="", sha256="", format="")


def test_what_was_read_is_written_and_read_the_same(read_map: Callable[[str], ArgumentMap]) -> None:
    argmap = read_map(WHOLE)
    again = read_map(to_argdown(argmap))
    assert _said(again) == _said(argmap)


def test_writing_what_was_written_changes_nothing(read_map: Callable[[str], ArgumentMap]) -> None:
    written = to_argdown(read_map(WHOLE))
    assert to_argdown(read_map(written)) == written


def test_the_worked_example_comes_back_whole(tmp_path: Path) -> None:
    argmap = read(EXAMPLE)
    copy = tmp_path / "copy.argdown"
    copy.write_text(to_argdown(argmap), encoding="utf-8")
    assert _said(read(copy)) == _said(argmap)


def test_a_map_reads_as_a_coach_would_write_it(read_map: Callable[[str], ArgumentMap]) -> None:
    argmap = read_map(
        """
        ===
        title: Tea
        motion: Tea
        ===

        [Tea]: Tea should be free.
          + <Morale>: It lifts morale.
            _ [Placebo]: The effect is imagined. #doubt
          - [Cost]: It costs money. {speech: 1NC}

        [Cost]
          - <Cheap>: It is cheap.
        """
    )
    assert to_argdown(argmap) == (
        "===\n"
        "title: Tea\n"
        "id: map\n"
        "motion: [Tea]\n"
        "===\n"
        "\n"
        "[Tea]: Tea should be free.\n"
        "  + <Morale>: It lifts morale.\n"
        "    _ [Placebo]: The effect is imagined. #doubt\n"
        '  - [Cost]: It costs money. {speech: "1NC"}\n'
        "    - <Cheap>: It is cheap.\n"
    )


def test_what_a_user_added_stays_the_users(read_map: Callable[[str], ArgumentMap]) -> None:
    argmap = read_map("[Tea]: Tea.\n  - [Cost]: Cost.\n")
    note = Claim(id="map/note", title="Note", text="We dropped this.", order=2, origin=Origin.USER)
    link = Link(kind=LinkKind.SUPPORTS, start="map/note", end="map/cost", order=1, origin=Origin.USER)
    added = replace(argmap, items=(*argmap.items, note), links=(*argmap.links, link))
    again = read_map(to_argdown(added))
    assert again.by_id["map/note"].origin is Origin.USER
    assert [held.origin for held in again.links] == [Origin.FILE, Origin.USER]
    assert replace(_said(again), items=()) == replace(_said(added), items=())


def test_what_argdown_has_no_place_for_stands_in_the_frontmatter(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    argmap = read_map("[Tea]: Tea.\n")
    said = Locution(id="map/said-1", title="Ann : tea", order=1, illocution="Asserting")
    link = Link(kind=LinkKind.SAYS, start="map/said-1", end="map/tea", extra={"at": 12})
    told = replace(argmap, items=(*argmap.items, said), links=(link,), tags=("ours",))
    assert _said(read_map(to_argdown(told))) == _said(told)


def test_another_id_goes_through_to_what_stands_in_the_frontmatter(
    read_map: Callable[[str], ArgumentMap], tmp_path: Path
) -> None:
    argmap = read_map("[Tea]: Tea.\n")
    said = Locution(id="map/said-1", title="Ann : tea", order=1)
    link = Link(kind=LinkKind.SAYS, start="map/said-1", end="map/tea")
    path = tmp_path / "other.argdown"
    path.write_text(to_argdown(replace(argmap, items=(*argmap.items, said), links=(link,))))
    again = read(path, map_id="finals")
    assert [item.id for item in again.items] == ["finals/tea", "finals/said-1"]
    assert [(held.start, held.end) for held in again.links] == [("finals/said-1", "finals/tea")]


def test_a_deep_chain_is_written_without_an_indent_a_line_long(
    read_map: Callable[[str], ArgumentMap],
) -> None:
    chain = "[C0]: c\n" + "".join("  " * n + f"+ [C{n}]: c\n" for n in range(1, 200))
    argmap = read_map(chain)
    written = to_argdown(argmap)
    assert max(map(len, written.splitlines())) < 120
    assert _said(read_map(written)) == _said(argmap)


@settings(max_examples=100, derandomize=True, suppress_health_check=list(HealthCheck))
@given(argmap=drafted_maps())
def test_any_map_comes_back_with_its_ids_its_words_and_its_links(argmap: ArgumentMap) -> None:
    again, _ = read_argdown(Path("m.argdown"), to_argdown(argmap))
    assert _by_id(again) == _by_id(argmap)
    assert _links(again) == _links(argmap)
    for name in ("id", "title", "text", "motion", "tags", "extra", "debate_format"):
        assert getattr(again, name) == getattr(argmap, name)


def _by_id(argmap: ArgumentMap) -> dict[str, Item]:
    return {item.id: replace(item, order=0) for item in argmap.items}


def _links(argmap: ArgumentMap) -> Counter[tuple[object, ...]]:
    return Counter(
        (_both_ways(link), link.via, link.locator, link.origin, repr(link.extra)) for link in argmap.links
    )


def _both_ways(link: Link) -> tuple[str, ...]:
    ends = (link.start, link.end)
    return (link.kind.value, *(sorted(ends) if link.kind is LinkKind.CONTRADICTS else ends))


def _argdown_command() -> str | None:
    """Argdown's own command: the installed one, or the one that tests/tools.sh and the bench keep."""
    kept = platformdirs.user_cache_path("argmap", appauthor=False) / "bench/argdown/node_modules/.bin/argdown"
    return shutil.which("argdown") or (str(kept) if kept.exists() else None)


@pytest.mark.tool
@pytest.mark.skipif(_argdown_command() is None, reason="the argdown command is not installed")
def test_the_reference_tool_reads_what_is_written(
    read_map: Callable[[str], ArgumentMap], tmp_path: Path
) -> None:
    import json
    import subprocess

    path = tmp_path / "written.argdown"
    path.write_text(to_argdown(read_map(WHOLE)), encoding="utf-8")
    run = subprocess.run(
        [str(_argdown_command()), "json", "--stdout", "--silent", str(path)], capture_output=True, check=True
    )
    made = json.loads(run.stdout)
    assert set(made["arguments"]) >= {"Morale", "Cups", "Rounding"}
    assert made["statements"]["Tea should be free"]["data"]["kind"] == "motion"
