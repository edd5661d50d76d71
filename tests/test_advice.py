"""What an error advises mends it: each fault is made, the advice in its sentence followed to the letter, and
the fault is gone. Sentences that advise and are not tried are named in ``UNTRIED`` with the reason.
"""

import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import datetime

import pytest

import spacesec
from spacesec.collection import door, handed_in, messages, new, sweep_file
from spacesec.collection.asked import tools
from spacesec.collection.exports import ephemerides
from spacesec.collection.exports import orbits as exported
from spacesec.collection.exports import references as listed_references
from spacesec.collection.exports.ephemerides import Span
from spacesec.collection.questions import Question, all_questions, named
from spacesec.data import sources, tables, time_scales
from spacesec.drawing import maps
from spacesec.errors import SpacesecError
from spacesec.importing.kinds import KINDS
from spacesec.importing.targets import Target
from spacesec.machine import paths
from spacesec.policy_evolution.words import texts
from spacesec.run import record, records
from spacesec.words import language
from tests import tiny
from tests.conftest import QUESTION, ROOT
from tests.test_add import HEADER, ROW

ADVICE = re.compile(
    r"; |choose|keep|takes |as in `|name years|can be drawn|hold at most|did you mean|they are|may be"
    r"|: it has \{|it holds \{|the \w+ are \{|run `|name .* ones? of"
)


def listed(place: str):
    """Advice that lists what is possible: the first and the last of the list."""

    def values(sentence: str) -> list[str]:
        names = re.search(place + r"(.+?)(?: beside Japan| or give .*)?\.?$", sentence)[1].split(", ")
        return [names[0], names[-1]]

    return values


def numbers(pattern: str):
    """Advice that gives bounds or names numbers: each of them."""
    return lambda sentence: [int(number) for number in re.search(pattern, sentence).groups()]


def named_by(pattern: str):
    """Advice that names one thing."""
    return lambda sentence: [re.search(pattern, sentence)[1]]


def meaning(words: str, *values):
    """Advice in words, and what a reader then gives."""

    def of(sentence: str) -> list:
        assert words in sentence
        return list(values)

    return of


def of(name: str):
    return lambda value: {name: value}


def only(name: str):
    return lambda value: {name: [value]}


