"""The words of the question ``words``."""

from spacesec.answers import Answer
from spacesec.policy_evolution.words.model import SHOWN_WORDS
from spacesec.words.sentences import (
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

NAMED = 6  # key words that the answer names
NEAR = 0.01  # bits by which pairs may differ and still be told as equally near
SURE = 0.01  # chance of a divergence as great by chance below which it is not told pair by pair
TOKENS = "(SELECT sum(value) FROM json_each(:tokens))"
RATIOS = "FROM json_each(:smallest_detectable_ratio)"
WORST = f"{RATIOS} ORDER BY value IS NULL DESC, value DESC, key LIMIT 1"
BEST = f"{RATIOS} ORDER BY value IS NULL, value, key LIMIT 1"


def _label(document: str) -> Value:
    return named(drawn(f"(SELECT value FROM json_each(:labels) WHERE key = ({document}))"))


def answer(found: Answer) -> list:
    """The paragraph of the answer."""
    marked = [named(result("key_words", place)) for place in range(min(NAMED, len(found["key_words"])))]
    return [
        say(
            "**{documents} with {tokens} words can be compared; {target} alone is {share} of them.** Against"
            " the others it is marked by: {words}. That is little to build on: a term at {rate} per"
            " {thousand} words would be found in {worst} {limit}, and even in {best} {least}. The official"
            " plans and strategies are not counted here; `texts_dir` points this analysis at them.",
            documents=counted(result("documents"), "{n} document", "{n} documents"),
            tokens=number(drawn(TOKENS)),
            target=_label("SELECT :target"),
            share=percent(
                drawn(f"100.0 * (SELECT value FROM json_each(:tokens) WHERE key = :target) / {TOKENS}")
            ),
            words=listed(marked, ", ") if marked else say("none that passes the test"),
            rate=number(drawn("2")),
            thousand=number(drawn("1000")),
            worst=_label(f"SELECT key {WORST}"),
            limit=_from("only if it is {n} times as frequent as elsewhere", "at no ratio that occurs", WORST),
            best=_label(f"SELECT key {BEST}"),
            least=_from("only from {n} times", "at none", BEST),
        )
    ]


def _from(there: str, none: str, which: str):
    value = f"(SELECT value {which})"
    return choose(
        (f"{value} IS NULL", say(none)), otherwise=say(there, n=number(drawn(value), 1, rounded="up"))
    )


def term_rates(found: Answer) -> Words:
    """Each term of the dictionary in each document."""
    top = "FROM drawn ORDER BY per_1000 DESC, document, term LIMIT 1"
    return Words(
        title=choose(
            ("(SELECT max(count) FROM drawn) = 0", say("None of the terms occurs in these texts")),
            otherwise=say(
                "Densest term: “{term}”, {times} in the {words} words of {label}",
                term=named(drawn(f"name {top}")),
                times=counted(drawn(f"count {top}"), "{n} time", "{n} times"),
                words=number(drawn(f"tokens {top}")),
                label=named(drawn(f"label {top}")),
            ),
        ),
        subtitle=say("Area of a circle: how often per thousand words; number: how often in all; dot: never"),
        caption=say(
            "Columns by how often a term stands in all documents. Long documents hold more of everything:"
            " compare areas, and trust those with larger numbers."
        ),
        alt=say(
            "Grid of {documents} by {terms}, circles sized by frequency; the largest is “{term}” in {label}"
            " with {rate} per thousand words.",
            documents=counted(drawn("count(DISTINCT document) FROM drawn"), "{n} document", "{n} documents"),
            terms=counted(drawn("count(DISTINCT term) FROM drawn"), "{n} term", "{n} terms"),
            term=named(drawn(f"name {top}")),
            label=named(drawn(f"label {top}")),
            rate=number(drawn(f"per_1000 {top}"), 1),
        ),
        note=say(
            "{small} of {cells} circles rest on fewer than five occurrences, which say next to nothing of a"
            " rate",
            small=drawn("count(*) FROM drawn WHERE count BETWEEN 1 AND 4"),
            cells=drawn("count(*) FROM drawn WHERE count > 0"),
        ),
    )


def distances(found: Answer) -> Words:
    """How far apart the documents are, word for word."""
    least = "(SELECT min(divergence) FROM drawn)"
    near = f"FROM drawn WHERE divergence <= {least} + {NEAR}"
    return Words(
        title=say(
            "Nearest in words: {pairs}",
            pairs=named(
                drawn(
                    "(SELECT group_concat(first_label || ' and ' || second_label, '; ') FROM (SELECT"
                    f" first_label, second_label {near} ORDER BY divergence))"
                )
            ),
        ),
        subtitle=say(
            "Divergence of word use between two documents in bits (Jensen-Shannon): zero the same, one no"
            " word in common"
        ),
        caption=say(
            "p: share of random splits of the pooled words that are as far apart, below {sure} where none is"
            " given. Outlined: the nearest pair, and pairs within {near} bits of it.",
            sure=number(drawn(f"{SURE}"), 2),
            near=number(drawn(f"{NEAR}"), 2),
        ),
        alt=say(
            "Triangular grid of divergences for {pairs}, from {low} to {high} bits.",
            pairs=counted(drawn("count(*) FROM drawn"), "{n} pair", "{n} pairs"),
            low=number(drawn("min(divergence) FROM drawn"), 2),
            high=number(drawn("max(divergence) FROM drawn"), 2),
        ),
        note=say("short texts look farther apart than they are, so the order of the pairs is not sure"),
    )


def detectable(found: Answer) -> Words:
    """The smallest difference that each document could show."""
    at = "FROM drawn WHERE per_1000 = 2 AND ratio IS NOT NULL"
    return Words(
        title=choose(
            (f"(SELECT count(*) {at}) = 0", say("These texts are too short to show any difference")),
            otherwise=say(
                "A word at {rate} per thousand must be {low} to {high} times as frequent to show here",
                rate=number(drawn("2")),
                low=number(drawn(f"min(ratio) {at}"), 1),
                high=number(drawn(f"max(ratio) {at}"), 1),
            ),
        ),
        subtitle=say(
            "Ratio of rates that would be found {power} of the time at the {level} level, by document",
            power=percent(result("power_percent")),
            level=percent(drawn("5")),
        ),
        caption=say(
            "Against all other documents together, without correction for the number of words tried, which"
            " would ask for still larger ratios."
        ),
        alt=say(
            "Lines of the smallest detectable ratio falling with word frequency, one line a document; at the"
            " most frequent words from {low} to {high} times.",
            low=number(
                drawn(
                    "coalesce(min(ratio), 0) FROM drawn WHERE per_1000 = (SELECT max(per_1000) FROM drawn)"
                ),
                1,
            ),
            high=number(
                drawn(
                    "coalesce(max(ratio), 0) FROM drawn WHERE per_1000 = (SELECT max(per_1000) FROM drawn)"
                ),
                1,
            ),
        ),
        note=say("what these texts could show at best; smaller differences may be there and stay unseen"),
    )


def key_words(found: Answer) -> Words:
    """Words that mark the target, and words it leaves to the others."""
    target = _label("SELECT :target")
    told = "FROM drawn WHERE p_adjusted < 0.05"
    level = percent(drawn("5"))

    def strongest(side: str) -> Told:
        """The strongest word of one side, with its counts."""
        top = f"FROM drawn WHERE log_ratio {side} 0 ORDER BY g2 DESC LIMIT 1"
        return say(
            "“{word}” with {strength} ({target} : {others})",
            word=named(drawn(f"word {top}")),
            strength=number(drawn(f"g2 {top}")),
            target=drawn(f"target {top}"),
            others=drawn(f"reference {top}"),
        )

    sides = [
        choose(
            (
                f"(SELECT count(*) FROM drawn WHERE log_ratio {side} 0) = 0",
                say(f"no word is more frequent in {whose}"),
            ),
            otherwise=say(f"in {whose} {{strongest}}", strongest=strongest(side)),
        )
        for side, whose in ((">", "the target"), ("<", "the others"))
    ]
    return Words(
        title=choose(
            (f"(SELECT count(*) {told}) = 0", say("No word tells {target} from the others", target=target)),
            otherwise=say(
                "{n} of {words} {tell} {target} from the others",
                n=drawn(f"count(*) {told}"),
                words=counted(drawn("count(*) FROM drawn"), "{n} word", "{n} words"),
                tell=counted(drawn(f"count(*) {told}"), "tells", "tell"),
                target=target,
            ),
        ),
        subtitle=say(
            "Words by log-likelihood, the strongest {shown} on either side; numbers: occurrences in the"
            " target : in all others; hatched: does not pass {level} after Bonferroni; the panels have scales"
            " of their own",
            shown=drawn(f"{SHOWN_WORDS}"),
            level=level,
        ),
        caption=say(
            "Function words and words rarer than {rare} in all are left out; words are counted in lower case."
            " Key words mark what a document is about, not what it holds.",
            rare=counted(parameter("minimum_count"), "{n} occurrence", "{n} occurrences"),
        ),
        alt=say(
            "Two bar charts of words by their log-likelihood; the strongest: {sides}.",
            sides=listed(sides, "; ", "; "),
        ),
        note=say(
            "{target} is {share} of all words compared: what marks it may mark one author",
            target=target,
            share=percent(
                drawn(f"100.0 * (SELECT value FROM json_each(:tokens) WHERE key = :target) / {TOKENS}")
            ),
        ),
    )
