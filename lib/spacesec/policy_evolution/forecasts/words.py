"""The words of the question ``forecasts``."""

from spacesec.answers import Answer
from spacesec.policy_evolution.forecasts.model import SURE_PERCENT
from spacesec.words.sentences import (
    Choice,
    Words,
    choose,
    counted,
    day,
    drawn,
    given,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

SEEN = day(parameter("as_of"))
ALL = counted(result("forecasts"), "{n} forecast", "{n} forecasts")
LAST = "(SELECT {} FROM drawn ORDER BY due DESC LIMIT 1)"


def answer(found: Answer) -> list:
    """The paragraph of the answer."""
    return [
        say(
            "**Of {all} frozen by {day} about {expected} should come true ({low} to {high} in nine tenths of"
            " cases); base rates say {base}.** {decided} {furthest} If the probabilities are right, their"
            " score (Brier) will lead that of the base rates by {lead} once all are decided, and lead at all"
            " with a chance of {chance}.",
            all=ALL,
            day=SEEN,
            expected=number(result("expected")),
            low=result("expected_interval", 0),
            high=result("expected_interval", 1),
            base=number(result("base")),
            decided=_decided(),
            furthest=say(
                "Furthest from its base rate ({base}) is “{statement}” with {ours}.",
                statement=named(result("furthest")),
                ours=percent(result("furthest_percent")),
                base=percent(result("furthest_base_percent")),
            ),
            lead=number(result("lead"), 2),
            chance=percent(result("lead_percent")),
        )
    ]


def _decided() -> Choice:
    return choose(
        (
            ":decided = 0 AND :overdue = 0 AND :next_due IS NOT NULL",
            say(
                "None is decided yet; {fall} due on {next}, the last on {last}.",
                fall=choose(
                    (":next_count = 1", say("the first falls")),
                    otherwise=say("the first {n} fall", n=result("next_count")),
                ),
                next=day(result("next_due")),
                last=day(result("last_due")),
            ),
        ),
        (
            ":decided = 0",
            say(
                "None is decided yet; {overdue}.",
                overdue=counted(
                    result("overdue"), "{n} has fallen due and waits", "{n} have fallen due and wait"
                ),
            ),
        ),
        otherwise=say(
            "{true} of {decided} decided came true; their score is {ours}, that of the base rates {base}"
            " (zero is perfect, always saying one half gives {half}).{waiting}",
            true=result("came_true"),
            decided=result("decided"),
            ours=number(result("brier"), 2),
            base=number(result("brier_base"), 2),
            half=number(drawn("0.5 * 0.5"), 2),
            waiting=choose(
                (":overdue = 0", say("")),
                otherwise=say(
                    " {n}.",
                    n=counted(
                        result("overdue"),
                        "{n} more has fallen due and waits for its outcome",
                        "{n} more have fallen due and wait for their outcome",
                    ),
                ),
            ),
        ),
    )


def calendar(found: Answer) -> Words:
    expected = drawn(LAST.format("expected"))
    low, high = drawn(LAST.format("low")), drawn(LAST.format("high"))
    return Words(
        title=choose(
            (
                ":decided = 0",
                say(
                    "Of {n} frozen forecasts about {expected} should come true by {year}",
                    n=drawn(LAST.format("fallen_due")),
                    expected=number(expected),
                    year=named(drawn(LAST.format("substr(due, 1, 4)"))),
                ),
            ),
            otherwise=say(
                "{true} of {decided} decided forecasts came true",
                true=result("came_true"),
                decided=result("decided"),
            ),
        ),
        subtitle=say(
            "Forecasts by the day on which they fall due: all (gray), and how many should come true by our"
            " probabilities (blue, nine tenths shaded) and by base rates (dashed)"
        ),
        caption=say(
            "Sums of probabilities, taken as independent; {low} to {high} of {n} lie between the bounds. Base"
            " rates say {base}.",
            low=low,
            high=high,
            n=drawn(LAST.format("fallen_due")),
            base=number(drawn(LAST.format("base"))),
        ),
        alt=say(
            "Step lines by day from {first} to {last}: forecasts fallen due, up to {n}, and how many should"
            " come true, {expected} at the end.",
            first=day(drawn("min(due) FROM drawn")),
            last=day(drawn("max(due) FROM drawn")),
            n=drawn(LAST.format("fallen_due")),
            expected=number(expected),
        ),
        note=say("forecasts that share a cause are no independent cases, so that the band is too narrow"),
        until=SEEN,
    )


def board(found: Answer) -> Words:
    bolder, shyer = (
        f"(SELECT count(*) FROM drawn WHERE probability {sign} base_rate)" for sign in (">", "<")
    )
    return Words(
        title=say(
            "{more} of {n} forecasts are given more chance than their base rate, {less} less",
            more=drawn(bolder),
            less=drawn(shyer),
            n=drawn("count(*) FROM drawn"),
        ),
        subtitle=say(
            "Chance given on the day of freezing (mark), and what somebody would say who knows only how often"
            " such things happened (stroke); right: month in which it falls due"
        ),
        caption=say(
            "Each follows from a notebook and is decided by a written rule. Frozen: {first} to {last}.",
            first=percent(drawn("100 * min(probability) FROM drawn")),
            last=percent(drawn("100 * max(probability) FROM drawn")),
        ),
        alt=say(
            "Dot chart of {n} forecasts with their base rates; chances run from {low} to {high}.",
            n=drawn("count(*) FROM drawn"),
            low=percent(drawn("100 * min(probability) FROM drawn")),
            high=percent(drawn("100 * max(probability) FROM drawn")),
        ),
        note=say("probabilities are judgments that start from the notebooks' results; nobody may edit them"),
        until=SEEN,
    )


def tell(found: Answer) -> Words:
    end = "(SELECT {} FROM drawn ORDER BY decided DESC LIMIT 1)"
    chance = percent(drawn(end.format("chance_percent")))
    return Words(
        title=say(
            "If our chances are right, their score beats the base rates' in {chance} of cases", chance=chance
        ),
        subtitle=say(
            "Chance that our score (Brier) is better than that of base rates once so many are decided;"
            " dashed: {sure}",
            sure=percent(given(drawn(str(SURE_PERCENT)))),
        ),
        caption=say(
            "Mean lead at the end: {lead}. In the other cases base rates would look like the better forecast"
            " although ours were right: so few can mislead.",
            lead=number(drawn(end.format("lead")), 3),
        ),
        alt=say(
            "Line of the chance to be ahead against the number decided, from {first} after one to {chance}"
            " after {n}.",
            first=percent(drawn("(SELECT chance_percent FROM drawn ORDER BY decided LIMIT 1)")),
            n=drawn("max(decided) FROM drawn"),
            chance=chance,
        ),
        note=say("a calculation before anything is decided; forecasts are taken as independent"),
        until=SEEN,
    )
