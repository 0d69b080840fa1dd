"""A map as a tree in the terminal, and one item in full."""

from __future__ import annotations

from hypothesis import given
from strategies import argument_maps

from graph.draft import MapDraft
from graph.listing import page, tree
from graph.outline import details, outline
from graph.terminal import HIDDEN, columns


def shown(argmap, width=80):
    """The tree without its heading and its legend."""
    return [line for line in tree(outline(argmap), width).splitlines()[3:] if line][:-1]


def test_every_way_to_bear_on_something_has_its_mark(read_map):
    argmap = read_map("""
        [M]: The motion. {kind: motion}
          + [For]: A reason.
            _ [Step]: It does not follow.
          - [Against]: A rebuttal.
            >< [Other]: The contrary.
          + <Card>: Sales fell. {quote: "sales fell", cite: Smith 14}
            - [Old]: The card is old.
    """)
    assert tree(outline(argmap), 80).splitlines()[3:] == [
        "M [pro motion]",
        "+ For [pro claim]",
        "  _ Step [con rebuttal]",
        "- Against [con rebuttal]",
        "  >< Other [pro claim]",
        "+ Card [pro card] Smith 14",
        "  - Old [con rebuttal]",
        "",
        "+ supports   - attacks   _ undercuts the step   >< contradicts",
    ]


def test_what_bears_on_several_things_hangs_on_the_first_and_names_the_others(read_map):
    argmap = read_map("""
        [M]: The motion.
          + [A]: a
            + [X]: x
          - [B]: b
            - [X]
    """)
    assert shown(argmap) == [
        "M [pro motion]",
        "+ A [pro claim]",
        "  + X [pro claim]",
        "    also rebuts B",
        "- B [con rebuttal]",
    ]


def test_circles_and_what_hangs_on_nothing_are_shown_once(read_map):
    argmap = read_map("""
        [M]: The motion. {kind: motion}
          + [A]: a

        [C]: c
          + [D]: d
            + [C]

        [Alone]: e
    """)
    lines = [line for line in shown(argmap) if "also" not in line]
    assert sorted(line.strip("+ ").split(" [")[0] for line in lines) == ["A", "Alone", "C", "D", "M"]


def test_however_deep_a_line_has_room():
    draft = MapDraft("deep")
    draft.claim(0, title="Claim 0", text="0")
    for depth in range(1, 1500):
        draft.claim(depth, title=f"Claim {depth}", text=str(depth))
        draft.support(depth, depth - 1)
    lines = tree(outline(draft.finish()), 40).splitlines()
    assert max(columns(line) for line in lines) <= 40
    assert any("(1499) Claim 1499" in line for line in lines)


def test_two_sources_of_one_short_name_are_told_apart(read_map):
    argmap = read_map("""
        [M]: The motion. {source: {title: One, author: Matthew Pike, date: "2014-07-08"}}
          + [A]: a {source: {title: Two, author: Matthew Pike, date: "2014"}, at: ¶3}
          + [B]: b {source: {title: Three, author: [Ann Lee, Bo Ray, Cy Day], date: "2013"}}
          + [C]: c {source: {title: Four, publisher: The MJ}}
    """)
    assert [line.partition("] ")[2] for line in shown(argmap)] == [
        "Pike 2014a",
        "Pike 2014b ¶3",
        "Lee et al. 2013",
        "The MJ",
    ]


def test_details_name_who_holds_it_and_where_it_is_from(read_map):
    argmap = read_map("""
        [M]: The motion.
          - [Able]: Are they?
            {source: {title: A study, author: Ann Lee, date: "2014"}, at: ¶3, heldBy: the centre, judge: Bo}
            _ [Double]: A double standard.
    """)
    assert page(details(argmap, "map/able"), 60) == (
        "Able\n"
        "map/able\n"
        "\n"
        "kind:           rebuttal\n"
        "side:           con\n"
        "text:           Are they?\n"
        "source:         Ann Lee, A study, 2014, ¶3 [source-a-study]\n"
        "held by:        the centre [person-the-centre]\n"
        "reported by:    Ann Lee [person-ann-lee]\n"
        "rebuts:         M [m]\n"
        "answered by:    Double (it undercuts From Able against M)\n"
        "                [double]\n"
        "extra:          judge: Bo\n"
    )
    assert "leads against:  M [m]\n" in page(details(argmap, "map/step-able-to-m"), 60)
    assert "holds:          Able [able]\n" in page(details(argmap, "map/person-the-centre"), 60)
    assert "cited by:       Able [able]\n" in page(details(argmap, "map/source-a-study"), 60)


@given(argument_maps())
def test_any_map_and_any_item_can_be_shown(argmap):
    for text in (tree(outline(argmap), 40), *(page(details(argmap, item.id), 40) for item in argmap.items)):
        assert not HIDDEN.search(text.replace("\n", ""))
