"""The command ``spacesec``. Exit status: 0 all well, 1 something failed or was found, 2 the command's words
are off.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading

from spacesec.errors import ParameterError, SpacesecError, sentence


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="spacesec", description="Japan's space security: run, check and cite the collection."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    commands.add_parser("list", help="the questions, by theme").set_defaults(do=_list)
    describe = commands.add_parser("describe", help="a question's parameters: types, bounds, units, help")
    describe.add_argument("question")
    describe.set_defaults(do=_describe)

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
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="notebooks at a time (as many as processors)",
    )
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
    run.set_defaults(do=_run)

    sweep = commands.add_parser("sweep", help="one question over many parameters, into one table")
    sweep.add_argument("file", metavar="SWEEP.yml", help="question; grid, list or table; fixed; plot")
    sweep.add_argument(
        "--output-dir",
        metavar="DIR",
        required=True,
        help="where the table, the figure and the record go; give it again to resume",
    )
    sweep.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="points at a time (as many as processors)",
    )
    sweep.add_argument(
        "--scheduler", metavar="ADDRESS", help="hand the points to a Dask scheduler, as in tcp://host:8786"
    )
    sweep.add_argument(
        "--notebooks",
        action="store_true",
        help="also run the notebook of every point, each into a folder of its own",
    )
    sweep.set_defaults(do=_sweep)

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
    site.set_defaults(do=_site)

    commands.add_parser("check", help="check tables, sources and conflicts").set_defaults(do=_check)
    commands.add_parser(
        "seal", help="accept changed tables: check them, record their hashes, renew the codebook"
    ).set_defaults(do=_seal)
    verify = commands.add_parser(
        "verify", help="do the files under figures/ follow from what the collection holds?"
    )
    verify.add_argument(
        "--rerun", action="store_true", help="run everything again, apart, and compare every byte"
    )
    verify.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="notebooks at a time with --rerun"
    )
    verify.add_argument(
        "--kernel",
        choices=("warm", "ordinary"),
        default="ordinary",
        help="kernels for --rerun; the ordinary ones, which are the reference, when not given",
    )
    verify.set_defaults(do=_verify)
    commands.add_parser(
        "audit", help="are vulnerabilities of the locked packages known? (asks the network)"
    ).set_defaults(do=_audit)
    commands.add_parser(
        "readme", help="renew the generated parts of README.md and data/README.md"
    ).set_defaults(do=_readme)
    commands.add_parser("tables", help="the tables with their titles").set_defaults(do=_tables)

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

    given = parser.parse_args(arguments)
    stopped_by: list[int] = []
    try:
        with _stoppable(stopped_by, last=arguments is None):
            return given.do(given)
    except ParameterError as error:
        print(f"spacesec: {error}", file=sys.stderr)
        return 2
    except SpacesecError as error:
        print(f"spacesec: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("spacesec: stopped; what had finished is in place, all else is as it was", file=sys.stderr)
        return 128 + (stopped_by or [signal.SIGINT])[0]


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
    for theme, words in THEMES.items():
        print(words)
        for question in (q for q in questions if q.theme == theme):
            print(f"  {question.name:44} {question.title}")
    return 0


def _describe(given) -> int:
    from spacesec.collection.questions import named

    question = named([given.question])[0]
    print(f"{question.name}: {question.title}\n")
    for entry in question.module.Parameters.describe():
        allowed = ", ".join(filter(None, (entry["type"], entry["allowed"])))
        unit = f" [{entry['unit']}]" if entry["unit"] else ""
        print(f"  {entry['name']}{unit} = {entry['default']!r}\n      {entry['help']}\n      takes {allowed}")
    print("  output_dir = None\n      folder to write to; None: the question's own folder under figures/")
    return 0


def _run(given) -> int:
    from spacesec.collection import execution
    from spacesec.collection.questions import named
    from spacesec.parameters import as_given

    questions = named(given.questions)
    parameters = {name: as_given(value) for name, value in given.parameters}
    if given.watch:
        from spacesec.collection import watch

        return watch.follow(questions, parameters, given.output_dir, given.jobs, kernel=given.kernel)
    outcomes = execution.run(
        questions, parameters, given.output_dir, given.jobs, given.force, execution.show, given.kernel
    )
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        print(
            f"spacesec: {len(failed)} of {len(outcomes)} failed; the outputs of the others are in place,"
            " those of the failed are as before",
            file=sys.stderr,
        )
    return 1 if failed else 0


def _sweep(given) -> int:
    from pathlib import Path

    from spacesec.collection import sweep

    planned = sweep.read(Path(given.file))
    folder = Path(given.output_dir)
    faults = sweep.run(planned, folder, given.jobs, given.scheduler, sweep.show)
    if given.notebooks:
        faults += sweep.run_notebooks(planned, folder, given.jobs, report=sweep.show)
    return _report(faults, f"{len(planned.points)} points in {folder / 'results.csv'}")


def _lab(given) -> int:
    from spacesec.collection import lab

    return lab.start(given.options)


def _site(given) -> int:
    from spacesec.collection.site import build
    from spacesec.machine import paths

    folder = given.output_dir or paths.root() / "build" / "site"
    print(f"spacesec: {build.build(folder):,} pages; open {folder}/index.html")
    return 0


def _check(given) -> int:
    from spacesec.data import tables, validation
    from spacesec.policy_evolution import claims

    faults = validation.check()
    if not faults and "policy_evolution/claims" in tables.names():
        faults = claims.model.problems()
    return _report(faults, "the tables, sources, conflicts and claims are in order")


def _seal(given) -> int:
    from spacesec.collection import readme
    from spacesec.data import validation

    faults = validation.seal()
    if not faults:  # else what the codebook and the README say cannot be computed
        readme.renew()
    return _report(faults, "the tables are sealed")


def _verify(given) -> int:
    from spacesec.collection import verification
    from spacesec.collection.questions import all_questions

    told = [verification.sentences(question) for question in all_questions()]
    faults = verification.problems()
    fine = (
        f"every figure follows from its record and inputs; {sum(one.sentences for one in told):,} sentences with"
        f" {sum(one.values for one in told):,} values were evaluated again from the files"
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


def _tables(given) -> int:
    from spacesec.data import tables

    for name in tables.names():
        print(f"{name:44} {tables.describe(name)['title']}")
    return 0


def _who(given) -> int:
    from spacesec.data import sources

    print(sources.who_says(given.row_id))
    return 0


def _cite(given) -> int:
    from spacesec.collection.questions import all_questions
    from spacesec.data import sources
    from spacesec.run import record

    questions = {question.name: question for question in all_questions()}
    identifiers: list[str] = []
    for name in given.names:
        figures = record.read(questions[name].folder)["figures"] if name in questions else None
        identifiers += (
            [name]
            if figures is None
            else [identifier for figure in figures for identifier in figure["sources"]]
        )
    print(
        sources.bibtex(identifiers)
        if given.bibtex
        else "\n".join(sorted({sources.cite(identifier) for identifier in identifiers}))
    )
    return 0


def _claims(given) -> int:
    from spacesec.policy_evolution import claims

    print(claims.report.claim_text(given.claim_id) if given.claim_id else claims.report.board_text())
    return 0


def _report(faults: list[str], fine: str) -> int:
    for fault in faults:
        print(f"spacesec: {sentence(fault)}", file=sys.stderr)
    if not faults:
        print(f"spacesec: {fine}")
    return 1 if faults else 0
