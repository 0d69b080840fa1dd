"""Block files in the Verbatim style: every case that real files are known to have, made up."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_maker import VERBATIM, Doc, cite, emph, read, run, small, style, under
from hypothesis import given
from hypothesis import strategies as st

from graph.model import (
    ArgumentMap,
    Claim,
    DatePrecision,
    Evidence,
    LinkKind,
    Rebuttal,
    Side,
    Source,
    SpanKind,
)
from graph.passages import fingerprint
from ingest.reading import Reading, read_with_warnings

Load = Callable[[Doc], ArgumentMap]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[[Doc], Reading]:
    return lambda doc: read_with_warnings(doc.save(tmp_path / "blocks.docx"))


@pytest.fixture
def load(reading: Callable[[Doc], Reading]) -> Load:
    return lambda doc: reading(doc).argmap


def cards(argmap: ArgumentMap) -> list[Evidence]:
    return [item for item in argmap.items if isinstance(item, Evidence)]


def only_card(argmap: ArgumentMap) -> Evidence:
    (card,) = cards(argmap)
    return card


def only_source(argmap: ArgumentMap) -> Source:
    (source,) = (item for item in argmap.items if isinstance(item, Source))
    return source


def marked(card: Evidence, kind: SpanKind) -> list[str]:
    return [(card.quote or "")[span.start : span.stop] for span in card.spans if span.kind is kind]


def texts(argmap: ArgumentMap) -> list[str]:
    return [item.text or item.title for item in argmap.items if isinstance(item, (Claim, Rebuttal))]


FULL = (
    ' (Ann Harvey, Professor of Tests at Made Up, 3-14-2023, "Order and Its End," Journal of Tests, '
    "https://example.org/order, accessed 4-5-2024)"
)


def one_card(*body: str) -> Doc:
    return Doc().card("Order is strong", "Harvey 23", FULL, *body)


def test_a_card_is_evidence_for_the_claim_of_its_tag(load: Load) -> None:
    argmap = load(
        one_card(small("The "), under("order "), read("is strong"), small(" and will "), read("stay."))
    )
    card = only_card(argmap)
    assert card.quote == "The order is strong and will stay."
    assert card.short_cite == "Harvey 23"
    assert card.cite == "Harvey 23" + FULL
    assert marked(card, SpanKind.UNDERLINE) == ["order is strong", "stay."]
    assert marked(card, SpanKind.HIGHLIGHT) == ["is strong", "stay."]
    assert marked(card, SpanKind.SMALL) == ["The ", " and will "]
    assert (card.spoken, card.words) == ("is strong stay.", 3)
    assert [
        argmap.by_id[link.end].text for link in argmap.outgoing[card.id] if link.kind is LinkKind.SUPPORTS
    ] == ["Order is strong"]


def test_a_source_says_what_the_cite_says_and_no_more(load: Load) -> None:
    source = only_source(load(one_card(under("The order is strong."))))
    assert source.author == ("Ann Harvey",)
    assert source.qualifications == "Professor of Tests at Made Up"
    assert source.title == "Order and Its End"
    assert source.publisher == "Journal of Tests"
    assert (source.date, source.date_precision) == ("2023-03-14", DatePrecision.DAY)
    assert source.url == "https://example.org/order"
    assert source.accessed == "2024-04-05"
    bare = only_source(load(Doc().card("A tag", "Harvey 23", "", under("A body of some words."))))
    assert (bare.qualifications, bare.publisher, bare.url, bare.accessed) == (None, None, None, None)
    assert (bare.date, bare.date_precision) == ("2023", DatePrecision.YEAR)


def test_headings_are_the_structure_above(load: Load) -> None:
    argmap = load(
        Doc().pocket("Neg").hat("Heg DA").block("Link").card("It spends", "Roe 19", "", read("It spends."))
    )
    assert texts(argmap) == ["Neg", "Heg DA", "Link", "It spends"]
    up = {
        argmap.by_id[link.start].title: argmap.by_id[link.end].title
        for link in argmap.links
        if link.kind is LinkKind.SUPPORTS
    }
    assert (up["It spends"], up["Link"], up["Heg DA"]) == ("Link", "Heg DA", "Neg")
    assert [item.side for item in argmap.items if isinstance(item, Evidence)] == [Side.CON]
    kinds = {item.title: item.kind for item in argmap.items if isinstance(item, Claim)}
    assert kinds == {"Neg": "pocket", "Heg DA": "hat", "Link": "link", "It spends": "link"}


@given(st.text(alphabet="aBΣσİß9 ,\n", max_size=1300))
def test_a_fingerprint_is_the_first_letters_of_all(quote: str) -> None:
    letters = "".join(word.lower() for word in re.findall(r"[^\W\d_]+", quote))
    assert fingerprint(quote) == letters[:400]
    assert fingerprint("9 " * 600 + quote) == letters[:400]


def test_two_cuts_of_one_passage_share_their_fingerprint_and_their_source(load: Load) -> None:
    argmap = load(
        Doc()
        .card("One reading", "Harvey 23", FULL, read("The order is strong."), under(" It stays."))
        .card("Another reading", "Harvey 23", FULL, under("The order is “strong”."), read(" It stays."))
    )
    first, second = cards(argmap)
    assert first.id != second.id
    assert first.fingerprint == second.fingerprint == "theorderisstrongitstays"
    assert only_source(argmap)


def test_an_analytic_is_a_claim_without_a_card(load: Load) -> None:
    argmap = load(Doc().block("Case").tag("They never say how").add("Analytic", "No solvency advocate"))
    assert texts(argmap) == ["Case", "They never say how", "No solvency advocate"]
    assert cards(argmap) == []


def test_undertags_notes_and_numbers_are_kept(load: Load) -> None:
    doc = Doc().tag("1. Order is strong").add("Undertag", "Explain this").add("", "(table omitted)")
    argmap = load(doc.add("", cite("Harvey 23"), run(FULL)).add("", read("The order is strong.")))
    card = only_card(argmap)
    assert card.extra["undertags"] == ["Explain this"]
    assert card.extra["notes"] == ["(table omitted)"]
    assert card.short_cite == "Harvey 23"
    claim = next(item for item in argmap.items if isinstance(item, Claim))
    assert (claim.text, claim.extra["number"]) == ("Order is strong", 1)


@pytest.mark.parametrize(
    "title",
    [
        "AT: Order is strong",
        "A2: Order is strong",
        "Answers to: Order is strong",
        "2AC---AT: Order is strong",
    ],
)
def test_an_answering_title_attacks_the_claim_that_it_names(load: Load, title: str) -> None:
    doc = (
        Doc()
        .pocket("Neg")
        .hat("Order DA")
        .card("Order is strong", "Harvey 23", FULL, read("The order is strong."))
    )
    argmap = load(doc.pocket("Aff").block(title).card("It is weak", "Roe 19", "", read("It is weak by now.")))
    (attack,) = (link for link in argmap.links if link.kind is LinkKind.REBUTS)
    assert argmap.by_id[attack.start].text == "It is weak"
    assert argmap.by_id[attack.end].text == "Order is strong"
    assert isinstance(argmap.by_id[attack.start], Rebuttal)
    assert float(str(attack.extra["score"])) >= 0.85


def test_a_title_that_names_no_claim_makes_a_stub_marked_so(load: Load) -> None:
    argmap = load(
        Doc()
        .pocket("Aff")
        .block("Energy Shocks Impact---AT: Defense")
        .card("It is real", "Roe 19", "", read("Yes, it is."))
    )
    stub = next(item for item in argmap.items if "unmatched" in item.tags)
    assert stub.title == "Defense"
    said = {
        (argmap.by_id[x.start].title, x.kind, argmap.by_id[x.end].title)
        for x in argmap.links
        if x.kind is LinkKind.REBUTS
    }
    assert said == {
        ("It is real", LinkKind.REBUTS, "Defense"),
        ("Defense", LinkKind.REBUTS, "Energy Shocks Impact"),
    }


def test_role_words_say_what_is_attacked_and_how(load: Load) -> None:
    argmap = load(
        Doc()
        .pocket("Aff")
        .block("AT: Order DA")
        .card("No link: spending is small", "Roe 19", "", read("It is small."))
        .card("Turn: spending helps order", "Poe 19", "", read("It helps."))
        .card("Alt causes overwhelm", "Moe 19", "", read("Others matter."))
    )
    by_title = {item.title: item for item in argmap.items}
    kinds = {
        argmap.by_id[x.start].title: x.kind
        for x in argmap.links
        if x.kind in (LinkKind.REBUTS, LinkKind.UNDERCUTS)
    }
    assert kinds["No link: spending is small"] is LinkKind.UNDERCUTS
    assert kinds["Alt causes overwhelm"] is LinkKind.UNDERCUTS
    assert kinds["Turn: spending helps order"] is LinkKind.REBUTS
    turn = by_title["Turn: spending helps order"]
    assert isinstance(turn, Rebuttal)
    assert (turn.turn, turn.kind) == (True, "turn")


def test_speeches_in_titles_are_the_cards_speech_and_side(load: Load) -> None:
    argmap = load(Doc().block("Heg DA---1NC").card("It falls", "Roe 19", "", read("It falls.")))
    card = only_card(argmap)
    assert (card.speech, card.side) == ("1NC", Side.CON)
    assert argmap.debate_format == "policy"


def test_word_s_numbered_style_is_the_style_whose_number_it_has(load: Load) -> None:
    doc = Doc(styles=[*VERBATIM, style("Heading411", "heading 411", based_on="Heading1")])
    doc.block("Case").add("Heading411", "A tag").add("", cite("Roe 19")).add("", under("A body."))
    assert texts(load(doc)) == ["Case", "A tag"]


def test_styles_are_known_by_name_and_by_what_they_are_based_on(load: Load) -> None:
    doc = Doc(
        styles=[
            *VERBATIM,
            style("a7", "heading 4"),
            style("MyTag", "My Tag", based_on="a7"),
            style("U2", "Underline char 2", kind="character", based_on="StyleUnderline"),
            style("Loop1", based_on="Loop2"),
            style("Loop2", based_on="Loop1"),
        ]
    )
    doc.add("a7", "First").add("", cite("Roe 19")).add("Loop1", run("Known by its chain.", "U2"))
    doc.add("MyTag", "Second").add("", cite("Roe 18")).add("", run("Old underlining.", "DebateUnderline"))
    first, second = cards(load(doc))
    assert marked(first, SpanKind.UNDERLINE) == ["Known by its chain."]
    assert marked(second, SpanKind.UNDERLINE) == ["Old underlining."]


def test_the_list_of_aliases_is_not_what_a_style_is(load: Load) -> None:
    doc = Doc(styles=[*VERBATIM, style("Odd", aliases="Something,heading 2,Tag")])
    argmap = load(doc.tag("A tag").add("", cite("Roe 19")).add("Odd", under("Body in an odd style.")))
    assert only_card(argmap).quote == "Body in an odd style."


def test_an_outline_level_makes_a_bold_paragraph_a_tag(load: Load) -> None:
    level = '<w:outlineLvl w:val="3"/>'
    doc = Doc().block("Case").add("", run("A bold tag", direct="<w:b/>"), extra=level)
    doc.add("", cite("Roe 19")).add("", under("The body."), extra="").add("", run("plain text"), extra=level)
    argmap = load(doc)
    assert texts(argmap) == ["Case", "A bold tag"]
    assert only_card(argmap).quote == "The body.\nplain text"


def test_text_in_hyperlinks_smart_tags_and_content_controls_is_read(load: Load) -> None:
    doc = Doc(links={"rId9": "https://example.org/linked"}).tag("A tag")
    doc.add(
        "",
        cite("Roe 19"),
        run(" (Jane Roe, "),
        f'<w:hyperlink r:id="rId9">{run("her page")}</w:hyperlink>',
        run(")"),
    )
    doc.add("", "<w:smartTag>" + under("A whole sentence. ") + "</w:smartTag>", under("More."))
    doc.raw(f"<w:sdt><w:sdtContent><w:p>{under('In a control.')}</w:p></w:sdtContent></w:sdt>")
    argmap = load(doc)
    assert only_card(argmap).quote == "A whole sentence. More.\nIn a control."
    assert only_source(argmap).url == "https://example.org/linked"
    assert "her page" in (only_card(argmap).cite or "")


def test_tables_are_read_as_text(load: Load) -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(under('Left'))}{cell.format(under('Right'))}</w:tr></w:tbl>"
    argmap = load(
        Doc().tag("A tag").add("", cite("Roe 19")).add("", under("Above.")).raw(table).add("", "Below.")
    )
    assert only_card(argmap).quote == "Above.\nLeft\nRight\nBelow."


def test_what_was_inserted_is_read_and_what_was_deleted_is_not(load: Load) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'
    moved = (
        f'<w:moveFrom w:id="3">{under("gone ")}</w:moveFrom><w:moveTo w:id="4">{under("moved ")}</w:moveTo>'
    )
    inserted = f'<w:ins w:id="2">{under("very ")}</w:ins>'
    argmap = load(one_card(under("It is "), deleted, inserted, moved, under("strong.")))
    assert only_card(argmap).quote == "It is very moved strong."


def test_a_choice_is_read_once_and_a_drawing_is_no_text(load: Load) -> None:
    new, old = f"<mc:Choice>{under('new')}</mc:Choice>", f"<mc:Fallback>{under('old')}</mc:Fallback>"
    either = f"<mc:AlternateContent>{new}{old}</mc:AlternateContent>"
    box = f"<w:r><w:drawing><w:txbxContent><w:p>{under('boxed')}</w:p></w:txbxContent></w:drawing></w:r>"
    assert only_card(load(one_card(either, box))).quote == "new[image]"


def test_tabs_breaks_and_hyphens_are_characters(load: Load) -> None:
    odd = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
        "<w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"
    )
    assert only_card(load(one_card(under("So: "), odd))).quote == "So: a b\nc-d\u00ade"


def test_shading_is_highlighting_only_in_a_file_that_has_none(load: Load) -> None:
    shaded = run("read this", direct='<w:u w:val="single"/><w:shd w:val="clear" w:fill="00FFFF"/>')
    grey = run(" not this", direct='<w:shd w:val="clear" w:fill="D2D2D2"/>')
    card = only_card(load(one_card(shaded, grey)))
    assert marked(card, SpanKind.HIGHLIGHT) == ["read this"]
    assert [span.colour for span in card.spans if span.kind is SpanKind.HIGHLIGHT] == ["cyan"]
    both = only_card(load(one_card(shaded, read(" and this"))))
    assert marked(both, SpanKind.HIGHLIGHT) == [" and this"]
    assert both.extra["shaded"] == [[0, 9, "00ffff"]]


def test_grey_highlighting_is_kept_and_not_read(load: Load) -> None:
    card = only_card(load(one_card(read("read this"), read(" not this", "lightGray"))))
    assert card.spoken == "read this"
    assert card.extra["shaded"] == [[9, 18, "lightGray"]]


def test_the_commonest_colour_is_what_is_read_aloud(load: Load) -> None:
    argmap = load(
        one_card(read("One ", "yellow"), read("two ", "cyan"), under("three "), read("four", "yellow"))
    )
    card = only_card(argmap)
    assert card.spoken == "One four"
    assert {span.colour for span in card.spans if span.kind is SpanKind.HIGHLIGHT} == {"yellow", "cyan"}


def test_without_highlighting_what_is_underlined_is_read_and_that_is_said(
    reading: Callable[[Doc], Reading],
) -> None:
    said = reading(one_card(small("The "), under("order"), small(" is "), emph("strong")))
    card = only_card(said.argmap)
    assert (card.spoken, card.extra["read"]) == ("order strong", "what is underlined")
    assert ["underlined counts as read aloud" in warning.what for warning in said.warnings] == [True]


def test_emphasis_is_no_underlining_besides(load: Load) -> None:
    direct = '<w:u w:val="single"/>'
    card = only_card(
        load(one_card(run("both ", "StyleUnderline", direct=direct), run("boxed", "Emphasis", direct=direct)))
    )
    assert [(span.kind, span.start, span.stop) for span in card.spans] == [
        (SpanKind.UNDERLINE, 0, 5),
        (SpanKind.EMPHASIS, 5, 10),
    ]


def test_hidden_text_is_kept_and_said_to_be_hidden(load: Load) -> None:
    card = only_card(load(one_card(run("unread ", direct="<w:vanish/>"), read("read"))))
    assert (card.quote, card.extra["hidden"]) == ("unread read", [[0, 7]])


def test_empty_headings_make_nothing(load: Load) -> None:
    doc = Doc().pocket("Aff").add("Heading1", "").block("Case").add("Heading4", " ").tag("A tag")
    assert texts(load(doc)) == ["Aff", "Case", "A tag"]


def test_loose_text_beneath_a_heading_is_kept_as_its_note(load: Load) -> None:
    argmap = load(Doc().add("", "Read me first").block("Case").add("", "Plan text: do it.").tag("A tag"))
    assert argmap.text == "Read me first"
    assert argmap.items[0].extra["notes"] == ["Plan text: do it."]


def test_a_speaker_s_mark_leaves_the_text_and_its_place_stays(load: Load) -> None:
    card = only_card(load(one_card(read("The order"), run(" ~ Marked 10:32 ~"), read(" is strong"))))
    assert card.quote == "The order is strong"
    assert card.extra["marks"] == [{"at": 9, "text": "Marked 10:32"}]


def test_a_pilcrow_is_the_break_it_stood_for(load: Load) -> None:
    assert only_card(load(one_card(read("First part.¶ Second part.")))).quote == "First part.\n Second part."


@pytest.mark.parametrize(
    ("short", "date", "precision"),
    [
        ("Harvey 24", "2024", DatePrecision.YEAR),
        ("Harvey ’24", "2024", DatePrecision.YEAR),
        ("Harvey23", "2023", DatePrecision.YEAR),
        ("Pearce 7", "2007", DatePrecision.YEAR),
        ("Pearce 2k7", "2007", DatePrecision.YEAR),
        ("Harvey 98", "1998", DatePrecision.YEAR),
        ("ELI, 2013", "2013", DatePrecision.YEAR),
        ("Poe et al.21", "2021", DatePrecision.YEAR),
        ("Harvey No Date", None, DatePrecision.NONE),
        ("Harvey 1/14", None, DatePrecision.NONE),
        ("Harvey 1/14/22", "2022-01-14", DatePrecision.DAY),
    ],
)
def test_a_short_cite_s_year_in_all_the_forms_people_write(
    load: Load, short: str, date: str | None, precision: DatePrecision
) -> None:
    source = only_source(load(Doc().card("A tag", short, " [Made up]", under("A body."))))
    assert (source.date, source.date_precision) == (date, precision)


def test_a_cite_s_bold_parts_are_one_short_cite(load: Load) -> None:
    doc = (
        Doc()
        .tag("A tag")
        .add("", run("Fred "), cite("Pearce"), run(", writer, New "), cite("7"), run(", made up"))
    )
    assert only_card(load(doc.add("", under("The body.")))).short_cite == "Pearce 7"


def test_a_cite_on_two_lines_is_one_cite(load: Load) -> None:
    doc = (
        Doc()
        .tag("A tag")
        .add("", cite("Hardy 19"))
        .add("", "(Aaron Hardy, coach)")
        .add("", under("The body."))
    )
    card = only_card(load(doc))
    assert (card.cite, card.quote) == ("Hardy 19\n(Aaron Hardy, coach)", "The body.")


def test_a_body_with_a_year_or_a_bracket_is_no_cite(load: Load) -> None:
    doc = (
        Doc()
        .tag("A tag")
        .add("", cite("Hardy 19"))
        .add("", under("In 2014 it began."))
        .add("", "[It went on] until 2016.")
    )
    assert only_card(load(doc)).quote == "In 2014 it began.\n[It went on] until 2016."


def test_an_unstyled_cite_is_known_by_its_bold_beginning(load: Load) -> None:
    doc = (
        Doc()
        .tag("A tag")
        .add("", run("Jane Roe 16", direct="<w:b/>"), run(", Writer, A Paper"))
        .add("", under("The body."))
    )
    card = only_card(load(doc))
    assert (card.short_cite, card.quote) == ("Jane Roe 16", "The body.")


def test_cite_and_body_in_one_paragraph_are_taken_apart(load: Load) -> None:
    body = "The order is strong and it will stay so for long. " * 8
    argmap = load(Doc().tag("A tag").add("", cite("Roe 19"), run(" (Jane Roe, writer)"), under(body)))
    card = only_card(argmap)
    assert (card.cite, card.quote) == ("Roe 19 (Jane Roe, writer)", body)


@pytest.mark.parametrize("mark", [" //ABC", " /ck", " [cut by Sam Small]", "; cut by SS"])
def test_who_cut_a_card_is_kept_apart_from_its_cite(load: Load, mark: str) -> None:
    card = only_card(load(Doc().card("A tag", "Harvey 23", FULL + mark, under("A body."))))
    assert card.cite == "Harvey 23" + FULL
    assert card.extra["names"] == {"cutter": mark.strip()}


def test_what_lacks_a_cite_or_a_text_is_said(reading: Callable[[Doc], Reading]) -> None:
    doc = Doc().tag("No cite").add("", "just some words of a body").card("No text", "Roe 19", " (Jane Roe)")
    said = reading(doc)
    assert [w.what for w in said.warnings] == [
        '1 card has no cite; the first is "No cite"',
        '1 card has a cite and no text; the first is "No text"',
    ]
    assert [card.extra["outcome"] for card in cards(said.argmap)] == ["uncited", "cite only"]
