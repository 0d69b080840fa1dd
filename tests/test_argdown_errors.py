"""What a writer of broken Argdown is told: every fault, where it is, and what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError
from ingest.reading import read, read_with_warnings

BROKEN = {
    "a heading and a claim together": (
        "# Title\n[A]: a\n",
        "m:2:1: a heading and the next thing stand together\n  Leave an empty line after the heading.",
    ),
    "a relation flush left": (
        "[A]: a\n+ [B]: b\n",
        "m:2:1: a relation that is not indented\n  Indent it below what it relates to.",
    ),
    "a relation after an empty line": (
        "[A]: a\n\n  + [B]: b\n",
        "m:3:3: a relation with nothing above it\n"
        "  Take out the empty line before it, or indent it below what it relates to.",
    ),
    "a relation to nothing": (
        "[A]: a\n  +\n",
        'm:2:3: "+" with nothing after it\n  Write what it says after the symbol.',
    ),
    "text after a reference": (
        "[A]: a\n\n[A] and more\n",
        'm:3:5: text after a reference to "A"\n'
        "  Type [A]: to give it this text, or put the text in a line of its own after an empty line.",
    ),
    "a statement's title in a text": (
        "[A]: as [B] says\n",
        "m:1:9: [B] in the middle of a text\n"
        "  Type @[B] to mention it, \\[B] for the characters, "
        "or an empty line before it if a new statement begins here.",
    ),
    "an argument's title in a text": (
        "[A]: as <B> says\n",
        "m:1:9: <B> in the middle of a text\n"
        "  Type @<B> to mention it, \\<B> for the characters, "
        "or an empty line before it if a new argument begins here.",
    ),
    "two claims together": (
        "[A]: a\n[B]: b\n",
        "m:2:1: something new begins without an empty line before it\n  Leave an empty line before it.",
    ),
    "an undercut without a space": (
        "[A]: a\n  _<B>\n",
        "m:2:3: an undercut without a space\n  Type a space after the _.",
    ),
    "a contradiction with an argument": (
        "[A]: a\n  >< <B>: b\n",
        "m:2:3: a contradiction with an argument\n"
        "  Only statements contradict each other: write [Title] for <Title>, or - for an attack.",
    ),
    "a brace that nothing closes": (
        "[A]: a {kind: link\n\n[B]: b\n",
        "m:1:8: a brace opens data that nothing closes\n  Close it with }, or type \\{ for the character.",
    ),
    "text after data": (
        "The set {1, 2} is small.\n",
        "m:1:16: text after data\n  Put the data in braces at the end; type \\{ for a brace that is text.",
    ),
    "YAML that is none": (
        "[A]: a\n{kind: x: y}\n",
        "m:2:9: data that cannot be read: did not find expected ',' or '}'\n"
        '  Write {key: value, key: "value with: colon, comma or brace"}; type \\{ for a brace that is text.',
    ),
    "a key that stands twice": (
        "[A]: a {kind: x, kind: y}\n",
        'm:1:18: data that cannot be read: the key "kind" stands twice\n'
        '  Write {key: value, key: "value with: colon, comma or brace"}; type \\{ for a brace that is text.',
    ),
    "an alias that could grow": (
        "[A]: a {k: &x [1], y: *x}\n",
        "m:1:12: data that cannot be read: anchors, aliases and tags of YAML are not read\n"
        '  Write {key: value, key: "value with: colon, comma or brace"}; type \\{ for a brace that is text.',
    ),
    "a comment that nothing closes": (
        "[A]: a /* b\n",
        "m:1:8: a comment that nothing closes\n  Close it with */.",
    ),
    "premises without a conclusion": (
        "<A>: a\n\n(1) p\n(2) q\n",
        "m:3:1: a premise-conclusion structure without a conclusion\n"
        "  End it with a line ---- and the conclusion as the last (n), and no empty line between them.",
    ),
    "a step of three hyphens": (
        "<A>: a\n\n(1) p\n---\n(2) q\n",
        "m:4:1: a step of 3 hyphens\n  Write ---- or: -- rule --",
    ),
    "a step left open": (
        "<A>: a\n\n(1) p\n--\n(2) q\n",
        "m:4:1: a step that nothing closes\n  Close it with --, or write ---- for a step without a rule.",
    ),
    "an argument as a premise": (
        "<A>: a\n\n(1) <B>\n----\n(2) q\n",
        "m:3:5: an argument as a premise\n"
        "  Premises and conclusions are statements: write [Title] for <Title>.",
    ),
    "two structures of one argument": (
        "<A>: a\n\n(1) p\n----\n(2) q\n\n<A>\n\n(1) r\n----\n(2) s\n",
        'm:9:1: a second premise-conclusion structure for "A"\n'
        "  Give the second one an <argument> of its own.",
    ),
    "frontmatter left open": (
        "===\ntitle: x\n\n[A]: a {source: y}\n",
        "m:1:1: frontmatter that nothing closes\n  End it with a line ===.",
    ),
    "frontmatter that is no YAML": (
        "===\ntitle: x: y\n===\n\n[A]: a {source: y}\n",
        "m:2:9: frontmatter that cannot be read: mapping values are not allowed in this context\n"
        "  Write one `key: value` a line; put a value that holds a colon in quotes.",
    ),
    "a motion that is no title": (
        "===\nid: x\nmotion: [Tea, Cofee]\n===\n\n[Tea]: a\n\n[Coffee]: b\n",
        'm:3:1: the motion "Cofee" is no title in this map\n  Did you mean "Coffee"?',
    ),
    "sources without keys": (
        "===\nsources: [a, b]\n===\n\n[A]: a\n",
        "m:2:1: sources: holds no keys\n"
        "  Write below it, indented, for each source: key: {title: …, author: […]}",
    ),
    "a source that is not listed": (
        "===\nsources:\n  pike: {title: t}\n===\n\n[A]: a {source: pyke}\n",
        'm:6:9: source "pyke" is not among the sources\n  Did you mean "pike"?',
    ),
    "a source where none is listed": (
        "[A]: a {source: pike}\n",
        'm:1:9: source "pike" is not among the sources\n  List it in the frontmatter, under sources:.',
    ),
    "more places than sources": (
        "===\nsources:\n  a: {title: t}\n===\n\n[A]: a {source: a, at: [¶1, ¶2]}\n",
        'm:6:20: 2 places (at) for 1 source\n  Write one place a source: {source: [a, b], at: ["¶1", "¶2"]}.',
    ),
    "a strength out of range": (
        "[A]: a {kind: x,\n  strength: 1.5}\n",
        'm:2:3: strength is "1.5"\n  Write a number from 0 to 1.',
    ),
    "a side that is none": (
        "[A]: a {side: prop}\n",
        'm:1:9: "prop" is no side\n  Write side: pro, con, both or unknown.',
    ),
    "a yes that is no yes": (
        "[A]: a {granted: maybe}\n",
        'm:1:9: granted is "maybe"\n  It is a yes or a no: write granted: true, or leave it out.',
    ),
    "an include outside the folder": (
        "[A]: a\n\n@include(../other.argdown)\n",
        'm:3:10: "../other.argdown" lies outside the folder of m.argdown\n'
        "  Include only files in that folder or below it.",
    ),
    "an include of nothing": (
        "@include(none.argdown)\n",
        'm:1:10: there is no file "none.argdown"\n  The name is relative to the file that includes it.',
    ),
    "an include of itself": (
        "@include(m.argdown)\n",
        'm:1:10: "m.argdown" includes itself\n  Take out one of the @include lines.',
    ),
}


def _told(folder: Path, text: str) -> str:
    """What a user reads, the file's path cut to `m`."""
    path = folder / "m.argdown"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    return str(caught.value).replace(str(path), "m")


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_named_with_its_place_and_its_remedy(tmp_path: Path, text: str, message: str) -> None:
    assert _told(tmp_path, text) == message


