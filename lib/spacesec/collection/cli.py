"""The command ``spacesec``. Exit status: 0 all well, 1 something failed or was found, 2 the command's words
are off.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading

from spacesec.collection import usage
from spacesec.errors import ParameterError, SpacesecError, sentence
from spacesec.words import language
from spacesec.words.language import said

# Package -> the extra of pyproject.toml that brings it, for commands that not every environment can do.
EXTRAS = {
    "defusedxml": "import",
    "duckdb": "release",
    "fpdf": "slides",
    "jinja2": "site",
    "latex2mathml": "site",
    "mcp": "mcp",
    "mistune": "site",
    "pptx": "slides",
    "pypdf": "import",
    "xlsxwriter": "site",
}

# What changes the collection, or takes figures and packages that an installed copy has not.
OF_CHECKOUTS = set("add audit lab messages new readme release seal site slides verify".split())
SPEAKING = {"list", "describe", "run", "slides", "lab"}  # --language is of all words there, or none is taken
SHIELD = "\N{ZERO WIDTH SPACE}"  # before a value such as -1.26e2, which argparse would take for an option


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):  # what a terminal or a file has no sign for is written out
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:] if arguments is None else arguments
    with usage.told_in(words):
        return _done(words, last=arguments is None)


def _done(words: list[str], last: bool) -> int:
    with language.speaking(usage.reader()):
        given = parser().parse_args(_shielded(words))
    stopped_by: list[int] = []
    try:
        _refuse_held(given)
        with _stoppable(stopped_by, last):
            return given.do(given)
    except SpacesecError as error:
        usage.tell(str(error), sys.stderr)
        return 2 if isinstance(error, ParameterError) else 1
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package not in EXTRAS:
            raise
        usage.tell(
            f"this needs {package}, which is not installed; install it with pip install"
            f" 'spacesec[{EXTRAS[package]}]'",
            sys.stderr,
        )
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        usage.tell("stopped; what had finished is in place, all else is as it was", sys.stderr)
        return 128 + (stopped_by or [signal.SIGINT])[0]


def parser() -> usage.Parser:
    """The command with all of its commands and options."""
    made = usage.Parser(
        prog="spacesec", description="Japan's space security: run, check and cite the collection."
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (
        _asking,
        _running,
        _sweeping,
        _showing,
        _keeping,
        _growing,
        _leaving,
        _comparing,
        _verifying,
        _citing,
    ):
        add(commands)
    for name, command in commands.choices.items():
        if name not in SPEAKING:
            _language(command, help="of the lines printed; the reader's own settings when not given")
    return made


def _shielded(words: list[str]) -> list[str]:
    """The command's words, where what follows ``-p NAME`` is a value, whatever it begins with."""
    values = {place + 2 for place, word in enumerate(words) if word == "-p" and words[0] == "run"}
    return [SHIELD + word if place in values else word for place, word in enumerate(words)]


def _asking(commands) -> None:
    questions = commands.add_parser("list", help="the questions, by theme")
    _language(questions, help="of all words; the reader's own settings when not given")
    questions.set_defaults(do=_list)
    describe = commands.add_parser("describe", help="a question's parameters: types, bounds, units, help")
    describe.add_argument("question")
    _language(describe, help="of all words; the reader's own settings when not given")
    describe.set_defaults(do=_describe)


