"""The words of the question ``turning_points``."""

from spacesec.answers import Result
from spacesec.policy_evolution.turning_points.model import STEPS, Parameters
from spacesec.words.numerals import counted

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
        + f". But {r['named_coverage_percent']:.0f} percent of all years lie within"
        f" {counted(p.tolerance_years, 'year')} of a named one: of the breaks in posture"
        f" {r['named_share_percent']['mix']:.0f} percent fall near one, against"
        f" {r['placebo_share_percent']['mix']:.0f} percent for as many random years (chance of doing as"
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
        f"Could these data show it? With 80 percent chance the pace shows **{seen(step)}** in the middle of"
        f" the period, and a posture that starts at one act in five years {seen(rare)}; anything smaller"
        " would be missed. A least-squares level change is no surer guide: it needs"
        f" {r['detectable_level']:.1f} residual standard deviations and is significant at"
        f" {r['interrupted_significant_percent']:.0f} percent of all years, named or not."
    )
    return "\n\n".join(lines)


def _short(name: str) -> str:
    return TITLES[name].split(":")[0]
