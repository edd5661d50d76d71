"""The parts of README.md and the codebook data/README.md that are made from the collection itself, in each
language.
"""

import re
from pathlib import Path

from spacesec import answers
from spacesec.collection import lead
from spacesec.collection.questions import THEMES, all_questions
from spacesec.data import extent, freshness, grades, passages, sources, tables
from spacesec.errors import DataError
from spacesec.machine import files, paths
from spacesec.policy_evolution.turning_points import agreement
from spacesec.run import records
from spacesec.words import language
from spacesec.words.language import ENGLISH, LANGUAGES, TABLES, in_force, noted, said, speaking

FILE = "README.md"
TYPES = {
    "string": noted("string"),
    "number": noted("number"),
    "integer": noted("integer"),
    "date": noted("date"),
    "boolean": noted("boolean"),
}
MOVES = {
    "once": noted("once"),
    "weekly": noted("weekly"),
    "monthly": noted("monthly"),
    "quarterly": noted("quarterly"),
    "yearly": noted("yearly"),
}
READ_TWICE = "policy_evolution/claim_reasons"
JAPANESE_SENTENCE = re.compile(r"(?:[^（「。]|（[^）]*）|「[^」]*」)+。(?:\*\*)?")


def renew() -> None:
    """Write the generated parts anew, also of the README in another language; text outside the markers
    stays.
    """
    path = paths.root() / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"README.md cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8 text'}); restore it"
            " from the repository"
        ) from None
    with speaking(ENGLISH):
        files.write_text(path, filled(text))
    for into in LANGUAGES:
        other = path.with_suffix(f".{into}.md")
        if other.is_file():
            with speaking(into):
                files.write_text(other, filled(other.read_text(encoding="utf-8")))
    for into in LANGUAGES:
        with speaking(into):
            files.write_text(codebook_path(into), codebook())


def codebook_path(into: str) -> Path:
    """data/README.md, and its like in another language."""
    return paths.data() / ("README.md" if into == ENGLISH else f"README.{into}.md")


def filled(text: str) -> str:
    """The README with every generated part replaced: ``<!-- name:begin -->`` to ``<!-- name:end -->``."""
    for name, make in (("themes", themes), ("parameters", parameters)):
        text = re.sub(
            rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)",
            lambda found, make=make: found[1] + make() + found[2],
            text,
            flags=re.DOTALL,
        )
    return text


def themes() -> str:
    """The questions by theme, in English each with the first sentence of its answer."""
    lines = []
    questions = all_questions()
    for theme, words in THEMES.items():
        own = [question for question in questions if question.theme == theme]
        if not own:
            continue
        if in_force() != ENGLISH:
            lines += [f"**{said(words)}**", ""]
            lines += [f"- [{language.text(q.title, q.name)}](notebooks/{q.name}.ipynb)" for q in own]
            lines.append("")
            continue
        lines += [f"**{words}**", "", "| question | answer of the default run |", "| --- | --- |"]
        lines += [
            f"| [{question.title}](notebooks/{question.name}.ipynb) |"
            f" {' '.join(filter(None, (first_sentence(question), lead.provisional(question))))} |"
            for question in own
        ]
        lines.append("")
    return "\n".join(lines)


def parameters() -> str:
    """The parameters of the model question, as an example of what `spacesec describe` prints."""
    question = next(question for question in all_questions() if question.name == "budgets/government_space")
    rows = ["| parameter | default | takes | meaning |", "| --- | --- | --- | --- |"]
    for entry in question.module.Parameters.describe():
        allowed = ", ".join(filter(None, (entry["type"], entry["allowed"])))
        default = entry["default"]
        shown = default if isinstance(default, int) else answers.shown(default)
        rows.append(f"| `{entry['name']}` | {shown} | {allowed} | {entry['help']} |")
    return "\n".join(rows) + "\n"


def codebook() -> str:
    """data/README.md in the language in force: every table with its fields, units, allowed values and
    licence.
    """
    package = tables.package()
    lines = [
        said("# Codebook"),
        "",
        said("Made from `datapackage.json` by `spacesec seal`; do not edit by hand."),
        "",
        own(package["description"]),
        "",
        said(
            "Data as of {day}. Sources stand in `sources.json` (CSL-JSON); `conflicts.csv` holds the"
            " disagreements between them.",
            day=language.known(package["as_of"]),
        ),
        "",
        said("| table | rows | what it holds | newest row | last looked at | the world moves it |"),
        "| --- | --- | --- | --- | --- | --- |",
    ]
    resources = [resource for resource in package["resources"] if "schema" in resource]
    for resource in resources:
        rows = len(tables.raw_rows(paths.data() / resource["path"]))
        lines.append(
            f"| [{resource['name']}](#{re.sub('[^a-z0-9_-]', '', resource['name'])}) | {rows} |"
            f" {own(resource['title'])} | {_fresh(resource['name'])} |"
        )
    lines += _sources()
    for resource in resources:
        lines += [
            "",
            f"## {resource['name']}",
            "",
            own(resource["description"]),
            "",
            said("| field | type | unit | meaning |"),
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| {_named(field['name'], language.heading(field['name'], resource['name']))} | {_type(field)} |"
            f" {own(field.get('unit', ''))} | {own(field['description'])} |"
            for field in resource["schema"]["fields"]
        ]
        titles = said(", ").join(own(licence["title"]) for licence in resource["licenses"])
        lines += ["", said("License: {titles}.", titles=titles)]
    return "\n".join(lines).replace("\\", "\\\\") + "\n"


