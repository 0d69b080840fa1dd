"""What is read and not written: arggraph XML, LKIF, CAF, brat, args.me."""

from __future__ import annotations

import pytest
from formats import by_title, fixture, kinds, said

from graph.errors import InputError
from graph.model import ArgumentMap, Claim, LinkKind, Rebuttal, Side, Source
from ingest.reading import read, read_with_warnings


def test_arggraph_joins_segments_and_knows_relations_to_relations():
    argmap = fixture("arggraph/tea.xml").argmap
    assert by_title(argmap, "Some say the cheer is imagined.").extra["arggraph"] == {
        "type": "opp",
        "edus": ["j1"],
    }
    assert kinds(argmap) >= {
        (LinkKind.PREMISE_OF, "a2", "c1"),
        (LinkKind.PREMISE_OF, "a3", "c1"),  # `add` links a premise
        (LinkKind.CONCLUDES, "c1", "a1"),
        (LinkKind.UNDERCUTS, "a4", "c1"),  # `und` hits the relation
        (LinkKind.REBUTS, "a6", "a1"),
    }
    kept = argmap.extra["arggraph"]
    assert isinstance(kept, dict)
    assert (kept["topic_id"], kept["stance"], kept["joints"]) == ("free_tea", "pro", {"j1": ["e4", "e5"]})
    assert kept["edus"]["e5"] == "is imagined."  # a unit of several segments has their texts in one


def test_arggraph_edges_of_other_types_are_kept_and_reported(tmp_path):
    path = tmp_path / "tea.xml"
    edges = '<edge id="c1" src="a" trg="b" type="rep"/><edge src="a" trg="b" type="sup"/>'
    edges += '<edge src="b" trg="a" type="exa"/>'
    path.write_text(f'<arggraph><adu id="a"/><adu id="b"/>{edges}</arggraph>')
    reading = read_with_warnings(path)
    assert [str(warning.what) for warning in reading.warnings] == [
        'the edge "c1" is of the type "rep"; it is kept, and links nothing'
    ]
    kept = reading.argmap.extra["arggraph"]
    assert isinstance(kept, dict)
    assert kept["edges"] == [{"id": "c1", "src": "a", "trg": "b", "type": "rep"}]
    supports = {(a, b) for kind, a, b in kinds(reading.argmap) if kind is LinkKind.SUPPORTS}
    assert supports == {("a", "b"), ("b", "a")}  # relations without ids are relations all the same


def test_lkif_has_exceptions_that_undercut():
    argmap = fixture("lkif/tea.xml").argmap
    assert (argmap.title, argmap.motion) == ("Free tea", ("tea/s1",))
    assert kinds(argmap) >= {
        (LinkKind.PREMISE_OF, "s2", "a1"),
        (LinkKind.CONCLUDES, "a1", "s1"),
        (LinkKind.UNDERCUTS, "s3", "a1"),
        (LinkKind.REBUTS, "s4", "s1"),
    }
    claim = by_title(argmap, "It cheers people.")
    assert isinstance(claim, Claim)
    assert claim.granted is True


def test_caf_has_sources_and_undercuts_by_name():
    argmap = fixture("caf/tea.xml").argmap
    assert {item.title for item in argmap.items} >= {"Tea should be free.", "cheers(tea)", "On Leaves"}
    assert kinds(argmap) >= {
        (LinkKind.UNDERCUTS, "s3", "a1"),
        (LinkKind.CITES, "a1", "source-leaf"),
        (LinkKind.SUPPORTS, "s2", "s1"),
    }
    source = by_title(argmap, "On Leaves")
    assert isinstance(source, Source)
    assert (source.author, source.url) == (("Ann",), "https://leaf.example")


def test_lkif_and_caf_keep_what_the_graph_has_no_place_for():
    assert fixture("lkif/tea.xml").argmap.extra["lkif"] == {
        "attributes": {"version": "2.1"},
        "argument-graph": {"id": "g", "title": "Free tea", "main-issue": "s1"},
    }
    argmap = fixture("caf/tea.xml").argmap
    assert argmap.extra["caf"] == {
        "attributes": {"version": "1.3"},
        "parts": ['<metadata title="Free tea"><descriptions /></metadata>'],
    }
    tea = by_title(argmap, "Tea should be free.").extra["caf"]
    assert isinstance(tea, dict)
    assert tea["descriptions"] == [
        {"lang": "de", "text": "Tee!"},
        {"lang": "en", "text": "Tea should be free."},
    ]


def test_brat_has_stances_and_relations():
    argmap = fixture("brat/tea.ann").argmap
    assert said(argmap) == {
        ("SUPPORTS", "It cheers people.", "Tea should be free."),
        ("REBUTS", "It costs money.", "Tea should be free."),
    }
    claim, premise = by_title(argmap, "It cheers people."), by_title(argmap, "It costs money.")
    assert isinstance(claim, Claim)
    assert isinstance(premise, Rebuttal)
    assert (claim.side, claim.side_stated, premise.side) == (Side.PRO, True, Side.CON)
    assert argmap.motion == ("tea/t1",)
    assert premise.extra["brat"] == {"id": "T3", "type": "Premise", "at": "38 53;60 63"}
    assert argmap.extra == {"brat": {"other": ["#1\tAnnotatorNotes T1\tgood"]}}
    assert [link.extra for link in argmap.links] == [
        {"brat": {"id": "R1", "type": "supports"}},
        {"brat": {"id": "R2", "type": "attacks"}},
    ]


