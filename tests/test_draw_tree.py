"""Which tree a map is drawn as: where items hang, what is a branch, where circles are cut."""

from __future__ import annotations

from hypothesis import given, settings
from strategies import argument_maps

from graph.draft import MapDraft
from graph.draw.tree import Forest, forest, is_drawn
from graph.model import ArgumentMap


def drawn(argmap: ArgumentMap) -> list[str]:
    """Each branch on a line: set in by its depth, its bearing, its title; / where it is beside."""
    lines = []
    for branch in forest(argmap).branches:
        how = "" if branch.bearing is None else f"{branch.bearing.value.lower()} "
        beside = "/ " if branch.beside else ""
        lines.append(f"{'  ' * branch.depth}{beside}{how}{argmap.by_id[branch.item].title}")
    return lines


def crossing(argmap: ArgumentMap) -> list[tuple[str, str, str]]:
    tree: Forest = forest(argmap)
    titles = [argmap.by_id[branch.item].title for branch in tree.branches]
    return [(titles[link.start], link.kind.value.lower(), titles[link.end]) for link in tree.also]


def test_a_map_hangs_from_its_motion(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + [Mexico]: It did in Mexico. #evidence
          - [Poor]: It hits the poor hardest.
            - [Refund]: Give the money back.
    """)
    assert drawn(argmap) == ["Tax", "  supports Mexico", "  rebuts Poor", "    rebuts Refund"]


def test_what_bears_on_two_things_hangs_on_the_first_and_crosses_to_the_other(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + [Price]: People buy less of what costs more.
            + <Study>: A study of forty shops.
          - [Habit]: Habits are stronger than prices.
            - <Study>
    """)
    assert drawn(argmap)[2] == "    supports Study"
    assert crossing(argmap) == [("Study", "rebuts", "Habit")]


def test_an_undercut_hangs_beside_the_premise_whose_link_it_hits(read_map):
    argmap = read_map("""
        [Tax]: A sugar tax cuts obesity.
          + <Mexico>: It did in Mexico.
            _ <Recession>: There was a recession too.
    """)
    assert drawn(argmap) == ["Tax", "  supports Mexico", "    / undercuts Recession"]


def test_linked_premises_hang_beside_their_step(read_map):
    argmap = read_map("""
        [Mortal]: Socrates is mortal.

        <Syllogism>

        (1) [Man]: Socrates is a man.
        (2) [Men]: All men are mortal.
        ----
        (3) [Mortal]
    """)
    assert drawn(argmap)[0] == "Mortal"
    assert drawn(argmap)[2:4] == ["    / premise_of Man", "    / premise_of Men"]


def test_a_circle_is_cut_where_reading_it_would_come_back(read_map):
    argmap = read_map("""
        [A]: One.
          + [B]: Two.
            + [C]: Three.
              + [A]
    """)
    assert drawn(argmap) == ["A", "  supports B", "    supports C"]
    assert crossing(argmap) == [("A", "supports", "C")]


def test_a_contradiction_is_drawn_once():
    draft = MapDraft("m")
    draft.claim("a", title="A", kind="motion")
    draft.claim("b", title="B")
    draft.contradict("a", "b")
    argmap = draft.finish()
    assert drawn(argmap) == ["A", "  contradicts B"]
    assert crossing(argmap) == []


def test_ten_thousand_deep_needs_no_recursion():
    draft = MapDraft("deep")
    draft.claim(0, title="0", kind="motion")
    for number in range(1, 10_000):
        draft.claim(number, title=str(number))
        draft.support(number, number - 1)
    assert forest(draft.finish()).branches[-1].depth == 9_999


@settings(max_examples=150)
@given(argument_maps())
def test_every_drawn_item_is_one_branch_and_follows_what_it_hangs_on(argmap):
    branches = forest(argmap).branches
    expected = sorted(item.id for item in argmap.items if is_drawn(argmap, item.id))
    assert sorted(branch.item for branch in branches) == expected
    for place, branch in enumerate(branches):
        assert branch.parent is None or branch.parent < place
    roots = [branch.item for branch in branches if branch.parent is None]
    motion = [item_id for item_id in argmap.motion if is_drawn(argmap, item_id)]
    assert [root for root in roots if root in motion] == list(dict.fromkeys(motion))