def _running(commands) -> None:
    run = commands.add_parser("run", help="run questions (all when none is named)")
    run.add_argument(
        "questions", nargs="*", metavar="QUESTION", help="a name such as budgets/government_space"
    )
    run.add_argument(
        "-p",
        dest="parameters",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter's value; may be given again",
    )
    run.add_argument("--output-dir", metavar="DIR", help="write there and leave figures/ alone")
    run.add_argument(
        "--as-known-on",
        metavar="DAY",
        help="count only rows whose sources had appeared by that day; needs --output-dir",
    )
    _jobs(run, help="notebooks at a time (as many as processors)")
    run.add_argument("--force", action="store_true", help="run again what has not changed, too")
    run.add_argument(
        "--kernel",
        choices=("warm", "ordinary"),
        default="warm",
        help=(
            "kernels forked from a warm process where that is possible, or the ordinary ones, which are the"
            " reference"
        ),
    )
    run.add_argument("--watch", action="store_true", help="stay, and rerun what an edit touches")
    _language(
        run,
        help=(
            "of all words; English when not given; another goes to build/LANGUAGE where no folder is given"
        ),
    )
    run.set_defaults(do=_run)


def _sweeping(commands) -> None:
    sweep = commands.add_parser("sweep", help="one question over many parameters, into one table")
    sweep.add_argument("file", metavar="SWEEP.yml", help="question; grid, list or table; fixed; plot")
    sweep.add_argument(
        "--output-dir",
        metavar="DIR",
        required=True,
        help="where the table, the figure and the record go; give it again to resume",
    )
    _jobs(sweep, help="points at a time (as many as processors)")
    sweep.add_argument(
        "--scheduler", metavar="ADDRESS", help="hand the points to a Dask scheduler, as in tcp://HOST:PORT"
    )
    sweep.add_argument(
        "--notebooks",
        action="store_true",
        help="also run the notebook of every point, each into a folder of its own",
    )
    sweep.set_defaults(do=_sweep)


def _showing(commands) -> None:
    # A prefix that nobody types: all that follows the word is JupyterLab's.
    lab = commands.add_parser(
        "lab",
        prefix_chars="\0",
        add_help=False,
        help="JupyterLab on the collection, at a start page of its questions; takes JupyterLab's options",
    )
    lab.add_argument("options", nargs="*")
    lab.set_defaults(do=_lab)

    site = commands.add_parser("site", help="build the website of answers, claims, tables and sources")
    site.add_argument("--output-dir", metavar="DIR", help="where to build it; build/site when not given")
    site.add_argument("--address", metavar="URL", default="", help="where it will stand")
    site.add_argument(
        "--turned",
        nargs="*",
        metavar="QUESTION",
        help="questions whose parameters can be changed on their pages; all light ones when not given",
    )
    site.set_defaults(do=_site)
    release = commands.add_parser(
        "release", help="the tables as a data package, one database, Parquet and references"
    )
    release.add_argument("--output-dir", metavar="DIR", help="where; build/release when not given")
    release.set_defaults(do=_release)
    slides = commands.add_parser("slides", help="a question as slides (PPTX) and as a handout (PDF)")
    slides.add_argument("question")
    slides.add_argument("--output-dir", metavar="DIR", help="where; build/slides when not given")
    _language(slides, help="of all words; English when not given")
    slides.set_defaults(do=_slides)
    mcp = commands.add_parser(
        "mcp", help="serve the collection to programs that answer people (Model Context Protocol), read-only"
    )
    mcp.add_argument(
        "--port", type=int, help="over HTTP on this machine alone; standard input and output when not given"
    )
    mcp.set_defaults(do=_mcp)