def test_brat_relations_that_are_neither_for_nor_against_link_nothing():
    reading = fixture("brat/other.ann")
    assert said(reading.argmap) == {("REBUTS", "It costs money.", "Tea should be free.")}
    assert [item.text for item in reading.argmap.items][1] == "It\u2028costs money."
    assert [str(warning) for warning in reading.warnings] == [
        f"{reading.argmap.file}:4: "
        'R2 is "parts_of_same", which is neither for nor against; it is kept, and links nothing',
        f"{reading.argmap.file}:7: Sure is said of T9, which is not there",
    ]
    assert reading.argmap.extra["brat"] == {
        "other": [
            "#1\tAnnotatorNotes R1\tdoubtful",
            "R2\tparts_of_same Arg1:T2 Arg2:T1",
            "A1\tSure R1",
            "A2\tSure T9 very",
        ]
    }


def test_argsme_gathers_arguments_by_their_conclusion():
    argmap = fixture("argsme/tea.json").argmap
    assert said(argmap) >= {
        ("SUPPORTS", "It cheers people.", "Tea should be free."),
        ("REBUTS", "Nobody asked for it.", "Tea should be free."),
        ("CITES", "It cheers people.", "Debate: tea"),
    }
    assert [argmap.by_id[x].title for x in argmap.motion] == ["Tea should be free.", "Coffee should be free."]
    assert argmap.by_id["tea/s1"].extra["argsme"] == {
        "id": "S1",
        "context": {"sourceId": "x", "acquisitionTime": "2020-01-01"},
    }


@pytest.mark.parametrize("name", ["arggraph/tea.xml", "lkif/tea.xml", "caf/tea.xml", "brat/tea.ann"])
def test_a_format_is_known_by_its_content(name, tmp_path):
    reading = fixture(name)
    assert reading.argmap.format == name.partition("/")[0]


def test_a_bare_list_of_arguments_is_args_me_too(tmp_path):
    path = tmp_path / "list.json"
    path.write_text('[{"conclusion": "c", "premises": [{"text": "p", "stance": "PRO"}]}]')
    assert said(read(path)) == {("SUPPORTS", "p", "c")}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
BROKEN = [
    ("arggraph", f"{BOMB}<arggraph><adu id='&b;'/></arggraph>", "it declares a document type or entities"),
    ("lkif", "<!DOCTYPE lkif SYSTEM 'file:///etc/passwd'><lkif/>", "it declares a document type or entities"),
    ("arggraph", "<arggraph>", ":1:11: this is not XML: no element found"),
    ("arggraph", "<lkif/>", "the outermost element is not <arggraph>"),
    ("caf", "<caf>" + "<a>" * 100_000, "elements are nested too deeply"),
    ("arggraph", "<arggraph><adu id='a'/><adu id='a'/></arggraph>", 'an adu has the id "a" twice'),
    (
        "arggraph",
        "<arggraph><edge id='e' src='x' trg='y' type='sup'/></arggraph>",
        'names "x", which is not there',
    ),
    (
        "lkif",
        "<lkif><argument id='a'><conclusion statement='s'/></argument></lkif>",
        'the statement "s", which',
    ),
    ("lkif", "<lkif><statement id='s'/><statement id='s'/></lkif>", 'a statement has the id "s" twice'),
    ("brat", "T1\tClaim 0 1\tx\nnonsense\n", ":2: this is no annotation"),
    ("brat", "T1\tClaim 0 1\tx\nR1\tsupports Arg1:T1 Arg2:T9\n", ":2: R1 names T9, which is not there"),
    ("brat", "T1\tClaim 0 1\tx\nT1\tClaim 0 1\tx\n", ":2: T1 stands twice"),
    ("brat", "T1\tClaim 0 1\tx\n" + "R1\tsupports Arg1:T1 Arg2:T1\n" * 2, ":3: R1 stands twice"),
    ("brat", " \n", "the file is empty"),
    ("arggraph", "", "this is not XML: no element found"),
    ("lkif", "", "this is not XML: no element found"),
    ("caf", "<caf><statement id='s'/></caf", "this is not XML"),
    ("caf", "<caf><!DOCTYPE x></caf>", "this is not XML"),
    (
        "arggraph",
        "<arggraph><adu id='a'/><edge id='e' src='a' trg='a' type='sup'/>"
        "<edge id='e' src='a' trg='a' type='reb'/></arggraph>",
        'an edge has the id "e", which stands twice',
    ),
    (
        "arggraph",
        "<arggraph><adu id='a'/><edge id='e' src='x' trg='a' type='seg'/></arggraph>",
        'the edge "e" names "x", which is not there',
    ),
    (
        "arggraph",
        "<arggraph><adu id='a'/><edge id='e' src='a' trg='a' type='add'/></arggraph>",
        'the edge "e" adds a premise to "a", which is no edge',
    ),
    ("argsme", '{"arguments": [{}]}', "(arguments[0]): it has no conclusion"),
    ("argsme", '{"arguments": [{"conclusion": "c", "premises": [{"text": "t"}]}]}', "is neither PRO nor CON"),
    ("argsme", '{"arguments": [{"conclusion": "c"', "this is not JSON"),
    ("argsme", '{"arguments": {}}', "this is no file of args.me"),
    ("argsme", "[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_what_is_wrong_is_said(name, content, message, tmp_path):
    path = tmp_path / "broken"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path, format=name)
    assert message in str(caught.value)


def test_a_declared_encoding_is_that_of_the_file(tmp_path):
    path = tmp_path / "latin.xml"
    text = '<?xml version="1.0" encoding="windows-1252"?><arggraph id="é"><edu id="e">Café</edu><adu id="a"/>'
    path.write_bytes((text + '<edge id="s" src="e" trg="a" type="seg"/></arggraph>').encode("cp1252"))
    argmap: ArgumentMap = read_with_warnings(path).argmap
    assert argmap.items[0].text == "Café"
