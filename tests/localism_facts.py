"""What the worked example says, each fact as a sentence, the Cypher that asks for it, and its rows."""

from __future__ import annotations

from typing import NamedTuple

MJ = "Bold vision for reshaping services"
LABOURLIST = "On the Taskforce's first report (the text has no headline)"
PIKE_NS = "Ed Miliband needs more than a simple swing from Whitehall to Town Hall"
PIKE_MASS = "Mass collaboration has come of age"
BEHR = "Milibandism's next chapter: reforming the state"
MOMENTUM = "Labour's establishment suspects a Momentum conspiracy - they're right"

COCHAIRS = ("Jules Pipe", "Richard Leese", "Sharon Taylor")
UNNAMED = "the New Statesman's unnamed author"

ARGUES = "MATCH (n:Claim|Rebuttal|Evidence {map: 'localism'}) "


class Fact(NamedTuple):
    """One thing the loaded map must answer."""

    sentence: str
    cypher: str
    rows: list[tuple[object, ...]]  # in any order


def _count(sentence: str, cypher: str, expected: int) -> Fact:
    return Fact(sentence, cypher, [(expected,)])


def _held(title: str, *names: str) -> Fact:
    """Exactly these hold it."""
    cypher = f'MATCH (n {{title: "{title}"}})-[:ASSERTED_BY]->(p:Person) RETURN p.name'
    return Fact(f"“{title}” is held by {', '.join(names)}", cypher, [(name,) for name in names])


def _reported(title: str, *names: str) -> Fact:
    """Exactly these report it."""
    cypher = f'MATCH (n {{title: "{title}"}})-[:REPORTED_BY]->(p:Person) RETURN p.name'
    return Fact(f"“{title}” is reported by {', '.join(names)}", cypher, [(name,) for name in names])


def _cites(title: str, *places: tuple[str, str]) -> Fact:
    """It cites exactly these sources at these places."""
    cypher = f'MATCH (n {{title: "{title}"}})-[c:CITES]->(s:Source) RETURN s.title, c.locator'
    where = " and ".join(f"{source}, {locator}" for source, locator in places)
    return Fact(f"“{title}” is from {where}", cypher, list(places))


def _link(start: str, kind: str, end: str) -> Fact:
    """One item bears directly on another."""
    cypher = f'MATCH ({{title: "{start}"}})-[:{kind}]->(b {{title: "{end}"}}) RETURN count(DISTINCT b.id)'
    return _count(f"“{start}” {kind.lower()} “{end}”", cypher, 1)


def _undercuts(start: str, premise: str, conclusion: str, polarity: str) -> Fact:
    """One item attacks the step from a second to a third."""
    cypher = (
        f'MATCH (:Rebuttal {{title: "{start}"}})-[:UNDERCUTS]->(i:Inference)<-[:PREMISE_OF]-'
        f'({{title: "{premise}"}}), (i)-[:CONCLUDES]->({{title: "{conclusion}"}}) RETURN i.polarity'
    )
    return Fact(f"“{start}” undercuts the step from “{premise}” to “{conclusion}”", cypher, [(polarity,)])


def _figure(title: str, quote: str, *figures: str) -> Fact:
    """The card is Evidence, quotes these words, and its own text has these figures."""
    tests = "".join(f' AND e.text CONTAINS "{figure}"' for figure in figures)
    cypher = f'MATCH (e:Evidence) WHERE e.title = "{title}"{tests} RETURN e.quote'
    return Fact(f"“{title}” says {' and '.join(figures) or 'this'} and quotes “{quote}”", cypher, [(quote,)])


def _premises(conclusion: str, *premises: str) -> Fact:
    """One stated step has exactly these linked premises."""
    cypher = (
        f'MATCH (p)-[:PREMISE_OF]->(i:Inference)-[:CONCLUDES]->({{title: "{conclusion}"}}) '
        f'MATCH ({{title: "{premises[0]}"}})-[:PREMISE_OF]->(i) RETURN DISTINCT p.title'
    )
    return Fact(f"“{conclusion}” follows from {len(premises)} premises", cypher, [(p,) for p in premises])