def _growing(commands) -> None:
    new = commands.add_parser(
        "new", help="begin a question: its folder, notebook and test, on a table that is there, run at once"
    )
    new.add_argument("name", metavar="THEME/QUESTION", help="a name such as budgets/largest_year")
    new.add_argument(
        "--table",
        default="budgets/government_space",
        metavar="TABLE",
        help="a table with amounts by year to begin with; budgets/government_space when not given",
    )
    new.add_argument("--question", metavar="TEXT?", help="the question in words, ending in a question mark")
    new.set_defaults(do=_new)
    add = commands.add_parser(
        "add", help="add rows to a table, with their sources, checked and sealed; all of it or nothing"
    )
    add.add_argument("table", metavar="TABLE", help="a name such as budgets/government_space")
    add.add_argument(
        "--from", dest="file", metavar="FILE.csv", help="the rows; a form at the prompt when not given"
    )
    add.add_argument(
        "--source",
        dest="sources",
        action="append",
        default=[],
        metavar="FILE.json",
        help="a new source as CSL-JSON; may be given again",
    )
    add.set_defaults(do=_add)
    bring = commands.add_parser(
        "import", help="read public files as their publishers write them; add what is new where told to"
    )
    bring.add_argument("kind", metavar="KIND", help="what they hold, as in orbits")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--into", metavar="TABLE", help="add the new rows to it; nothing is written without")
    bring.add_argument("--check", action="store_true", help="only tell what is read and how it stands")
    pair = {"nargs": 2, "action": "append", "default": [], "metavar": ("NAME", "VALUE")}
    bring.add_argument(
        "--cell", help="a column's value for every row, {name} for the file's own cell", **pair
    )
    bring.add_argument("--only", help="take the rows with this cell in the file alone", **pair)
    bring.add_argument(
        "--key", action="append", default=[], metavar="COLUMN", help="a column that tells the table's rows"
    )
    bring.add_argument("--option", help="an option of the kind", **pair)
    bring.add_argument(
        "--source", dest="sources", action="append", default=[], metavar="FILE.json", help="as for add"
    )
    bring.set_defaults(do=_import)


def _leaving(commands) -> None:
    export = commands.add_parser(
        "export", help="write orbits, references or results in the field's own formats"
    )
    export.add_argument("what", choices=("orbits", "references", "results"))
    export.add_argument(
        "form",
        metavar="FORM",
        help=(
            "csv, json, xml, kvn (OMM), tle; over time: oem, stk, czml, kml, geojson; of references: ris,"
            " biblatex, csl-json; of results: xlsx"
        ),
    )
    export.add_argument(
        "--file",
        metavar="FILE",
        help="a file of your own, the table's when not given; of results the folder of a run or a sweep",
    )
    export.add_argument(
        "--only",
        nargs=2,
        action="append",
        default=[],
        metavar=("COLUMN", "VALUE"),
        help="sets with this value alone; may be given again",
    )
    export.add_argument("--start", metavar="TIME", help="first time, UTC without a zone; the newest epoch")
    export.add_argument("--hours", type=float, default=24.0, metavar="N")
    export.add_argument("--step", type=float, default=60.0, metavar="SECONDS")
    export.add_argument("--time-system", default="UTC", metavar="SCALE", help="of OEM: UTC, TAI, GPS, TT")
    export.add_argument("--output", metavar="FILE", help="standard output when not given")
    export.set_defaults(do=_export)


def _comparing(commands) -> None:
    diff = commands.add_parser(
        "diff", help="what edited tables change, sealed or not: verdicts, results, sentences, figures"
    )
    diff.add_argument(
        "against",
        nargs="?",
        default="HEAD",
        metavar="REF|FOLDER",
        help="the tables to set them beside: a commit's, or those of a folder; HEAD when not given",
    )
    form = diff.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="all of it as JSON")
    form.add_argument("--changelog", action="store_true", help="lines of Markdown for a changelog")
    _jobs(diff, help="questions at a time (as many as processors)")
    diff.set_defaults(do=_diff)


def _keeping(commands) -> None:
    commands.add_parser(
        "check", help="check tables, sources and conflicts, and hold tables against each other"
    ).set_defaults(do=_check)
    commands.add_parser(
        "fresh", help="tables that are due for a look, with the address, and the named gaps"
    ).set_defaults(do=_fresh)
    commands.add_parser(
        "seal", help="accept changed tables: check them, record their hashes, renew the codebook"
    ).set_defaults(do=_seal)
    commands.add_parser(
        "audit", help="are vulnerabilities of the locked packages known? (asks the network)"
    ).set_defaults(do=_audit)
    commands.add_parser(
        "readme", help="renew the generated parts of README.md and data/README.md"
    ).set_defaults(do=_readme)
    messages = commands.add_parser(
        "messages", help="gather what readers are told into the catalogs of translators"
    )
    messages.add_argument("questions", nargs="*", metavar="QUESTION", help="only what these tell")
    messages.set_defaults(do=_messages)
    commands.add_parser("tables", help="the tables with their titles").set_defaults(do=_tables)


