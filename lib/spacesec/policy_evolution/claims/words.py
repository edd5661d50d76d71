"""The words of the question ``claims``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Told,
    Words,
    choose,
    counted,
    drawn,
    given,
    listed,
    named,
    parameter,
    result,
    say,
)

LISTED = 4  # contradicted claims that the answer names
NAMED = 2  # kinds that a title names
FEW = 5  # decided claims under which a kind is compared with no other
ALL = "all decided claims"
CLAIMS = counted(result("claims"), "{n} claim", "{n} claims")


def answer(found: Answer) -> list:
    """The paragraph of the answer."""
    waiting, wrong = found["waiting_for"], found["contradicted"]
    return [
        say(
            "**Of {claims}, {decided} an independent basis and {supported} supported.** In all: {all}."
            " {computed}{wrong}{waiting}{left_out}",
            claims=CLAIMS,
            decided=counted(result("decided"), "{n} has", "{n} have"),
            supported=counted(
                drawn("json_extract(:verdicts, '$.supported')"), "{n} of those is", "{n} of those are"
            ),
            all=_verdicts(found),
            computed=choose(
                (":computed = 0", say("All verdicts are argued in a sentence.")),
                (":computed = :claims", say("All verdicts are computed by a rule.")),
                otherwise=say(
                    "{verdicts} computed by a rule, the rest are argued in a sentence.",
                    verdicts=counted(result("computed"), "{n} verdict is", "{n} verdicts are"),
                ),
            ),
            wrong=_contradicted(len(wrong)),
            waiting=(
                say(
                    " Rules wait for the records of {all}.",
                    all=listed([named(result("waiting_for", place)) for place in range(len(waiting))], ", "),
                )
                if waiting
                else say("")
            ),
            left_out=choose(
                (":left_out = 0", say("")),
                otherwise=say(
                    " {claims} left out: of a document that is none of the five.",
                    claims=counted(result("left_out"), "{n} claim is", "{n} claims are"),
                ),
            ),
        )
    ]


def _verdicts(found: Answer) -> Told:
    told = [
        say("{n} {verdict}", n=result("verdicts", name), verdict=name)
        for name, n in found["verdicts"].items()
        if n
    ]
    return listed(told, ", ")


def _contradicted(wrong: int) -> Told:
    if not wrong:
        return say("")
    names = listed(
        [
            say(
                "{claim_id} “{claim}”",
                claim_id=named(result("contradicted", place)),
                claim=named(result("contradicted_claims", place)),
            )
            for place in range(min(wrong, LISTED))
        ],
        "; ",
        "; ",
    )
    return choose(
        (
            f"json_array_length(:contradicted) > {LISTED}",
            say(" Contradicted, among others: {names}.", names=names),
        ),
        otherwise=say(" Contradicted: {names}.", names=names),
    )


def board(found: Answer) -> Words:
    """The wall of claims, tile by tile."""

    def tiles(verdict: str, one: str, more: str) -> Told:
        return counted(drawn(f"count(*) FROM drawn WHERE verdict = '{verdict}'"), one, more)

    def no_tile(verdict: str) -> str:
        return f"(SELECT count(*) FROM drawn WHERE verdict = '{verdict}') = 0"

    wrong = tiles("contradicted", "{n} does", "{n} do")
    contested = tiles("contested", "{n} is contested", "{n} are contested")
    return Words(
        title=say(
            "{supported} of {claims} {hold} on independent ground, {partly} in part; {rest}",
            supported=drawn("count(*) FROM drawn WHERE verdict = 'supported'"),
            claims=CLAIMS,
            hold=choose(
                ("(SELECT sum(verdict = 'supported') FROM drawn) = 1", say("holds")), otherwise=say("hold")
            ),
            partly=drawn("count(*) FROM drawn WHERE verdict = 'partly'"),
            rest=choose(
                (f"{no_tile('contradicted')} AND {no_tile('contested')}", say("none is contradicted")),
                (no_tile("contradicted"), say("{contested}", contested=contested)),
                (no_tile("contested"), say("{wrong} not", wrong=wrong)),
                otherwise=say("{wrong} not, {contested}", wrong=wrong, contested=contested),
            ),
        ),
        subtitle=say(
            "One tile a claim of {whose}, by verdict; signs and counts above",
            whose=choose(
                ("(SELECT count(DISTINCT document) FROM drawn) = 5", say("the five documents")),
                otherwise=counted(
                    drawn("count(DISTINCT document) FROM drawn"), "{n} document", "{n} documents"
                ),
            ),
        ),
        caption=say(
            "A verdict rests on rows or results independent of the document that makes the claim. Partly: one"
            " part holds, another fails or has no independent source."
        ),
        alt=say(
            "Wall of {tiles} in blocks by document, each colored and signed by its verdict: {verdicts}.",
            tiles=counted(drawn("count(*) FROM drawn"), "{n} tile", "{n} tiles"),
            verdicts=_verdicts(found),
        ),
        note=say(
            "{computed} of {claims} computed by a rule, the others argued; {undecided} of them open,"
            " unverified or not testable",
            computed=drawn("sum(computed) FROM drawn"),
            claims=counted(drawn("count(*) FROM drawn"), "{n} verdict", "{n} verdicts"),
            undecided=drawn("count(*) FROM drawn WHERE verdict IN ('open', 'unverified', 'not testable')"),
        ),
    )


# Kinds with enough decided claims, each by its row of supported claims.
KINDS = f"FROM drawn WHERE \"by\" = 'kind' AND verdict = 'supported' AND decided >= {FEW}"
# What one claim more would put level with the best, and one fewer with the worst, is told with them.
BEST = f"{KINDS} AND (claims + 1.0) / decided >= (SELECT max(1.0 * claims / decided) {KINDS})"
WORST = f"{KINDS} AND (claims - 1.0) / decided <= (SELECT min(1.0 * claims / decided) {KINDS})"
SUPPORTED = "sum(claims) FROM drawn WHERE \"by\" = 'kind' AND verdict = 'supported'"
APART = f"NOT EXISTS (SELECT 1 {BEST} AND value IN (SELECT value {WORST})) AND (SELECT count(*) {KINDS}) > 1"


def _kinds(which: str) -> Told:
    names = f"(SELECT group_concat(name, ' and ') FROM (SELECT name {which} ORDER BY 1.0 * claims / decided))"
    kinds = drawn(f"count(*) {which}")
    return choose(
        (f"(SELECT count(*) {which}) > {NAMED}", say("{n} other kinds", n=kinds)),
        otherwise=say("{names}", names=named(drawn(names))),
    )


def by_kind_and_theme(found: Answer) -> Words:
    """Which decided claims hold, by kind of claim and by theme."""
    return Words(
        title=choose(
            (":decided = 0", say("None of {claims} is decided yet", claims=CLAIMS)),
            (
                APART,
                say(
                    "Decided claims hold most often on {best} ({best_n} of {best_of}), least on {worst}"
                    " ({worst_n} of {worst_of})",
                    best=_kinds(BEST),
                    best_n=drawn(f"sum(claims) {BEST}"),
                    best_of=drawn(f"sum(decided) {BEST}"),
                    worst=_kinds(WORST),
                    worst_n=drawn(f"sum(claims) {WORST}"),
                    worst_of=drawn(f"sum(decided) {WORST}"),
                ),
            ),
            otherwise=say(
                "{n} of {decided} {are} supported",
                n=drawn(SUPPORTED),
                decided=counted(result("decided"), "{n} decided claim", "{n} decided claims"),
                are=choose((f"(SELECT {SUPPORTED}) = 1 OR :decided = 1", say("is")), otherwise=say("are")),
            ),
        ),
        subtitle=say("Share of verdicts among decided claims, in percent; numbers in the bars are claims"),
        caption=say(
            "In brackets: decided of all claims. What is open, not verified or not testable is not decided;"
            " it counts neither for nor against."
        ),
        alt=say(
            "Two panels of stacked bars of decided claims, by kind and by theme. Supported by kind: {kinds}.",
            kinds=named(
                drawn(
                    "coalesce((SELECT group_concat(name || ' ' || claims || ' of ' || decided, '; ')"
                    " FROM drawn WHERE \"by\" = 'kind' AND verdict = 'supported' AND decided > 0), 'none')"
                )
            ),
        ),
        note=say(
            "{undecided} not decided and left out of the bars; small groups move by several points with one"
            " claim",
            undecided=counted(drawn(":claims - :decided"), "{n} claim is", "{n} claims are"),
        ),
    )


def basis(found: Answer) -> Words:
    """How good the sources are that decide."""
    whole = f"FROM drawn WHERE \"table\" = '{ALL}'"
    alone = f"(SELECT official = 1 OR official + press + repost + result = 1 {whole})"
    rest = choose((alone, say("rests")), otherwise=say("rest"))
    return Words(
        title=say(
            "{official} of {decided} {rest} at least in part on an official source",
            rest=rest,
            official=drawn(f"official {whole}"),
            decided=counted(
                drawn(f"official + press + repost + result {whole}"),
                "{n} decided claim",
                "{n} decided claims",
            ),
        ),
        subtitle=say("Decided claims by the best source behind each, and the tables whose rows decide them"),
        caption=say(
            "Tables: those that decide most claims, by the quality of the rows' sources; a claim that rests"
            " on several counts in each."
        ),
        alt=say(
            "Bars for all decided claims and {tables} by number of claims decided, split by source quality;"
            " {official} of all {rest} on official sources, {repost} on reposts, blogs or encyclopedias"
            " alone.",
            rest=rest,
            tables=counted(drawn("count(*) - 1 FROM drawn"), "{n} table", "{n} tables"),
            official=drawn(f"official {whole}"),
            repost=drawn(f"repost {whole}"),
        ),
        note=choose(
            (
                f"(SELECT repost {whole}) = 0",
                say("no decided claim rests on a repost, a blog or an encyclopedia alone"),
            ),
            otherwise=say(
                "{repost} nothing better than a repost, a blog or an encyclopedia",
                repost=counted(
                    drawn(f"repost {whole}"), "{n} decided claim rests on", "{n} decided claims rest on"
                ),
            ),
        ),
    )


def judging(found: Answer) -> Words:
    """The board under other ways of judging."""
    low, high = (
        f"(SELECT {edge}(claims) FROM drawn WHERE verdict = 'contradicted')" for edge in ("min", "max")
    )
    few, most = (f"{edge}(claims) FROM drawn WHERE verdict = 'supported'" for edge in ("min", "max"))
    return Words(
        title=say(
            "{contradicted}; {supported} supported under {ways} of judging",
            contradicted=choose(
                (
                    f"{low} < {high}",
                    say("{low} to {high} claims are contradicted", low=drawn(low), high=drawn(high)),
                ),
                otherwise=counted(drawn(low), "{n} claim is contradicted", "{n} claims are contradicted"),
            ),
            supported=choose(
                (f"(SELECT {few}) = (SELECT {most})", say("{n}", n=drawn(few))),
                otherwise=say("{low} to {high}", low=drawn(few), high=drawn(most)),
            ),
            ways=counted(drawn("count(DISTINCT way) FROM drawn"), "{n} way", "{n} ways"),
        ),
        subtitle=say("Claims by verdict under other ways of judging"),
        caption=say(
            "Weaker sources struck out leave parts without a source; tolerances are those of the number and"
            " date rules. Argued verdicts stay as they are."
        ),
        alt=say(
            "Stacked bars of verdicts for {ways} of judging; supported: {all}.",
            ways=counted(drawn("count(DISTINCT way) FROM drawn"), "{n} way", "{n} ways"),
            all=named(
                drawn(
                    "(SELECT group_concat(way || ' ' || claims, '; ') FROM drawn WHERE verdict = 'supported')"
                )
            ),
        ),
        note=say(
            "first row: as chosen, with sources down to grade {quality} and tolerances times {factor}; argued"
            " verdicts do not move",
            quality=named(parameter("weakest_quality")),
            factor=given(parameter("tolerance_factor")),
        ),
    )