MOTION_FACTS = [
    Fact(
        "there are two motions, and the first is the project's",
        "MATCH (m:Claim {kind: 'motion'}) RETURN m.title, m.text, m.side",
        [
            (
                "Power should move",
                "Power over public services should move from Whitehall to localities.",
                "pro",
            ),
            (
                "Labour should organise openly",
                "Labour should win by open mass organising, and not by control from its centre.",
                "pro",
            ),
        ],
    ),
    _held("Power should move", *COCHAIRS, "Andy Sawford"),
    _cites("Power should move", (MJ, "¶7"), (LABOURLIST, "¶6, ¶9")),
]

CLASH_FACTS = [
    _link("Universal Credit roll-out", "SUPPORTS", "Centre failures"),
    _link("Work Programme results", "SUPPORTS", "Centre failures"),
    _figure("Universal Credit roll-out", "the Universal Credit roll-out"),
    _figure("Work Programme results", "poor success rates with people facing complex barriers"),
    _cites("Universal Credit roll-out", (MJ, "¶17")),
    _cites("Work Programme results", (MJ, "¶17")),
    _premises("Centre cannot handle complexity", "Centre failures", "Failures tell on their author"),
    _link("Centre cannot handle complexity", "SUPPORTS", "Power should move"),
    _undercuts("Seen as particular", "Centre failures", "Centre cannot handle complexity", "supports"),
    _cites("Seen as particular", (MJ, "¶18")),
    _held("Seen as particular", "the centre"),
    _reported("Seen as particular", *COCHAIRS),
    Fact(
        "“Are local authorities capable?” is a rebuttal, attacks the motion, and is on the other side",
        "MATCH (r:Rebuttal {title: 'Are local authorities capable?'})-[:REBUTS]->"
        "(:Claim {title: 'Power should move'}) RETURN DISTINCT r.side",
        [("con",)],
    ),
    _cites("Are local authorities capable?", (MJ, "¶19")),
    _held("Are local authorities capable?", "the centre"),
    _reported("Are local authorities capable?", *COCHAIRS),
    _link("Double standard", "REBUTS", "Seen as particular"),
    _undercuts("Double standard", "Are local authorities capable?", "Power should move", "attacks"),
    _cites("Double standard", (MJ, "¶16, ¶18–19")),
    _held("Double standard", *COCHAIRS),
    _premises(
        "Double standard",
        "A failed scheme stays a scheme",
        "Councils are doubted beforehand",
        "The centre is the yardstick",
    ),
    _link("Local work already delivers", "REBUTS", "Are local authorities capable?"),
]

CYNIC_FACTS = [
    _link("Over-promised and under-delivered", "REBUTS", "Power should move"),
    _cites("Over-promised and under-delivered", (MJ, "¶25")),
    _held("Over-promised and under-delivered", "cynics"),
    _reported("Over-promised and under-delivered", *COCHAIRS),
    _link("Realistic and radical", "REBUTS", "Over-promised and under-delivered"),
    _link("Oppositions change their minds", "SUPPORTS", "Over-promised and under-delivered"),
    _cites("Oppositions change their minds", (BEHR, "¶17")),
    _link("Power by influence", "REBUTS", "Oppositions change their minds"),
    _link("The pendulum is not enough", "REBUTS", "Power should move"),
    _cites("The pendulum is not enough", (PIKE_NS, "¶4, ¶54")),
    _link("A start for something bolder", "REBUTS", "The pendulum is not enough"),
    _link("Which local?", "REBUTS", "Power should move"),
    _cites("Which local?", (PIKE_MASS, "¶3")),
    _link("No model from Whitehall", "REBUTS", "Which local?"),
    _link("Promise not kept", "SUPPORTS", "Over-promised and under-delivered"),
    _figure("Bin collections", "Eric Pickles obsession with bin collections"),
]

