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
    assert argmap.extra == {"arggraph": {"topic_id": "free_tea", "stance": "pro"}}


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
