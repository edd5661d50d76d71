"""The words of the question ``turning_points``."""

from spacesec.answers import Answer, Result
from spacesec.policy_evolution.turning_points.model import STEPS, Parameters
from spacesec.words.numerals import counted
from spacesec.words.sentences import (
    Told,
    Words,
    choose,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

TITLES = {
    "pace": "pace: Japanese acts a year",
    "mix": "posture: how acts divide",
    "security-use": "acts of security use",
    "warfighting": "acts on an operational domain",
}


def answer(results: dict[str, Result], p: Parameters, late: int) -> str:
    r = {name: result.value for name, result in results.items()}
    whose = {"first": "the first coder's", "second": "the second coder's", "agreed": "the agreed"}[p.coder]
    chances = r["break_chances"]

    def said(robust: bool) -> str:
        kept = {
            name: ", ".join(
                f"{year} ({chance:.0%})"
                for year, chance in chances[name].items()
                if (year in r["robust_years"][name]) == robust
            )
            for name in chances
        }
        return "; ".join(f"{_short(name)} {told}" for name, told in kept.items() if told) or "none"

    lines = [
        f"Breaks that more likely than not fall in the year named: **{said(True)}** ({p.first_year} to"
        f" {p.last_year}, on {whose} coding). Less sure of their year: {said(False)}."
    ]
    supported = "; ".join(
        f"{_short(name)} {most} ({low} to {high})"
        for name, (most, low, high) in r["breaks_supported"].items()
    )
    second = "; ".join(
        f"{_short(name)} {', '.join(map(str, years)) or 'none'}"
        for name, years in r["penalised_years"].items()
    )
    lines.append(
        "How many breaks the data support, most probable and nine tenths of the chance:"
        f" {supported}. A second method, the likelihood with Schwarz's penalty, finds: {second}."
    )
    if late:
        year = p.last_year + 1
        acts = counted(late, f"Japanese act of {year} is", f"Japanese acts of {year} are")
        lines[0] += f" {acts} left out: the year is not over."
    best = {
        name: max(near.items(), key=lambda item: item[1]) for name, near in r["break_probability"].items()
    }
    lines.append(
        "Of the years the documents name, the best placed are "
        + "; ".join(f"{year} for {_short(name)} ({chance:.0%})" for name, (year, chance) in best.items())
        + f". But {r['named_coverage_percent']:.0f}% of all years lie within"
        f" {counted(p.tolerance_years, 'year')} of a named one: of the breaks in posture"
        f" {r['named_share_percent']['mix']:.0f}% fall near one, against"
        f" {r['placebo_share_percent']['mix']:.0f}% for as many random years (chance of doing as"
        f" well by luck {r['placebo_probability']['mix']:.2f})."
    )
    lines.append(
        f"The two coders agree on the scale (Krippendorff's alpha {r['alpha_posture']:.2f} where both gave a"
        f" posture, ordinal) but not on what to code at all (alpha {r['alpha_coded_or_not']:.2f})."
    )
    step, rare = r["smallest_detectable_step"], r["smallest_detectable_steps"]["rare"]

    def seen(size):
        return f"a rise of {size:.1f} times" if size == size else f"no rise up to {STEPS[-1]:.0f} times"

    lines.append(
        f"Could these data show it? With 80% chance the pace shows **{seen(step)}** in the middle of"
        f" the period, and a posture that starts at one act in five years {seen(rare)}; a smaller one"
        " would be missed more often than one time in five. A least-squares level change is no surer guide:"
        " it needs"
        f" {r['detectable_level']:.1f} residual standard deviations and is significant at"
        f" {r['interrupted_significant_percent']:.0f}% of all years, named or not."
    )
    return "\n\n".join(lines)


def _short(name: str) -> str:
    return TITLES[name].split(":")[0]


CAVEAT = "the list of acts grows with its sources: its pace is not yet the pace of policy"
# Whose coding is told, by the parameter ``coder``.
WHOSE = choose(
    (":p_coder = 'first'", say("first coder")),
    (":p_coder = 'second'", say("second coder")),
    otherwise=say("rows on which both coders agree"),
)


def _likeliest(series: str) -> str:
    return f"FROM drawn WHERE series = '{series}' ORDER BY break_probability DESC, year LIMIT 1"


def _turn(series: str) -> Told:
    """The likeliest year of a turn with its chance."""
    return say(
        "{year} ({chance})",
        year=year(drawn(f"year {_likeliest(series)}")),
        chance=percent(drawn(f"100 * break_probability {_likeliest(series)}")),
    )


def breaks(found: Answer) -> Words:
    """When the rates of acts most likely turned."""
    sure = "FROM drawn WHERE series = 'pace' AND break_probability > 0.5"
    return Words(
        title=say(
            "Posture most likely turned in {mix}{pace}",
            mix=_turn("mix"),
            pace=choose(
                (f"(SELECT count(*) {sure}) = 0", say("")),
                otherwise=say(
                    "; the list of acts thickens in {years}",
                    years=named(
                        drawn(f"(SELECT group_concat(year, ' and ') FROM (SELECT year {sure} ORDER BY year))")
                    ),
                ),
            ),
        ),
        subtitle=say(
            "Acts a year, and the exact chance that a new segment starts in each year ({whose}, {most} breaks"
            " at most)",
            whose=WHOSE,
            most=result("most_breaks"),
        ),
        caption=say(
            "Bars over the lines of each series: the chance of a break in that year, all placements of up to"
            " {most} breaks weighed; those above {low} bear it as a number. Rings: breaks that a second"
            " method finds, penalized likelihood. Posture mix: how coded acts divide, whatever their number."
            " Dashed: years that the five documents name.",
            most=result("most_breaks"),
            low=percent(drawn("100 * 0.28")),
        ),
        alt=say(
            "Upper panel: acts a year, up to {most}. Lower panel: chances of a break in four series, highest"
            " in {all}.",
            most=drawn("max(count) FROM drawn WHERE series = 'pace'"),
            all=listed(
                [
                    say("{turn} for {name}", turn=_turn(series), name=_short(series))
                    for series in ("mix", "pace", "security-use", "warfighting")
                ]
            ),
        ),
        note=say(CAVEAT),
        until=year(parameter("last_year")),
    )


def power(found: Answer) -> Words:
    """How large a step must be for these series to show it."""

    def missed(series: str) -> Told:
        return percent(drawn(f"100 * (1 - power) FROM drawn WHERE series = '{series}' AND step = 2"))

    def smallest(series: str) -> Told:
        value = f"json_extract(:smallest_detectable_steps, '$.{series}')"
        return choose(
            (f"{value} IS NULL", say("at no step drawn")),
            otherwise=say("from {n} times", n=number(drawn(value), 1, rounded="up")),
        )

    return Words(
        title=choose(
            (
                "(SELECT count(*) FROM drawn WHERE step = 2) = 2",
                say(
                    "A doubling of the pace would be missed {pace} of the time, one of a rare code {rare}",
                    pace=missed("pace"),
                    rare=missed("rare"),
                ),
            ),
            otherwise=say("How large a step must be to show"),
        ),
        subtitle=say(
            "Chance that the change-point model finds a step in {years} years, step in the middle, by series",
            years=drawn(":p_last_year - :p_first_year + 1"),
        ),
        caption=say(
            "Simulated Poisson series of the same length; the threshold is one that a steady series passes"
            " five times in a hundred. Four times in five the pace shows a step {pace}, a code that starts at"
            " one act in five years {rare}.",
            pace=smallest("pace"),
            rare=smallest("rare"),
        ),
        alt=say(
            "Rising power curves: for a pace of steps from {low} to {high} times {first} to {last}.",
            low=number(drawn("min(step) FROM drawn"), 2),
            high=number(drawn("max(step) FROM drawn"), 0),
            first=percent(drawn("100 * min(power) FROM drawn WHERE series = 'pace'")),
            last=percent(drawn("100 * max(power) FROM drawn WHERE series = 'pace'")),
        ),
        note=say("simulated, not observed; a single clean step is assumed, real turns are harder to see"),
        until=year(parameter("last_year")),
    )