FIGURE_FACTS = [
    _figure("The range in The MJ", "between £9.4bn and £20.6bn", "£9.4bn", "£20.6bn", "Community Budget"),
    _cites("The range in The MJ", (MJ, "¶13")),
    _figure(
        "The range in LabourList",
        "£9.4 billion and £20.6 billion over five years",
        "£9.4 billion",
        "£20.6 billion",
        "over five years",
        "Total Place",
    ),
    _cites("The range in LabourList", (LABOURLIST, "¶7")),
    _link("The range in The MJ", "SUPPORTS", "Saving put down to Community Budgets"),
    _link("The range in LabourList", "SUPPORTS", "Saving put down to Total Place"),
    Fact(
        "the two attributions of one figure contradict each other, and both are still pro",
        "MATCH (a:Claim {title: 'Saving put down to Community Budgets'})-[:CONTRADICTS]-"
        "(b:Claim {title: 'Saving put down to Total Place'}) RETURN DISTINCT a.side, b.side",
        [("pro", "pro")],
    ),
    _figure("Greater Manchester estimate", "£270m net savings over five years", "£270m", "five years", "net"),
    _cites("Greater Manchester estimate", (LABOURLIST, "¶7")),
    _held("Greater Manchester estimate", "Greater Manchester"),
    _reported("Greater Manchester estimate", "Andy Sawford"),
    _figure("Essex forecast", "a saving of £414m over six years", "£414m", "six years"),
    _cites("Essex forecast", (LABOURLIST, "¶7")),
    _held("Essex forecast", "Essex"),
    _figure(
        "Youth Contract at double the rate", "double the success rate of the national programme", "Newcastle"
    ),
    _cites("Youth Contract at double the rate", (LABOURLIST, "¶6")),
    _figure("£16bn by neighbourhood teams", "the potential for saving £16bn", "£16bn"),
    _cites("£16bn by neighbourhood teams", (PIKE_NS, "¶55"), (PIKE_MASS, "¶12")),
    _held("£16bn by neighbourhood teams", "Locality"),
    _figure("Strive Together", "gains and more across entire school populations", "10 per cent", "10%"),
    _cites("Strive Together", (PIKE_NS, "¶55"), (PIKE_MASS, "¶12")),
    _figure("Collective impact programmes", "more than 500 major", "500", "ten years"),
    _cites("Collective impact programmes", (PIKE_NS, "¶49"), (PIKE_MASS, "¶8")),
    _figure("Productivity gains of 10%", "10% and more productivity gains are possible", "10%", "five years"),
]

MONEY_FACTS = [
    _link("Salami slicing moves demand", "SUPPORTS", "Demand grows three ways"),
    _cites("Salami slicing moves demand", (MJ, "¶9")),
    _link("Salami slicing costs more", "SUPPORTS", "Salami slicing moves demand"),
    _cites("Salami slicing costs more", (BEHR, "¶22")),
    _link("Investor and rewarded differ", "REBUTS", "Reform by place saves money"),
    _cites("Investor and rewarded differ", (MJ, "¶14")),
    _link("Shared public purse", "REBUTS", "Investor and rewarded differ"),
    _link("Five-year budgets", "REBUTS", "Investor and rewarded differ"),
    _cites("Five-year budgets", (PIKE_MASS, "¶15"), (PIKE_NS, "¶57")),
    _link("Payment for success", "REBUTS", "Payment by results gets in the way"),
    _cites("Payment for success", (PIKE_NS, "¶56"), (PIKE_MASS, "¶13")),
    _link("Overhaul public purchasing", "REBUTS", "Private monopolies grow"),
    _cites("Private monopolies grow", (PIKE_NS, "¶56"), (PIKE_MASS, "¶10, ¶14")),
    _link("Budgets need taxing powers", "REBUTS", "Budgets handed down"),
    _link("The Treasury guards its taxes", "SUPPORTS", "Budgets need taxing powers"),
    _held("The Treasury guards its taxes", "the Treasury", "Ed Balls"),
    _reported("The Treasury guards its taxes", "Rafael Behr"),
    _cites("The Treasury guards its taxes", (BEHR, "¶17")),
    _undercuts("Treasury spreadsheet", "Early help saves", "Reform by place saves money", "supports"),
    _cites("Treasury spreadsheet", (BEHR, "¶23")),
    _link("Greater Manchester estimate", "REBUTS", "Treasury spreadsheet"),
]