def test_all_faults_of_a_file_are_told_at_once_in_its_order(tmp_path: Path) -> None:
    told = _told(tmp_path, "# T\n[A]: a\n+ [B]: b\n\n[C] x\n\n[D]: d {side: x}\n")
    places = [line.split(": ")[0] for line in told.splitlines() if not line.startswith("  ")]
    assert places == ["m:2:1", "m:3:1", "m:5:5", "m:7:9"]


def test_a_fault_in_an_included_file_names_that_file_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "b.argdown").write_text("[B]: b\n\n[B] x\n")
    told = _told(tmp_path, "[A]: a\n\n@include(parts/b.argdown)\n\n[A] y\n")
    assert told.splitlines()[0] == 'm:5:5: text after a reference to "A"'
    assert told.splitlines()[2] == f'{tmp_path}/parts/b.argdown:3:5: text after a reference to "B"'


def test_files_that_include_each_other_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.argdown").write_text("@include(b.argdown)\n")
    (tmp_path / "b.argdown").write_text("@include(a.argdown)\n")
    told = _told(tmp_path, "@include(a.argdown)\n")
    assert told.startswith(f'{tmp_path}/b.argdown:1:10: "a.argdown" includes itself')


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.argdown").write_text("[Secret]: s\n")
    (inside / "link.argdown").symlink_to(tmp_path / "secret.argdown")
    told = _told(inside, "@include(link.argdown)\n")
    assert told.startswith('m:1:10: "link.argdown" lies outside the folder of m.argdown')