def own(text: str) -> str:
    """A text of the tables in the language in force."""
    return language.known(text, TABLES) if text else text


def _fresh(name: str) -> str:
    fresh = freshness.of(name)
    if not fresh:
        return " |  | "
    moves = language.template(MOVES[fresh.moves], context="moves")
    return f"{language.known(fresh.newest)} | {fresh.looked_on} | {moves}"


def _sources() -> list[str]:
    """How sources are graded, and what each lead answer rests on."""
    return [
        "",
        said("## How sources are graded"),
        "",
        said(
            "The best grade that a row may have follows from what its source is (`checks/source_kinds.csv`,"
            " by author or address). A source that a repository holds at a stated commit is the source"
            " itself. Press that somebody else reposted or copied is C; a page in a blog or forum is C"
            " whoever is quoted there. A better grade stands with its reason in `checks/better_grades.csv`;"
            " `spacesec check` refuses others. `accessed` is the day by which a source had been read."
        ),
        "",
        said("| kind | best grade | what it is |"),
        "| --- | --- | --- |",
        *(f"| {kind} | {grade} | {own(words)} |" for kind, (grade, words) in grades.RULE.items()),
        "",
        *_known_again(),
        "",
        said("## What the lead answers rest on"),
        "",
        said(
            "Rows behind the first figure of each question, without those of the five documents. Primary:"
            " published by its maker, or a pinned file of it. Provisional: a mirror, copy, repost,"
            " encyclopedia, forum or aggregator, named with its primary in `checks/provisional.csv`. Median"
            " year: of the sources."
        ),
        "",
        *lead.table(),
        *_readers(),
    ]


def _known_again() -> list[str]:
    """How many sources could be told from another text at the same address."""
    lines = [
        said(
            'A locator `sentence beginning "…"` quotes the first words of the sentence that says the fact;'
            " the source holds them with a hash of the whole sentence (`custom.fingerprint`), so that it is"
            " known again on the page or in an archive. `archive_location` is a copy that does not change,"
            " such as a file at a commit."
        ),
        "",
        said("| sources | with a fingerprint | with an archived copy | with either |"),
        "| --- | --- | --- | --- |",
    ]
    for name, among in ((said("all"), set(sources.store())), (said("behind lead answers"), lead.behind())):
        held = passages.held(among)
        lines.append(
            f"| {name}: {held['sources']} | {held['fingerprint']} | {held['archive']} | {held['either']} |"
        )
    vague = len(extent.rows("checks/vague_locators")) if "checks/vague_locators" in tables.names() else 0
    return [*lines, "", said("Rows whose locator names neither a place nor a sentence: {n}.", n=vague)]


def _readers() -> list[str]:
    """How far two readers of the argued verdicts agree."""
    if READ_TWICE not in tables.names():
        return []
    pairs = [(row["verdict"], row["second_verdict"]) for row in extent.rows(READ_TWICE)]
    same = sum(first == second for first, second in pairs)
    alpha = agreement.krippendorff_alpha(list(zip(*pairs, strict=True)))
    return [
        "",
        said("## How far two readers of a verdict agree"),
        "",
        said(
            "{claims} claims have no rule that decides them. Two readers judged each; the second knew the"
            " first one's words. They agree on {same} of {claims}; Krippendorff's alpha (nominal) is {alpha}."
            " Where they differ, the first verdict counts:",
            claims=len(pairs),
            same=same,
            alpha=f"{alpha:.2f}",
        ),
        "",
        said("| claim | first | second |"),
        "| --- | --- | --- |",
        *(
            f"| {row['claim_id']} | {_verdict(row['verdict'])} | {_verdict(row['second_verdict'])} |"
            for row in extent.rows(READ_TWICE)
            if row["verdict"] != row["second_verdict"]
        ),
    ]


def _verdict(name: str) -> str:
    return language.known(name, "policy_evolution/claims")


def first_sentence(question) -> str:
    """The first sentence of the default run's answer, in Markdown that may stand in a table; a stop inside a
    number or an abbreviation does not end it.
    """
    try:
        text = records.read(question.folder).answer
    except DataError:
        return "not run yet"
    paragraph = text.strip().split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    paragraph = re.sub(r"^\*\*\w+\.\*\*\s+", "", paragraph)  # a label
    first = sentences(paragraph)[0]
    if first.count("**") % 2:  # bold goes on into the next sentence, or begins there
        first = first.removesuffix("**") if first.endswith("**") else first + "**"
    return re.sub(r"^\*\*([^*]*)\*\*$", r"\1", first)  # where all of it is bold nothing stands out


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph in Markdown, English or Japanese."""
    if "。" in paragraph:
        return JAPANESE_SENTENCE.findall(paragraph)
    return re.split(r"(?<=[a-z)*%”\"\d]\.)\s+(?=[A-Z\"“*])|(?<=\.\*\*)\s", paragraph)


def _type(field: dict) -> str:
    values = field.get("constraints", {}).get("enum")
    if values and len(values) <= 12:
        told = [_meant(str(value), language.cell(field, str(value))) for value in values]
        return said("one of {values}", values=said(", ").join(told))
    return said(TYPES[field["type"]])


def _named(column: str, heading: str) -> str:
    """A column's name as files have it, and in another language its heading."""
    return f"`{column}`" if heading == column else _meant(f"`{column}`", heading)


def _meant(code: str, meaning: str) -> str:
    return code if meaning == code else said("{code} ({meaning})", code=code, meaning=meaning)
