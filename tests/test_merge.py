"""What loading a file again means, without a store."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from strategies import argument_maps
from tax_map import ANSWER, CARD, POOR, SOURCE, TAX, WHOLE, link, tax

from graph.merge import merge
from graph.model import ArgumentMap, Claim, LinkKind, Origin

NOTE = Claim(id="tax/note", title="Ask for figures", origin=Origin.USER)


def test_a_map_that_is_new_is_all_added() -> None:
    changes = merge(None, WHOLE)
    assert (changes.added, changes.links_added, changes.count_added) == (WHOLE.items, WHOLE.links, 18)


@given(argument_maps())
def test_the_same_map_again_is_nothing_new(argmap: ArgumentMap) -> None:
    changes = merge(argmap, argmap)
    assert changes.nothing_new
    assert changes.argmap == argmap
    assert changes.count_unchanged == len(argmap.items) + len(argmap.links)


@given(argument_maps(), argument_maps())
def test_everything_is_counted_once(old: ArgumentMap, new: ArgumentMap) -> None:
    changes = merge(old, new)
    assert changes.argmap == new
    kept = changes.count_changed + changes.count_unchanged
    assert kept + changes.count_added == len(new.items) + len(new.links)
    assert kept + changes.count_removed == len(old.items) + len(old.links)


def test_a_new_place_in_the_file_is_no_change() -> None:
    changes = merge(tax(TAX, POOR, links=(ANSWER,)), tax(CARD, POOR, TAX, links=(ANSWER,)))
    assert [item.id for item in changes.added] == [CARD.id]
    assert [item.id for item in changes.moved] == [TAX.id]
    assert (changes.rewritten, changes.count_changed, changes.count_unchanged) == ((), 0, 3)
    assert not changes.nothing_new


def test_a_comment_in_the_file_is_nothing_new() -> None:
    assert merge(tax(TAX), tax(TAX, sha256="ff", file="/elsewhere")).nothing_new
    assert not merge(tax(TAX), tax(TAX, tags=("health",))).nothing_new


def test_an_item_of_another_label_is_made_anew_with_its_links() -> None:
    before = tax(Claim(id=POOR.id, title="Poor"), TAX, links=(ANSWER,))
    changes = merge(before, tax(POOR, TAX, links=(ANSWER,)))
    assert [item.label for item in changes.dropped] == ["Claim"]
    assert [item.label for item in changes.added] == ["Rebuttal"]
    assert (changes.links_dropped, changes.links_added) == ((), before.links)
    assert (changes.count_added, changes.count_changed, changes.count_removed) == (0, 1, 0)


def test_links_of_a_kind_between_two_items_are_told_apart_by_their_locators() -> None:
    third, fourth = (link(LinkKind.CITES, CARD, SOURCE, locator=page) for page in ("p. 3", "p. 4"))
    changes = merge(tax(CARD, SOURCE, links=(third, fourth)), tax(CARD, SOURCE, links=(fourth,)))
    assert [each.locator for each in changes.links_dropped] == ["p. 3"]
    assert [each.locator for each in changes.links_moved] == ["p. 4"]


def test_the_same_link_said_twice_is_two_links() -> None:
    once, twice = tax(TAX, POOR, links=(ANSWER,)), tax(TAX, POOR, links=(ANSWER, ANSWER))
    more = merge(once, twice)
    assert (more.count_added, more.count_removed, more.links_added) == (1, 0, twice.links)
    assert len(more.links_dropped) == 1  # a key goes as a whole and comes back as a whole
    fewer = merge(twice, once)
    assert (fewer.count_added, fewer.count_removed, fewer.links_added) == (0, 1, once.links)


def test_what_a_user_added_comes_after_what_the_file_says() -> None:
    supports = link(LinkKind.SUPPORTS, NOTE, TAX, origin=Origin.USER)
    kept = merge(tax(TAX, NOTE, links=(supports,)), tax(TAX, POOR, links=(ANSWER,))).argmap
    assert [(item.id, item.order) for item in kept.items] == [(TAX.id, 0), (POOR.id, 1), (NOTE.id, 2)]
    assert [(each.kind, each.order) for each in kept.links] == [("REBUTS", 0), ("SUPPORTS", 1)]


def test_what_the_file_now_says_itself_is_the_files() -> None:
    changes = merge(tax(TAX, NOTE), tax(TAX, replace(NOTE, origin=Origin.FILE, text="Now in the file.")))
    assert [item.text for item in changes.argmap.items] == [TAX.text, "Now in the file."]
    assert changes.displaced == (
        '"Ask for figures", which you added, is now in the file; the file\'s is kept.',
    )


def test_a_link_of_a_users_whose_step_is_gone_lost_its_place() -> None:
    undercut = link(LinkKind.UNDERCUTS, NOTE, WHOLE.items[3], origin=Origin.USER)
    changes = merge(tax(TAX, WHOLE.items[3], NOTE, links=(undercut,)), tax(TAX))
    assert changes.displaced == (
        '"Ask for figures" undercuts "From price to weight", which you added, lost its place: '
        'the file no longer has "From price to weight".',
    )
    assert changes.argmap.links == ()