def test_frontmatter_belongs_to_the_joining_file(tmp_path: Path) -> None:
    (tmp_path / "b.argdown").write_text("===\ntitle: B\n===\n\n[B]: b\n")
    told = _told(tmp_path, "[A]: a\n\n@include(b.argdown)\n")
    assert told == (
        f"{tmp_path}/b.argdown:1:1: frontmatter in a file that is included\n"
        "  Move it to the top of m.argdown."
    )


def test_two_files_that_include_two_files_do_not_grow_without_end(tmp_path: Path) -> None:
    for number in range(30):
        twice = f"@include({number + 1}.argdown)\n\n" * 2 if number < 29 else "[A]: a\n"
        (tmp_path / f"{number}.argdown").write_text(twice)
    told = _told(tmp_path, "@include(0.argdown)\n")
    assert "more than 1,000 files are included" in told


WARNED = {
    "a misspelt title": (
        "[Coffee]: c\n\n[Tea]: t\n  - [Cofee]\n",
        'm:4:5: [Cofee] is referred to and never given a text\n  Did you mean "Coffee"?',
    ),
    "a title without a text": (
        "[Tea]: t\n  - <Cost>\n",
        "m:2:5: <Cost> is referred to and never given a text\n  Write <Cost>: and what it says.",
    ),
    "two texts for one title": (
        "[Tea]: Tea is good.\n\n[Tea]: Tea is bad.\n",
        "m:3:1: [Tea] is given another text than before\n"
        "  The last one holds; {isCanonical: true} makes another hold.",
    ),
    "no empty line after the frontmatter": (
        "===\ntitle: x\n===\n[Tea]: t\n",
        "m:4:1: no empty line after the frontmatter\n  Argdown's own tool wants one after ===.",
    ),
    "frontmatter as Markdown writes it": (
        "---\ntitle: x\n---\n\n[Tea]: t\n",
        "m:1:1: frontmatter between lines of ---\n  Argdown's own tool wants lines of ===.",
    ),
}


@pytest.mark.parametrize(("text", "message"), WARNED.values(), ids=WARNED.keys())
def test_what_is_odd_but_allowed_is_read_with_a_warning(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "m.argdown"
    path.write_text(text, encoding="utf-8")
    reading = read_with_warnings(path)
    assert [str(warning).replace(str(path), "m") for warning in reading.warnings] == [message]
    assert reading.argmap.items


def test_a_word_with_marks_inside_is_a_word(read_map: Callable[..., object]) -> None:
    argmap = read_map("[A]: The snake_case_name of 2*3*4 and a * b.\n")
    assert [item.text for item in argmap.items] == ["The snake_case_name of 2*3*4 and a * b."]  # type: ignore[attr-defined]