REFORM_FACTS = [
    _link("Blairism by the back door", "REBUTS", "Power should move"),
    _cites("Blairism by the back door", (BEHR, "¶20")),
    _held("Blairism by the back door", "critics on the left"),
    _reported("Blairism by the back door", "Rafael Behr"),
    _link("Not the market again", "REBUTS", "Blairism by the back door"),
    _link("Airy posturing", "REBUTS", "Power should move"),
    _held("Airy posturing", "critics on the right"),
    _reported("Airy posturing", "Rafael Behr"),
    _link("Win back trust on spending", "REBUTS", "Airy posturing"),
    _link("Staff are not the enemy", "REBUTS", "Airy posturing"),
    _held("Transformation without much money", "a confidant of Ed Miliband"),
    _reported("Transformation without much money", "Rafael Behr"),
    _link("Private is not always better", "SUPPORTS", "Not the market again"),
    _cites("Private is not always better", (BEHR, "¶11")),
    _link("Services should be relational", "SUPPORTS", "Power should move"),
    _link("Citizens are not shoppers", "SUPPORTS", "Services should be relational"),
    _cites("Citizens are not shoppers", (BEHR, "¶15")),
    _premises(
        "Services should be relational",
        "Social problems are complex",
        "Bureaucracy and markets both failed",
        "Trust needs staying power",
    ),
    _figure(
        "Cases from four countries",
        "the UK, Canada, the US and Finland",
        "UK",
        "Canada",
        "US",
        "Finland",
    ),
    _cites("Cases from four countries", (BEHR, "¶14")),
    _link("Cases from four countries", "REBUTS", "It sounds like jargon"),
    _figure("The bath rail", "install a bath rail, costing a few quid"),
    _link("The bath rail", "SUPPORTS", "Early help saves"),
    _cites("The bath rail", (BEHR, "¶22")),
]

MOMENTUM_FACTS = [
    _held("Labour should organise openly", UNNAMED),
    _cites("Labour should organise openly", (MOMENTUM, "¶35–36")),
    _figure("The Brighton mass meeting", "More than 200 people showed up", "more than 200 people"),
    _figure("Twenty phone-banking sessions", "20 phonebanking sessions had been planned", "20 phone-banking"),
    _cites("The Brighton mass meeting", (MOMENTUM, "¶32")),
    _link("The Brighton mass meeting", "SUPPORTS", "Organising works on the ground"),
    _link("Twenty phone-banking sessions", "SUPPORTS", "Organising works on the ground"),
    _link("Abuse and harassment", "REBUTS", "Labour should organise openly"),
    _held("Abuse and harassment", "critics of the Brighton AGM"),
    _reported("Abuse and harassment", UNNAMED),
    Fact(
        "three replies meet the charge of abuse",
        "MATCH (r:Rebuttal)-[:REBUTS]->(:Rebuttal {title: 'Abuse and harassment'}) RETURN r.title",
        [("Investigate persons first",), ("A side effect to control",), ("Acts joined into a smear",)],
    ),
    _link("Stage management is lost", "REBUTS", "Labour should organise openly"),
    _link("Numbers outweigh neatness", "REBUTS", "Stage management is lost"),
    _cites("Numbers outweigh neatness", (MOMENTUM, "¶35")),
    _link("Suspend the local party", "REBUTS", "Labour should organise openly"),
    _held("Suspend the local party", "Labour's national party"),
    _link("They organised all the same", "REBUTS", "Suspend the local party"),
    _link("The Brighton mass meeting", "SUPPORTS", "They organised all the same"),
    _premises("Two centres, one case", "Labour should organise openly", "A branch is like a council"),
    _link("Two centres, one case", "SUPPORTS", "Power should move"),
    _held("Two centres, one case", "the map's editor"),
    _reported("Two centres, one case", "the map's editor"),
    _cites("Two centres, one case", (MOMENTUM, "¶31–32"), (MJ, "¶15")),
    _undercuts(
        "A party is not a public service",
        "Labour should organise openly",
        "Two centres, one case",
        "supports",
    ),
]