def _verifying(commands) -> None:
    verify = commands.add_parser(
        "verify", help="do the files under figures/ follow from what the collection holds?"
    )
    verify.add_argument(
        "--rerun", action="store_true", help="run everything again, apart, and compare every byte"
    )
    _jobs(verify, help="notebooks at a time with --rerun")
    verify.add_argument(
        "--kernel",
        choices=("warm", "ordinary"),
        default="ordinary",
        help="kernels for --rerun; the ordinary ones, which are the reference, when not given",
    )
    verify.set_defaults(do=_verify)


def _citing(commands) -> None:
    who = commands.add_parser("who", help="who says this: from a row to its source and locator")
    who.add_argument("row_id")
    who.set_defaults(do=_who)
    cite = commands.add_parser("cite", help="references of sources, of a row or of a question's figures")
    cite.add_argument(
        "names",
        nargs="+",
        metavar="SOURCE|QUESTION",
        help="a source's id, or a question's name for all its sources",
    )
    cite.add_argument("--bibtex", action="store_true", help="as BibTeX instead of Chicago style")
    cite.set_defaults(do=_cite)
    claims = commands.add_parser(
        "claims", help="the claim board, or one claim with its verdict, basis, rows and sources"
    )
    claims.add_argument("claim_id", nargs="?")
    claims.set_defaults(do=_claims)
    commands.add_parser(
        "forecasts", help="the frozen forecasts by the day on which they fall due, with base rates and scores"
    ).set_defaults(do=_forecasts)


def _jobs(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help=help)