ALL_IMAGING = "IGS Optical-5 IGS Optical-6 IGS Optical-7 IGS Optical-8 IGS Radar-3 IGS Radar-4 IGS Radar-5"
CHAIN = "bisei sanyo-onoda qzs-6-host qzs-7-host diego-garcia maui socorro exmouth-telescope darc-1 mount-abu"
COVER, FLIGHT = "missile_warning/coverage", "missile_warning/flight_time"
NEEDS, WORDS = "missile_warning/joint_or_independent", "policy_evolution/words"
SATELLITES, VOTES = "regional_cooperation/positioning", "regional_cooperation/un_votes"
IMAGING, LAUNCH = "space_systems/reconnaissance", "space_systems/launch_and_industry"
BELT, MONEY = "space_systems/situational_awareness", "space_systems/exploration_and_investment"
TAIWAN, BREAKS = "regional_cooperation/taiwan_connectivity", "policy_evolution/turning_points"
STATES, TIES = "space_systems/counterspace", "regional_cooperation/partners"
# A piece of the sentence · question · what is wrong · what is read from it · the parameters that makes.
VALUES = [
    (
        "divide evenly into {planes} planes",
        COVER,
        {"satellites": 25, "planes": 8, "phasing": 0},
        numbers(r"be (\d+), (\d+), (\d+)"),
        of("planes"),
    ),
    (
        "steps; between 2 and",
        COVER,
        {"days": 30, "step_s": 5},
        numbers(r"and (\d+),000 are"),
        lambda most: {"step_s": 600, "days": 1 + most // 60},
    ),
    (
        "{parameter}: there is no {name}; choose",
        FLIGHT,
        {"sites": ["x"]},
        listed("choose among "),
        only("sites"),
    ),
    (
        "{parameter}: there is no {name}; choose",
        FLIGHT,
        {"cities": ["x"]},
        listed("choose among "),
        only("cities"),
    ),
    (
        "needs: there is no country",
        NEEDS,
        {"needs": {"JPN": 10, "XXX": 10}},
        listed("choose among "),
        lambda one: {"needs": {"JPN": 10, "IND": 9, one: 10}},
    ),
    (
        "a need is a whole number from",
        NEEDS,
        {"needs": {"JPN": 10, "USA": 100000}},
        numbers(r"from (\d+) to (\d+)"),
        lambda most: {"needs": {"JPN": 10, "KOR": 3, "USA": most}},
    ),
    (
        "give at least two countries a need",
        NEEDS,
        {"needs": {"JPN": 0, "USA": 0}},
        meaning("two countries a need above 0", 1),
        lambda need: {"needs": {"JPN": need, "USA": need}},
    ),
    (
        "the record covers {first} to",
        "missile_warning/launch_record",
        {"start_year": 2024, "end_year": 2000},
        numbers(r"covers (\d+) to \d+"),
        of("start_year"),
    ),
    (
        "choose other types or other years",
        "missile_warning/launch_record",
        {"types": ["SLV"], "start_year": 2010, "end_year": 2011},
        meaning("other years", 2012),
        of("end_year"),
    ),
    (
        "atmosphere = {atmosphere} is not possible",
        "missile_warning/radar_horizon",
        {"atmosphere": "x"},
        listed("choose among "),
        of("atmosphere"),
    ),
    (
        "choose a later as_of, more sources",
        "policy_evolution/promises",
        {"as_of": "2014-02-01"},
        meaning("a later as_of", "2020-01-01"),
        of("as_of"),
    ),
    (
        "choose a later as_of, more askers",
        "policy_evolution/recommendations",
        {"as_of": "1968-02-01"},
        meaning("a later as_of", "2020-01-01"),
        of("as_of"),
    ),
    (
        "so name years from",
        BREAKS,
        {"named_years": [1900]},
        numbers(r"from (\d+) to (\d+)"),
        only("named_years"),
    ),
    (
        "years hold at most {held} breaks",
        BREAKS,
        {"most_breaks": 50},
        numbers(r"at most (\d+) breaks"),
        of("most_breaks"),
    ),
    (
        "name each project once",
        "budgets/programmes",
        {"projects": ["qzss", "qzss"]},
        meaning("once", "qzss"),
        only("projects"),
    ),
    ("the documents are {measured}", WORDS, {"target": "x"}, listed("documents are "), of("target")),
    (
        "begin at 6; give texts_dir",
        WORDS,
        {"minimum_count": 2},
        numbers(r"a count of (\d+) or more"),
        of("minimum_count"),
    ),
    (
        "the places are {SITES}",
        "regional_cooperation/maritime_awareness",
        {"site": "x"},
        listed("places are "),
        of("site"),
    ),
    (
        "name at least two different ones",
        TIES,
        {"layers": ["maritime", "maritime"]},
        listed("ones of "),
        lambda one: {"layers": [one, "positioning"]},
    ),
    ("{orbit_source} orbits know", SATELLITES, {"lost": ["x"]}, named_by(r"know ([^,]+),"), only("lost")),
    (
        "{orbit_source} orbits know",
        SATELLITES,
        {"added": ["x"], "lost": []},
        named_by(r"know ([^,]+),"),
        only("added"),
    ),
    (
        "it {why}; possible are",
        SATELLITES,
        {"added": ["GPS A1"], "lost": []},
        listed("possible are "),
        only("added"),
    ),
    (
        "a satellite can only be one of",
        SATELLITES,
        {"lost": ["QZS-5"], "added": ["QZS-5"]},
        meaning("only be one", []),
        of("added"),
    ),
    (
        "at least one must remain",
        SATELLITES,
        {"systems": ["QZSS"], "lost": [f"QZS-{n}" for n in ("1R", 2, 3, 4, 5, 6, 7)]},
        meaning("one must remain", ["QZS-5", "QZS-6", "QZS-7"]),
        of("lost"),
    ),
    ("choose among {known}.", SATELLITES, {"sites": ["x"]}, listed("choose among "), only("sites")),
    (
        "each may stand there once",
        SATELLITES,
        {"sites": ["Tokyo", "Tokyo"]},
        meaning("once", "Tokyo"),
        only("sites"),
    ),
    (
        "for {satellites2} satellites planes may",
        TAIWAN,
        {"satellites": 25, "planes": 8, "phasing": 0},
        numbers(r"be (\d+), (\d+), (\d+)"),
        of("planes"),
    ),
    (
        "phasing = {phasing} is not possible with",
        TAIWAN,
        {"phasing": 40},
        numbers(r"from (\d+) to (\d+)"),
        of("phasing"),
    ),
    (
        "choose one that is not later",
        STATES,
        {"first_year": 2024, "last_year": 2000},
        numbers(r"after last_year = (\d+)"),
        of("first_year"),
    ),
    ("no report speaks of a state", STATES, {"states": ["Chima"]}, named_by(r"mean (.+)\?"), only("states")),
    ("no report speaks of a state", STATES, {"states": ["zzz"]}, listed("speak of "), only("states")),
    ("no domain of the ledger", MONEY, {"domains": ["x"]}, listed("they are "), only("domains")),
    ("is not a launcher of this", LAUNCH, {"vehicle": "x"}, listed("it holds "), of("vehicle")),
    (
        "choose two of {known}",
        LAUNCH,
        {"vehicle": "H3", "compare_with": "H3"},
        listed("choose two of "),
        of("compare_with"),
    ),
    ("the areas are {areas}", IMAGING, {"area": "x"}, listed("areas are "), of("area")),
    ("does not fly in the fleet of", IMAGING, {"without": ["x"]}, listed("it has "), only("without")),
    (
        "satellites of the fleet of {fleet}: keep",
        IMAGING,
        {
            "without": [f"IGS {n}" for n in re.findall(r"(\S+-\d)", ALL_IMAGING)]
            + ["IGS Radar-6", "IGS Radar-7"]
        },
        meaning("keep at least one", "IGS Radar-6"),
        only("without"),
    ),
    ("is no sensor that watches", BELT, {"without": ["x"]}, listed("they are "), only("without")),
    (
        "sensors that watch the belt: keep",
        BELT,
        {"without": CHAIN.split()},
        meaning("keep at least one", "maui"),
        only("without"),
    ),
    (
        "there is no parameter {name}",
        COVER,
        {"satelites": 24},
        named_by(r"mean (\w+)\?"),
        lambda name: {name: 24, "planes": 8, "satelites": None},
    ),
]


def refused(question: str, values: dict, how: str = "of") -> str | None:
    """The sentence that refuses these parameters; None where they are possible."""
    module = named([question])[0].module
    try:
        parameters = module.Parameters.of({name: one for name, one in values.items() if one is not None})
        module.answer(parameters) if how == "answer" else None
    except SpacesecError as error:
        return str(error)
    return None


def template(piece: str) -> re.Pattern:
    """The catalogue's sentences that hold this piece, as one pattern."""
    found = sorted(one for one in advising() if piece in one)
    assert found, f"no sentence says {piece}"
    return re.compile("|".join(map(_pattern, found)), re.S)


def _pattern(message: str) -> str:
    parts = language.PLACES.split(message)[:: language.PLACES.groups + 1]
    return ".*".join(re.escape(part.replace("{{", "{").replace("}}", "}")) for part in parts)


def advising() -> dict[str, str]:
    """Sentences of errors that advise -> where each stands."""
    return {
        words: where
        for domain, words, where in messages.written()
        if domain == language.ERRORS and ADVICE.search(words)
    }


@pytest.mark.parametrize("piece, question, wrong, read, made", VALUES, ids=[row[0] for row in VALUES])
def test_a_parameter_is_possible_as_the_refusal_says(piece, question, wrong, read, made):
    how = next((way for way in ("of", "answer") if refused(question, wrong, way)), "")
    sentence = refused(question, wrong, how)
    assert template(piece).fullmatch(sentence), sentence
    for value in read(sentence):
        assert refused(question, {**wrong, **made(value)}, how) is None, value


IMPOSSIBLE = {"a day such as 2026-11-22": "no day", "a list": 7, "a mapping": 7, "true or false": 7}


def test_every_parameter_takes_what_its_refusal_says_it_takes():
    """Choices and bounds, as the sentence names them; another parameter may still speak against them."""
    tried = 0
    for question in all_questions():
        for entry in question.module.Parameters.describe():
            name, wrong = (
                entry["name"],
                next((v for k, v in IMPOSSIBLE.items() if entry["type"].startswith(k)), [[]]),
            )
            sentence = refused(question.name, {name: wrong})
            assert sentence and " takes " in sentence, (question.name, name, sentence)
            for value in possible(sentence.split(" takes ", 1)[1]):
                said = refused(question.name, {name: value})
                assert said is None or not re.match(
                    rf"{name}\S* = .* is not possible: {name}\b.* takes ", said
                ), (question.name, said)
                tried += 1
    assert tried > 200


def possible(takes: str) -> list:
    """Values that the words after "takes" name."""
    takes = takes.rstrip(".")
    if match := re.match(
        r"(?:one of|a list of (?!texts|whole|numbers|days)) ?(.+?)(, at (?:least|most) .*)?$", takes
    ):
        names = [name for name in match[1].split(", ") if "…" not in name]
        return [names] if takes.startswith("a list") else names
    if match := re.search(r"from (-?[\d.]+) to (-?[\d.]+)", takes):
        return [] if takes.startswith("a list") else [json.loads(match[1]), json.loads(match[2])]
    if match := re.search(r"from (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", takes):
        return [match[1], match[2]]
    return [True, False] if takes.startswith("true or false") else []


def sweep(folder, text):
    (folder / "sweep.yml").write_text(text, encoding="utf-8")
    (folder / "points.csv").write_text("first_year\n2009\n")
    (folder / "wide.csv").write_text("first_year;currency\n2009;JPY\n")
    (folder / "saved.csv").write_text("first_year,currency\n2009,JPY\n")
    (folder / "twice.csv").write_text("first_year,first_year\n2009,2010\n")
    sweep_file.read(folder / ("nowhere.yml" if text == "nowhere" else "sweep.yml"))


def rows(folder, content: bytes):
    (folder / "rows.csv").write_bytes(content)
    handed_in.rows(folder / "rows.csv", tables.describe(QUESTION)["schema"]["fields"])


def texts_of(folder, held: dict):
    place = (folder / next(iter(held))).parent
    for name, content in held.items():
        if content:
            place.mkdir(exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
    module = named([WORDS])[0].module
    module.answer(module.Parameters.of({"texts_dir": str(place), "minimum_count": 1}))


def two_texts(folder, name: str):
    for one in "ab":
        (folder / f"{one}.txt").write_text(TEXT)
    texts.text_files(str(folder / name))


def filled(folder, name: str):
    """A run's destination, in a folder that has a file, a run and something else in it."""
    (folder / "file").write_text("x")
    (folder / "other").mkdir(exist_ok=True)
    (folder / "other" / "letter.txt").write_text("x")
    (folder / "ran").mkdir(exist_ok=True)
    (folder / "ran" / "run.json").write_text("{}")
    record.destination(name.replace("HERE", str(folder)))


def from_its_top(folder, state: str):
    """A notebook whose cells were run in part, or with a name changed in between."""
    names = {"size": 2, "output_dir": str(folder / "out")}
    run = record.start(tiny, names)
    if state == "results":
        return run.results
    found = run.answer()
    if state == "figures":
        run.finish()
    for draw in tiny.FIGURES:
        run.publish(draw(found))
    if state == "checks":
        run.finish()
    if state == "changed":
        names["size"] = 3
        run.finish()
    if state == "stale":
        later = record.start(tiny, {"size": 3, "output_dir": str(folder / "out")})
        later.answer()
        later.publish(tiny.line(found))
    run.check(tiny.checks(found))
    run.finish()


def in_a_shell(_, line: str):
    """A new shell with this limit, and a run that would begin in it."""
    look = (
        "from spacesec.machine import limits\ntry: limits.suffice()\nexcept ValueError as error: print(error)"
    )
    words = ["sh", "-c", f"{line}; exec {shlex.quote(sys.executable)} -c {shlex.quote(look)}"]
    if said := subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip():
        raise SpacesecError(said)


ASK = f"question: {QUESTION}\n"
SWEEP = ASK + "grid: {first_year: [2009, 2012]}\n"
HAND_IN = f"{HEADER}\n{ROW}\n".encode()


def without(content: bytes, column: str) -> bytes:
    """A table without one of its columns."""
    lines = list(csv.reader(content.decode().splitlines()))
    at = lines[0].index(column)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(line[:at] + line[at + 1 :] for line in lines)
    return text.getvalue().encode()


TEXT = "Space defense deters attacks on satellites and warns early. " * 9
# A piece of the sentence · what is done · with what · what the sentence advises to do it with.
CALLS = [
    (
        "must name one question",
        sweep,
        "grid: {first_year: [2009]}\n",
        lambda said: [re.search("`(.+?)`", said)[1] + "\ngrid: {first_year: [2009]}"],
    ),
    (
        "has the unknown entry",
        sweep,
        SWEEP + "fixd: {currency: USD}\n",
        lambda said: [
            SWEEP + re.search(r"takes \w+, (\w+),", said)[1].replace("question", "") + ": {currency: USD}\n"
        ],
    ),
    (
        "takes a list of values for each parameter",
        sweep,
        ASK + "grid: {satellites: 24}",
        lambda said: [
            ASK.replace(QUESTION, COVER) + "grid: {" + re.search("`(.+?)`", said)[1].replace("36", "32") + "}"
        ],
    ),
    (
        "list in {name} takes one mapping",
        sweep,
        ASK + "list: [2009, 2012]",
        meaning(
            "one mapping of parameters for each point", ASK + "list: [{first_year: 2009}, {first_year: 2012}]"
        ),
    ),
    (
        "repeats an earlier point; remove",
        sweep,
        ASK + "list: [{first_year: 2009}, {first_year: 2009}]",
        meaning("remove one", ASK + "list: [{first_year: 2009}]"),
    ),
    ("cannot be read ({getattr}); name one that", sweep, "nowhere", meaning("name one that exists", SWEEP)),
    (
        "which is not the question's; leave",
        sweep,
        SWEEP + "fixed: {output_dir: x}",
        meaning("leave it out", SWEEP),
    ),
    (
        "is divided by semicolons; save it as CSV",
        sweep,
        ASK + "table: wide.csv",
        meaning("save it as CSV divided by commas", ASK + "table: saved.csv"),
    ),
    (
        "plot in the sweep file cannot show",
        sweep,
        SWEEP + "plot: {x: first_yaer, y: growth_multiple}",
        lambda said: [SWEEP + "plot: {x: " + re.search(r"mean (\w+)", said)[1] + ", y: growth_multiple}"],
    ),
    (
        "in the sweep file takes a mapping",
        sweep,
        SWEEP + "fixed: 3",
        lambda said: [SWEEP + re.search("`(.+?)`", said)[1]],
    ),
    (
        "grid in {name} has {count} points",
        sweep,
        ASK + "grid: {" + ", ".join(f"p{n}: {list(range(20))}" for n in range(5)) + "}",
        lambda said: [SWEEP] if "100,000" in said else [],
    ),
    (
        "there is no source {source_id} in data",
        lambda _, name: sources.get(name),
        "nobody-1999",
        meaning("name one that exists", tiny.SOURCE),
    ),
    (
        "there is no table {name}; data/data",
        lambda _, name: tables.load(name),
        "budgets/nothing",
        listed("lists "),
    ),
    ("{name} is no table; data/data", lambda _, name: tables.described(name), "sources", listed("lists ")),
    (
        "evidence {sorted} does not exist",
        lambda _, kind: tables.load(QUESTION, evidence=[kind]),
        "heard",
        listed("choose among "),
    ),
    ("there is no region {box}", lambda _, box: maps.region(box), "Atlantis", listed("choose among ")),
    (
        "projection {name} does not exist",
        lambda _, name: maps.projection(name, (120, 150, 20, 50)),
        "round",
        listed("choose among "),
    ),
    (
        "west must lie below east",
        lambda _, box: maps.region(box),
        (150, 120, 20, 50),
        meaning("west must lie below east", (120, 150, 20, 50)),
    ),
    (
        "needs a region on one side of the equator",
        lambda _, name: maps.projection(name, (120, 150, -20, 20)),
        "lambert_conformal",
        lambda said: re.findall(r"'(\w+)'", said.split(";")[1]),
    ),
    (
        "is an address; give a folder",
        filled,
        "s3://bucket/run",
        meaning("give a folder of this machine", "HERE/new"),
    ),
    ("lies inside figures/", filled, str(paths.figures() / "x"), meaning("give another folder", "HERE/new")),
    ("output_dir {shown} is a file; give", filled, "HERE/file", meaning("give a folder", "HERE/new")),
    (
        "holds other files; give a new or empty",
        filled,
        "HERE/other",
        meaning("a new or empty folder, or one that a run filled", "HERE/new", "HERE/ran"),
    ),
    (
        "output_dir {shown} is not possible ({why})",
        filled,
        "HERE/" + "x" * 300,
        meaning("give another folder", "HERE/new"),
    ),
    ("the run has no answer yet", from_its_top, "results", meaning("run the notebook from its top", "whole")),
    (
        "figures of this answer are not drawn yet",
        from_its_top,
        "figures",
        meaning("run the notebook from its top", "whole"),
    ),
    (
        "the checks of this answer are not made",
        from_its_top,
        "checks",
        meaning("run the notebook from its top", "whole"),
    ),
    (
        "{changed} changed after the run began",
        from_its_top,
        "changed",
        meaning("run the notebook from its top", "whole"),
    ),
    (
        "shows an earlier answer; run",
        from_its_top,
        "stale",
        meaning("run the notebook from its top", "whole"),
    ),
    (
        "the time scale {scale} is not known",
        lambda _, scale: time_scales.from_utc(datetime(2026, 1, 1), scale),
        "XYZ",
        listed("the scales are "),
    ),
    (
        "is no time system here; choose",
        lambda _, scale: ephemerides.oem([], Span(datetime(2026, 1, 1), 60, 60), scale),
        "XYZ",
        listed("choose among "),
    ),
    (
        "is no time; write it as in",
        lambda _, text: ephemerides.utc(text),
        "yesterday",
        named_by(r"as in (\S+)"),
    ),
    (
        "is no form; choose among",
        lambda _, form: exported.written(form, exported.sets(None, [("norad_id", "42738")]), None, "UTC"),
        "xls",
        listed("choose among "),
    ),
    (
        "the columns are {rows}",
        lambda _, name: exported.sets(None, [(name, exported.sets(None, [])[0].get(name, ""))]),
        "constelation",
        listed("the columns are "),
    ),
    (
        "no element set is as asked",
        lambda _, only: exported.sets(None, only),
        [("name", "x")],
        meaning("leave one --only out", []),
    ),
    (
        "references have no format",
        lambda _, form: listed_references.written(form, None, [("id", tiny.SOURCE)]),
        "xls",
        listed("write "),
    ),
    (
        "no reference has these values",
        lambda _, only: listed_references.written("ris", None, only),
        [("id", "x")],
        meaning("leave --only out", [("id", tiny.SOURCE)]),
    ),
    (
        "{name} takes no {unknown}; it takes {taken}.",
        lambda _, name: tools.refuse_unknown("search", [name]),
        "wrods",
        listed("it takes "),
    ),
    (
        "no table has a row {row_id}; {near}",
        lambda _, name: tools.row(name),
        "space-budget-2015-combine",
        named_by(r"mean (.+)\?"),
    ),
    (
        "{name} has no column {unknown}; {near}",
        lambda _, name: tools.table(QUESTION, {name: "2015"}),
        "fiscal_yeer",
        named_by(r"mean (.+)\?"),
    ),
    ("there is no verdict {verdict}", lambda _, name: tools.claims(name), "x", listed("choose among ")),
    (
        "there is no source {source_id}; {near}",
        lambda _, name: tools.cite(name),
        "fatton-2021",
        named_by(r"mean (.+)\?"),
    ),
    (
        "give a number as it is printed",
        lambda _, number: tools.trace(QUESTION, number),
        "17.23456",
        lambda said: [one_printed()] if "as it is printed" in said else [],
    ),
    (
        "there is no question {name}; {hint}",
        lambda _, name: named([name]),
        "budgets/goverment_space",
        named_by(r"mean (.+)\?"),
    ),
    (
        "{question} has no figure {figure}",
        lambda _, name: spacesec.draw(QUESTION, name),
        "x",
        listed("choose among "),
    ),
    (
        "there is no such folder; give one",
        texts_of,
        {"gone/a.txt": ""},
        meaning("one that holds texts", {"in/a.txt": TEXT, "in/b.txt": TEXT + "x"}),
    ),
    (
        "a comparison needs at least two",
        texts_of,
        {"in/a.txt": TEXT},
        meaning("at least two", {"in/a.txt": TEXT, "in/b.txt": TEXT + "x"}),
    ),
    (
        "holds no word in Latin letters",
        texts_of,
        {"in/a.txt": TEXT, "in/b.txt": TEXT, "in/c.txt": "우주 안보"},
        meaning("take it out", {"on/a.txt": TEXT, "on/b.txt": TEXT}),
    ),
    (
        "so that it is no Japanese text",
        texts_of,
        {"in/a.txt": TEXT, "in/b.txt": TEXT, "in/c.txt": "卫星和导弹预警" * 9},
        meaning("take it out", {"on/a.txt": TEXT, "on/b.txt": TEXT}),
    ),
    (
        "are one document by their names",
        texts_of,
        {"in/a.txt": TEXT, "in/a.TXT": TEXT},
        meaning("rename one", {"on/a.txt": TEXT, "on/b.TXT": TEXT}),
    ),
    (
        "{given} is not possible: it takes a folder's",
        lambda _, given: record.start(tiny, {"size": 2, "output_dir": given}),
        ["out"],
        meaning("or null for the question's own folder", None),
    ),
    (
        "takes a header of parameter names, each",
        sweep,
        ASK + "table: twice.csv",
        meaning("each once", ASK + "table: saved.csv"),
    ),
    (
        "texts_dir = {texts_dir} is not possible: it is a file",
        two_texts,
        "a.txt",
        meaning("the folder that holds the texts", ""),
    ),
    (
        "there is no claim {claim_id}; {near}",
        lambda _, name: tools.claim(name),
        tools.ledger()[0].id + "x",
        named_by(r"mean (.+)\?"),
    ),
    ("this shell lets a process open", in_a_shell, "ulimit -n 64", named_by("`(.+?)`")),
    ("this shell lets a process take", in_a_shell, "ulimit -v 500000", named_by("`(.+?)`")),
    (
        "output_language = {language} is not possible",
        lambda _, name: language.use(name),
        "fr",
        lambda said: re.findall(r"(\w+), (\w+)\.$", said)[0][::-1],
    ),
    (
        "rows of this kind do not go into",
        lambda _, name: door.target(KINDS["votes"], name),
        "budgets/gdp",
        listed("they go into "),
    ),
    (
        "there is no column {unknown}; the table has",
        lambda _, name: list(door.fitted([], tables.described(QUESTION), Target(()), {name: ""})),
        "x",
        listed("the table has "),
    ),
    (
        "is UTF-16 text; save it as",
        rows,
        HAND_IN.decode().encode("utf-16"),
        meaning("save it as CSV UTF-8", HAND_IN),
    ),
    (
        "is not UTF-8 text (line",
        rows,
        HAND_IN + "日本".encode("cp932"),
        meaning("save it as CSV UTF-8", HAND_IN),
    ),
    (
        "is a workbook; save the sheet",
        rows,
        b"PK\x03\x04",
        meaning("save the sheet with the rows as CSV UTF-8", HAND_IN),
    ),
    ("has no row below its header; write", rows, HEADER.encode(), meaning("write one", HAND_IN)),
    (
        "lacks what every row needs",
        rows,
        without(HAND_IN, "evidence"),
        lambda said: [{"evidence": HAND_IN}[re.search(r"needs: (\w+);", said)[1]]],
    ),
    (
        "{number} is called {column}; {mend}",
        rows,
        HAND_IN.replace(b"fiscal_year", b"fiscal_yaer"),
        lambda said: [HAND_IN.replace(b"fiscal_year", re.search(r"mean (\w+)", said)[1].encode())],
    ),
    (
        "stands there twice; remove one.",
        rows,
        HAND_IN.replace(b"evidence,", b"stage,", 1),
        meaning("remove one", HAND_IN),
    ),
    (
        "does not read as CSV ({error}); save it anew",
        rows,
        HAND_IN.replace(b'total"', b"total"),
        meaning("save it anew", HAND_IN),
    ),
    (
        "is no theme; {mend}",
        lambda _, name: new._named(f"{name}/unheard_of"),
        "budget",
        named_by(r"mean (\w+)\?"),
    ),
    (
        "is no name for a question; take",
        lambda _, name: new._named(f"budgets/{name}"),
        "New One",
        lambda said: [re.search(r"as in (\w+)\.", said)[1] + "_again"],
    ),
    (
        "is taken: {shown} is there",
        lambda _, name: new._named(f"budgets/{name}"),
        "comparison",
        meaning("take another name", "comparison_again"),
    ),
    (
        "such as {suited}",
        lambda _, name: new._filling("budgets", "x", name, None),
        "space_systems/elements",
        listed(r"such as "),
    ),
    (
        "it in one line that ends with a question",
        lambda _, title: new._filling("budgets", "x", QUESTION, title),
        "Growth",
        meaning("a question mark", "Growth?"),
    ),
]


@pytest.mark.parametrize("piece, work, wrong, read", CALLS, ids=[row[0] for row in CALLS])
def test_a_call_works_as_the_refusal_says(tmp_path, piece, work, wrong, read):
    with pytest.raises(ValueError) as caught:
        work(tmp_path, wrong)
    sentence = str(caught.value)
    assert template(piece).fullmatch(sentence), sentence
    mended = read(sentence)
    assert mended
    for given in mended:
        work(tmp_path, given)


def one_printed() -> str:
    """A number that the default answer prints."""
    told = records.read(paths.figures() / QUESTION).told
    return next(value["shown"].strip("*") for one in told for value in tools.each_value(one))


def cells_of(content: bytes, change) -> bytes:
    notebook = json.loads(content)
    change(notebook["cells"])
    return json.dumps(notebook).encode()


def tagged(cells: list, tag: str) -> dict:
    return next(cell for cell in cells if tag in cell["metadata"].get("tags", []))


def injected(cells: list) -> None:
    cells.insert(
        2,
        {
            **cells[1],
            "id": "x",
            "cell_type": "code",
            "metadata": {"tags": ["injected-parameters"]},
            "source": ["first_year = 2012"],
            "outputs": [],
            "execution_count": None,
        },
    )


def another(cells: list) -> None:
    cell = tagged(cells, "parameters")
    cell["source"] = "".join(cell["source"]).replace('"JPY"', '"USD"')


def unread(cells: list) -> None:
    tagged(cells, "parameters")["source"] = ["first_year = "]


def told_first(faults: list[str]) -> None:
    if faults:
        raise SpacesecError(faults[0])


BOOK, TABLE, PACKAGE = f"notebooks/{QUESTION}.ipynb", f"data/{QUESTION}.csv", "data/datapackage.json"
STORE = "data/sources.json"
# A piece of the sentence · a file · what is done to it · what then refuses it · words of the advice ·
# how they are followed: the file as it was (None), the command that is named (True), or another change.
FILES = [
    (
        "its SHA-256 differs); restore it, or run",
        TABLE,
        lambda old: old[:-1] + b" Seen again.\n",
        lambda: tables.load(QUESTION),
        "run `spacesec seal` if the change is meant",
        True,
    ),
    (
        "its SHA-256 differs); restore it, or run",
        TABLE,
        lambda old: old.replace(b",1001.0,", b",1002.0,"),
        lambda: tables.load(QUESTION),
        "restore it",
        None,
    ),
    (
        "{shown} cannot be read ({error}); restore it from",
        TABLE,
        lambda old: None,
        lambda: tables.load(QUESTION),
        "restore it",
        None,
    ),
    (
        "is not valid JSON ({error}); restore",
        PACKAGE,
        lambda old: b"{",
        tables.package,
        "restore it from the repository",
        None,
    ),
    (
        "does not describe tables ({error}); restore",
        PACKAGE,
        lambda old: b"{}",
        tables.package,
        "restore it from the repository",
        None,
    ),
    (
        "is not a list of CSL-JSON items with",
        STORE,
        lambda old: b"{}",
        lambda: told_first(sources.problems()),
        "restore it from the repository",
        None,
    ),
    (
        "does not read as a notebook ({error})",
        BOOK,
        lambda old: b"{}",
        lambda: Question(QUESTION).stored(),
        "restore it from the repository",
        None,
    ),
    (
        "notebooks/{name}.ipynb cannot be read",
        BOOK,
        lambda old: None,
        lambda: Question(QUESTION).stored(),
        "restore it",
        None,
    ),
    (
        "holds parameters that papermill wrote",
        BOOK,
        lambda old: cells_of(old, injected),
        lambda: Question(QUESTION).refuse_edited(),
        "delete its cell tagged injected-parameters",
        lambda now: cells_of(now, lambda cells: cells.remove(tagged(cells, "injected-parameters"))),
    ),
    (
        "must have exactly one cell tagged",
        BOOK,
        lambda old: cells_of(old, lambda cells: tagged(cells, "parameters")["metadata"].clear()),
        lambda: Question(QUESTION).refuse_edited(),
        "tag the cell that holds the defaults",
        lambda now: cells_of(
            now,
            lambda cells: next(one for one in cells if "currency = " in "".join(one["source"]))[
                "metadata"
            ].update(tags=["parameters"]),
        ),
    ),
    (
        "has {name} = {own}, and the question's",
        BOOK,
        lambda old: cells_of(old, another),
        lambda: Question(QUESTION).refuse_edited(),
        "default is 'JPY'; put that back",
        lambda now: now.replace(b"USD", b"JPY"),
    ),
    (
        "does not hold the question's defaults",
        BOOK,
        lambda old: cells_of(old, unread),
        lambda: Question(QUESTION).refuse_edited(),
        "restore it from the repository",
        None,
    ),
    (
        "is broken ({error}); run the question",
        f"figures/{QUESTION}/run.json",
        lambda old: b"{",
        lambda: records.read(paths.figures() / QUESTION),
        "run the question again (spacesec run)",
        f"spacesec run {QUESTION}",
    ),
]


@pytest.mark.parametrize(
    "piece, name, spoil, work, words, follow", FILES, ids=[f"{row[0]} {row[4]}" for row in FILES]
)
def test_a_file_is_in_order_again_as_the_refusal_says(
    collection, monkeypatch, piece, name, spoil, work, words, follow
):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)
    for beside in ("README.md", "CITATION.cff"):
        shutil.copy(ROOT / beside, collection.root)
    path = collection.root / name
    old = path.read_bytes()
    work()
    spoiled = spoil(old)
    path.unlink() if spoiled is None else path.write_bytes(spoiled)
    with pytest.raises(SpacesecError) as caught:
        work()
    assert template(piece).fullmatch(str(caught.value)) and words in str(caught.value), str(caught.value)
    if follow is True or isinstance(follow, str):
        line = follow if isinstance(follow, str) else re.search("`(.+?)`", str(caught.value))[1]
        done = collection.spacesec(*shlex.split(line)[1:])
        assert done.returncode == 0, done.stderr
    else:
        path.write_bytes(old if follow is None else follow(path.read_bytes()))
    work()


# Sentences of which the tests above try the kind at every parameter, or of which these are the ends.
TRIED = (
    "{top} takes {wanted}",
    "{top} ({unit}) takes {wanted}",
    "did you mean {near}?",
    "the parameters are {known}",
    "not readable text",
)
# Where sentences stand, or a piece of one · why their advice is not tried here.
SPOILED = "the mend is another file; tests/importing reads the whole one beside every spoiled one"
DISK = "room on a disk, rights and kills: tests/faults makes the fault, ends it and runs again"
GAP = "a guard of tables that change: no choice of parameters leads to it with the present ones"
ROW = "a table that lost a row; restoring a file is tried with others"
WAY = "it names the command that says more, and nothing to change"
CODE = "said to who calls the function; its own tests stand on both sides of the bound"
BUILD = "a page or release of a spoiled collection: tests/test_site.py and test_release.py"
CHOICE = "choosing more or other values, of which the sentence names none: not reproduced yet"
FAULT = "what a row must be mended to is the row's own; tests/data plants such faults, not followed here"
CELL = "a cell told with what to write in its place, not followed here"
UNTRIED = {
    "data/cells": CELL,
    "data/validation": CELL,
    "data/sources": FAULT,
    "data/contradictions": FAULT,
    "data/freshness": FAULT,
    "data/frozen": FAULT,
    "data/grades": FAULT,
    "data/locators": FAULT,
    "data/orders": FAULT,
    "data/owed": FAULT,
    "data/passages": FAULT,
    "data/redundancy": FAULT,
    "data/repeats": FAULT,
    "data/scales": FAULT,
    "data/totals": FAULT,
    "data/vintage": "a day as known: tests/data/test_vintage.py; not followed here",
    "collection/lead": FAULT,
    "collection/verification": "figures edited or stale: tests/test_collection.py, not followed here",
    "collection/reproduction": "a run that differs from itself: no such run is known",
    "collection/audit": "asks the network, which no test does",
    "importing/": SPOILED,
    "astrodynamics/": CODE,
    "methods/": CODE,
    "words/japanese": CODE,
    "policy_evolution/turning_points/changepoints": CODE,
    "data/lines": SPOILED,
    "machine/files": DISK,
    "machine/paths": "another checkout's environment: tests/test_machine.py follows it",
    "collection/addition": DISK,
    "collection/difference": DISK,
    "collection/points": DISK,
    "collection/states": DISK,
    "collection/execution": DISK,
    "collection/sweep.py": "kills, clusters and full disks: tests/test_sweep.py and tests/faults run again",
    "collection/release/": BUILD,
    "collection/site/": BUILD,
    "collection/asked/bounded": "a computation that takes minutes or is killed: tests/test_asked.py",
    "collection/asked/server": "a port in use, an answer beyond bounds: tests/test_asked.py",
    "collection/form": "the prompt of a terminal: tests/test_add.py types at one",
    "run/record.py": DISK,
    "has no {NAME}; run the question first": "a run, tried with a broken record",
    "mend its permissions or run": DISK,
    "is broken ({reason}); run the question": "a run, tried with a broken record",
    "has no stored run; run it first": "a run, tried with a broken record",
    "an input of a run is": ROW,
    "restore it, or add the row": ROW,
    "restore the row": ROW,
    "restore it from the repository": ROW,
    "restore it or mend its permissions": DISK,
    "is no CSL-JSON item": "what is wrong stands in brackets; tests/test_sources.py mends each",
    "`spacesec check` says where": WAY,
    "`spacesec tables` lists": WAY,
    "budgets/": GAP,
    "only three can be drawn": CODE,
    "policy_evolution/claims/report": "as the tool that tells a claim, which is tried",
    "policy_evolution/words": "a reader's own texts in two languages: tests/policy_evolution/test_words.py",
    "policy_evolution/": CHOICE,
    "regional_cooperation/partners": CHOICE,
    "regional_cooperation/positioning/broadcast_day": "a file of orbits: tests/regional_cooperation",
    "regional_cooperation/un_votes": "a file of votes: tests/regional_cooperation",
    "regional_cooperation/taiwan_connectivity/phased": "as the sentence of its model, which is tried",
    "space_systems/": "a file of element sets, a fleet emptied by code, names beyond a line: its own tests",
    "collection/cli.py": "two options against each other, an extra that is not installed: not reproduced yet",
    "collection/watch": "two options against each other: not reproduced yet",
    "collection/door": CHOICE,
    "collection/exports/": "an element set that a form cannot hold: tests/exports",
    "collection/new.py": "a library of another checkout: tests/test_machine.py",
    "collection/handed_in": "a file that is not there, an item of references: tests/test_add.py",
    "collection/sweep_file.py": "aliases, more points than a file may hold: tests/test_sweep.py",
    "argparse": WAY,
}


def test_every_sentence_that_advises_is_tried_or_has_its_reason():
    pieces = [*TRIED, *(row[0] for row in (*VALUES, *CALLS, *FILES))]
    left = {words: where for words, where in advising().items() if not any(one in words for one in pieces)}
    excused = {
        reason: {words for words, where in left.items() if where.startswith(reason) or reason in words}
        for reason in UNTRIED
    }
    assert [reason for reason, found in excused.items() if not found] == []
    assert [words for words in left if not any(words in found for found in excused.values())] == []