WHOLE_FACTS = [
    Fact(
        "at least 90 items argue",
        ARGUES + "RETURN count(n) >= 90",
        [(True,)],
    ),
    Fact(
        "each article has at least 25 items",
        ARGUES + "MATCH (n)-[:CITES]->(s:Source) WITH s.title AS title, count(DISTINCT n.id) AS items "
        "WHERE items >= 25 RETURN title",
        [(MJ,), (LABOURLIST,), (PIKE_NS,), (PIKE_MASS,), (BEHR,), (MOMENTUM,)],
    ),
    Fact(
        "the six sources say who, where and when, as far as the texts do",
        "MATCH (s:Source {map: 'localism'}) RETURN s.title, s.publisher, s.date, s.date_precision",
        [
            (MJ, "The MJ", "2014", "year"),
            (LABOURLIST, "LabourList", "2014", "year"),
            (PIKE_NS, "New Statesman", "2014-07-08", "day"),
            (PIKE_MASS, None, "2014-07", "month"),
            (BEHR, "New Statesman", "2014", "year"),
            (MOMENTUM, "New Statesman", "2016", "year"),
        ],
    ),
    Fact(
        "every item cites a source",
        ARGUES + "OPTIONAL MATCH (n)-[c:CITES]->(:Source) WITH n, count(c) AS cites "
        "WHERE cites = 0 RETURN n.title",
        [],
    ),
    Fact(
        "every citation says where",
        ARGUES + "MATCH (n)-[c:CITES]->(:Source) WHERE c.locator IS NULL RETURN n.title",
        [],
    ),
    Fact(
        "somebody holds every item",
        ARGUES + "OPTIONAL MATCH (n)-[a:ASSERTED_BY]->(:Person) WITH n, count(a) AS holders "
        "WHERE holders = 0 RETURN n.title",
        [],
    ),
    Fact(
        "every item leads to the first motion",
        ARGUES + "OPTIONAL MATCH (n)-[:SUPPORTS|REBUTS|UNDERCUTS|UNDERMINES|PREMISE_OF|CONCLUDES*1..14]->"
        "(m:Claim {title: 'Power should move'}) WITH n, count(m) AS routes "
        "WHERE routes = 0 RETURN n.title",
        [("Power should move",)],
    ),
    Fact(
        "whoever is no author has somebody to report what they hold",
        ARGUES + "MATCH (n)-[:ASSERTED_BY]->(p:Person) WHERE NOT p.name IN "
        f"{[*COCHAIRS, 'Andy Sawford', 'Matthew Pike', 'Rafael Behr', UNNAMED]!r} "
        "OPTIONAL MATCH (n)-[r:REPORTED_BY]->(:Person) WITH n, count(r) AS reporters "
        "WHERE reporters = 0 RETURN n.title",
        [],
    ),
    Fact(
        "every card has a quotation",
        "MATCH (e:Evidence {map: 'localism'}) WHERE e.quote IS NULL RETURN e.title",
        [],
    ),
    Fact(
        "no item is on both sides, or on none",
        ARGUES + "WHERE n.side <> 'pro' AND n.side <> 'con' RETURN n.title, n.side",
        [],
    ),
    Fact(
        "only the bridge between the motions is the editor's own",
        ARGUES + 'MATCH (n)-[:ASSERTED_BY]->(:Person {name: "the map\'s editor"}) RETURN n.title',
        [("Two centres, one case",), ("A branch is like a council",), ("A party is not a public service",)],
    ),
    Fact(
        "the six contentions against the motion are all answered",
        "MATCH (a:Rebuttal {kind: 'contention'})-[:REBUTS]->(:Claim {title: 'Power should move'}) "
        "MATCH (r:Rebuttal|Claim)-[:REBUTS]->(a) RETURN DISTINCT a.title",
        [
            ("Are local authorities capable?",),
            ("Over-promised and under-delivered",),
            ("The pendulum is not enough",),
            ("Which local?",),
            ("Blairism by the back door",),
            ("Airy posturing",),
        ],
    ),
]

FACTS = [
    *MOTION_FACTS,
    *CLASH_FACTS,
    *CYNIC_FACTS,
    *FIGURE_FACTS,
    *MONEY_FACTS,
    *REFORM_FACTS,
    *MOMENTUM_FACTS,
    *WHOLE_FACTS,
]