def _language(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--language", choices=language.LANGUAGES, help=help)


def _refuse_held(given: argparse.Namespace) -> None:
    """Raises RunError at once for what cannot be done with the copy that came with the package."""
    from spacesec.machine import paths

    default = given.command == "run" and not given.output_dir
    if given.command in OF_CHECKOUTS or default or getattr(given, "into", None):
        paths.refuse_held(paths.root())


@contextlib.contextmanager
def _stoppable(stopped_by: list[int], last: bool):
    """SIGTERM and SIGINT end the command alike, once: it cleans up behind itself, and whoever cannot wait for
    that sends the signal again.

    Where the command is the ``last`` that the process does, a signal after it stops nothing any more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number, frame):
        stopped_by.append(number)
        for each in numbers:
            signal.signal(each, signal.SIG_DFL)
        raise KeyboardInterrupt

    numbers = [
        number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN
    ]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        if not stopped_by:
            for number, handler in before.items():
                signal.signal(number, signal.SIG_IGN if last else handler)


def _list(given) -> int:
    from spacesec.collection.questions import THEMES, all_questions

    questions = all_questions()
    with usage.telling():
        for theme, words in THEMES.items():
            print(language.said(words))
            for question in (q for q in questions if q.theme == theme):
                print(f"  {question.name:44} {language.text(question.title, question.name)}")
    _tell_where()
    return 0


def _tell_where() -> None:
    """Which collection it is, where that is not the checkout in which the package lies."""
    from importlib.metadata import version

    from spacesec.data import tables
    from spacesec.machine import paths

    if paths.root() == paths.HELD:
        usage.tell(
            "of the collection that came with the installed package, version"
            f" {version('spacesec')}, data as of {tables.package()['as_of']}"
        )
    elif paths.root() != paths.HERE:
        usage.tell(f"of the collection in {paths.root()}")


def _describe(given) -> int:
    from spacesec.collection.questions import named

    question = named([given.question])[0]

    def text(english: str, context: str = "") -> str:
        return language.text(english, question.name, context)

    with usage.telling():
        print(f"{question.name}: {text(question.title)}\n")
        for entry in question.module.Parameters.describe():
            allowed = said(", ").join(filter(None, (text(entry["type"]), text(entry["allowed"]))))
            unit = f" [{text(entry['unit'], language.UNIT)}]" if entry["unit"] else ""
            takes = said("takes {allowed}", allowed=allowed)
            print(
                f"  {entry['name']}{unit} = {entry['default']!r}\n      {text(entry['help'])}\n      {takes}"
            )
        print("  output_dir = None")
        print("     ", said("folder to write to; None: the question's own folder under figures/"))
    return 0


def _run(given) -> int:
    from spacesec.collection import execution
    from spacesec.collection.questions import named
    from spacesec.data import vintage
    from spacesec.parameters import as_given

    questions = named(given.questions)
    parameters = {}
    for name, value in given.parameters:
        models = (question.module.Parameters for question in questions)
        typed = next(
            (model.typed for model in models if name in model.model_fields), lambda _, text: as_given(text)
        )
        parameters[name] = typed(name, value.removeprefix(SHIELD))
    if given.watch:
        from spacesec.collection import watch

        if given.language not in (None, "en"):
            raise ParameterError("--watch follows the default runs, which are English; leave --language out.")
        return watch.follow(questions, parameters, given.output_dir, given.jobs, kernel=given.kernel)
    with vintage.known_on(given.as_known_on):
        outcomes = execution.run(
            questions,
            parameters,
            given.output_dir,
            given.jobs,
            given.force,
            execution.show,
            given.kernel,
            given.language or "en",
        )
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        usage.tell(
            f"{len(failed)} of {len(outcomes)} failed; the outputs of the others are in place, those of the"
            " failed are as before",
            sys.stderr,
        )
    return 1 if failed else 0


def _sweep(given) -> int:
    from pathlib import Path

    from spacesec.collection import sweep, sweep_file

    planned = sweep_file.read(Path(given.file))
    folder = Path(given.output_dir)
    faults = sweep.run(planned, folder, given.jobs, given.scheduler, sweep.show)
    if given.notebooks:
        faults += sweep.run_notebooks(planned, folder, given.jobs, report=sweep.show)
    return _report(faults, f"{len(planned.points)} points in {folder / 'results.csv'}")


def _lab(given) -> int:
    from spacesec.collection import lab

    return lab.start(given.options)


def _site(given) -> int:
    from spacesec.collection import knobs
    from spacesec.collection.site import build
    from spacesec.machine import paths

    folder = given.output_dir or paths.root() / "build" / "site"
    turned = knobs.light() if given.turned is None else given.turned
    usage.tell(f"{build.build(folder, given.address, turned):,} pages; open {folder}/index.html")
    return 0


def _release(given) -> int:
    from spacesec.collection.release import build
    from spacesec.machine import paths

    folder = given.output_dir or paths.root() / "build" / "release"
    usage.tell(f"{build.build(folder):,} files in {folder}")
    return 0


def _slides(given) -> int:
    from pathlib import Path

    from spacesec.collection.slides import build
    from spacesec.machine import paths

    folder = Path(given.output_dir or paths.root() / "build" / "slides")
    for path in build.build(given.question, folder, given.language or "en"):
        print(path)
    return 0


def _mcp(given) -> int:
    from spacesec.collection.asked import server

    server.serve(given.port)
    return 0


def _check(given) -> int:
    from spacesec.collection import verification

    return _report(verification.tables_problems(), "the tables, sources, conflicts and claims are in order")


def _fresh(given) -> int:
    from datetime import date

    from spacesec.data import extent, freshness

    due = freshness.overdue(date.today())
    for one in due:
        looked = f"looked at on {one.looked_on}, due since {one.due} ({one.moves}): {one.address}"
        if one.newest:
            looked = f"newest row {one.newest}; {looked}"
        usage.tell(looked, mark=f"{one.table}: ")
    usage.tell(f"{len(due)} tables are due for a look")
    for row in extent.rows("gaps"):
        with usage.telling():
            what, looked = (language.known(row[name], language.NOTES) for name in ("what", "looked_at"))
        day = row["searched_on"]
        usage.tell(f"{what}; searched on {day}: {looked}", mark=f"{row['row_id']} ({row['table']}): ")
    return 0


def _seal(given) -> int:
    from spacesec.collection import readme
    from spacesec.data import validation

    faults = validation.seal()
    if not faults:  # else what the codebook and the README say cannot be computed
        readme.renew()
    return _report(faults, "the tables are sealed")


def _new(given) -> int:
    from spacesec.collection import new
    from spacesec.machine import paths

    made = new.new(given.name, given.table, given.question)
    for path, lines in made.items():
        usage.tell(f"{lines:5} lines  {path.relative_to(paths.root()).as_posix()}", mark="")
    usage.tell(
        f"{given.name} has run ({sum(made.values())} lines and its notebook); ask it your own"
        f" question, then `spacesec run {given.name}` and `make test`"
    )
    return 0


def _add(given) -> int:
    from pathlib import Path

    from spacesec.collection import addition, form, handed_in
    from spacesec.data import tables

    fields = tables.described(given.table)["schema"]["fields"]
    new = [item for name in given.sources for item in handed_in.sources(Path(name))]
    faults: list[str] = []
    if given.file:
        rows, faults = handed_in.rows(Path(given.file), fields)
    else:
        rows, made = form.filled_in(given.table, new)
        new += made
    if not faults:
        try:
            return _report([], addition.told(given.table, addition.add(given.table, rows, new)))
        except addition.Refused as refused:
            faults = refused.faults
    return _report([*faults, "nothing was written"], "")


def _import(given) -> int:
    from pathlib import Path

    from spacesec.collection import addition, door, handed_in
    from spacesec.importing import kinds

    kind = kinds.kind(given.kind)
    new = [item for name in given.sources for item in handed_in.sources(Path(name))]
    words, faults = [], []
    named = [Path(name) for name in given.files]
    try:
        with language.speaking(usage.reader()):
            pairs = map(dict, (given.cell, given.option, given.only))
            asked = door.Asked(given.into, *pairs, tuple(given.key), given.check)
            words = door.come_in(kind, named, asked, new)
    except addition.Refused as refused:
        faults = [*refused.faults, "nothing was written"]
    for line in words:
        usage.tell(line, sys.stderr)
    return _report(faults, "") if faults else 0


def _export(given) -> int:
    from pathlib import Path

    from spacesec.collection.exports import ephemerides, orbits
    from spacesec.machine import files

    if given.what == "results":
        return _export_results(given)
    if given.what == "references":
        from spacesec.collection.exports import references

        text = references.written(given.form, given.file, given.only)
        files.write_text(Path(given.output), text) if given.output else print(text, end="")
        return 0
    rows = orbits.sets(given.file, given.only)
    if given.hours < 0 or given.step <= 0 or given.hours * 3600 / given.step > 100_000:
        raise ParameterError("--hours and --step make no times, or more than 100,000; choose others.")
    start = ephemerides.utc(given.start) if given.start else orbits.default_span(rows).start
    span = ephemerides.Span(start, given.hours, given.step)
    with language.speaking(usage.reader()):
        text, told = orbits.written(given.form, rows, span, given.time_system)
    if given.output:
        files.write_text(Path(given.output), text)
    else:
        print(text, end="")
    for line in told:
        usage.tell(line, sys.stderr)
    return 0


def _export_results(given) -> int:
    from pathlib import Path

    from spacesec.collection.exports import workbooks
    from spacesec.machine import files

    if given.form != "xlsx":
        raise ParameterError(f"results have no format {given.form!r}; write xlsx.")
    if not (given.file and given.output):
        raise ParameterError("a workbook takes --file FOLDER and --output FILE.xlsx; give both.")
    files.write_bytes(Path(given.output), workbooks.of_folder(Path(given.file)))
    return 0


def _diff(given) -> int:
    import json

    from spacesec.collection import difference, difference_report

    found = difference.difference(given.against, given.jobs, lambda name: print(name, file=sys.stderr))
    if given.json:
        print(json.dumps(difference_report.plain(found), ensure_ascii=False, indent=1))
    else:
        with usage.telling() if not given.changelog else contextlib.nullcontext():
            print((difference_report.changelog if given.changelog else difference_report.text)(found))
    return 1 if found.failed else 0


def _verify(given) -> int:
    from spacesec.collection import verification
    from spacesec.collection.questions import all_questions

    told = [verification.sentences(question) for question in all_questions()]
    faults = verification.problems()
    fine = (
        f"every figure follows from its record and inputs; {sum(one.sentences for one in told):,} sentences"
        f" with {sum(one.values for one in told):,} values were evaluated again from the files"
    )
    if given.rerun and not faults:
        from spacesec.collection import execution, reproduction

        faults = reproduction.problems(all_questions(), given.jobs, given.kernel, execution.show)
        fine = (
            f"run again with {given.kernel} kernels, {given.jobs} at a time, every question gives the bytes"
            " that are stored"
        )
    return _report(faults, fine)


def _audit(given) -> int:
    from spacesec.collection import audit

    faults, extent = audit.vulnerabilities()
    return _report(faults, extent)


def _readme(given) -> int:
    from spacesec.collection import readme

    readme.renew()
    return 0


def _messages(given) -> int:
    from spacesec.collection import messages
    from spacesec.collection.questions import named

    for into in language.LANGUAGES:
        if into != language.ENGLISH:
            counts = messages.renew(named(given.questions), into)
            for domain, (every, translated) in counts.items():
                usage.tell(f"{translated} of {every} messages translated", mark=f"{into}/{domain}: ")
    return 0


def _tables(given) -> int:
    from spacesec.data import tables

    with usage.telling():
        for name in tables.names():
            print(f"{name:44} {language.text(tables.describe(name)['title'], language.TABLES)}")
    return 0


def _who(given) -> int:
    from spacesec.data import sources

    one = sources.who_says(given.row_id)
    with usage.telling():
        print(
            said(
                "{row} ({table}, {evidence}): {locator}. {reference}",
                row=one.row_id,
                table=one.table,
                evidence=language.known(one.evidence, language.CELLS),
                locator=language.place(one.locator),
                reference=sources.cite(one.source_id),
            )
        )
    return 0


def _cite(given) -> int:
    from spacesec.collection.questions import all_questions
    from spacesec.data import sources
    from spacesec.run import records

    questions = {question.name: question for question in all_questions()}
    identifiers: list[str] = []
    for name in given.names:
        figures = records.read(questions[name].folder).figures if name in questions else None
        identifiers += (
            [name] if figures is None else [identifier for figure in figures for identifier in figure.sources]
        )
    print(
        sources.bibtex(identifiers)
        if given.bibtex
        else "\n".join(sorted({sources.cite(identifier) for identifier in identifiers}))
    )
    return 0


def _claims(given) -> int:
    from spacesec.policy_evolution import claims

    with usage.telling():
        print(claims.report.claim_text(given.claim_id) if given.claim_id else claims.report.board_text())
    return 0


def _forecasts(_) -> int:
    from spacesec.policy_evolution.forecasts import report

    with usage.telling():
        print(report.text())
    return 0


def _report(faults: list[str], fine: str) -> int:
    for fault in faults:
        usage.tell(sentence(fault), sys.stderr)
    if not faults:
        usage.tell(fine)
    return 1 if faults else 0
