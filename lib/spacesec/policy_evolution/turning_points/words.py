"""The words of the question ``turning_points``."""

from spacesec.answers import Answer
from spacesec.policy_evolution.turning_points.model import STEPS
from spacesec.words.sentences import (
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    given,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

SHORT = {
    "pace": "pace",
    "mix": "posture",
    "security-use": "acts of security use",
    "warfighting": "acts on an operational domain",
}
LUCKY = 0.05  # chance of doing as well by luck at which named years are told as better than random ones
TENTATIVE, RELIABLE = 0.667, 0.8  # Krippendorff's customary limits of agreement


def answer(found: Answer) -> list[Told]:
    return [_breaks(found), _supported(found), _named(), _coders(), _power()]


def _breaks(found: Answer) -> Told:
    def told(robust: bool) -> Told:
        parts = []
        for name, years in found["break_years"].items():
            chosen = [
                place for place, year in enumerate(years) if (year in found["robust_years"][name]) == robust
            ]
            turns = [_chance(name, place) for place in chosen]
            parts += [say("{name} {turns}", name=SHORT[name], turns=listed(turns, ", "))] if turns else []
        return listed(parts, "; ", "; ") if parts else say("none")

    def _chance(name: str, place: int) -> Told:
        at = f"json_extract(:break_years, '$.\"{name}\"[{place}]')"
        chances = f"json_each(json_extract(:break_chances, '$.\"{name}\"'))"
        return say(
            "{year} ({chance})",
            year=year(result("break_years", name, place)),
            chance=percent(drawn(f"(SELECT 100 * value FROM {chances} WHERE CAST(key AS INTEGER) = {at})")),
        )

    return say(
        "Breaks that more likely than not fall in the year named: **{sure}** ({first} to {last}, on {whose}"
        " coding). Less sure of their year: {unsure}.{late}",
        sure=told(True),
        unsure=told(False),
        first=year(parameter("first_year")),
        last=year(parameter("last_year")),
        whose=choose(
            (":p_coder = 'first'", say("the first coder's")),
            (":p_coder = 'second'", say("the second coder's")),
            otherwise=say("the agreed"),
        ),
        late=choose(
            (":late_acts = 0", say("")),
            otherwise=say(
                " {acts} left out: the year is not over.",
                acts=choose(
                    (":late_acts = 1", say("1 Japanese act of {year} is", year=NEXT)),
                    otherwise=say("{n} Japanese acts of {year} are", n=result("late_acts"), year=NEXT),
                ),
            ),
        ),
    )


NEXT = year(drawn(":p_last_year + 1"))


def _supported(found: Answer) -> Told:
    supported = [
        say(
            "{name} {most} ({low} to {high})",
            name=SHORT[name],
            most=result("breaks_supported", name, 0),
            low=result("breaks_supported", name, 1),
            high=result("breaks_supported", name, 2),
        )
        for name in found["breaks_supported"]
    ]
    second = []
    for name, years in found["penalised_years"].items():
        places = range(len(years))
        turns = [say("{year}", year=year(result("penalised_years", name, place))) for place in places]
        second.append(
            say("{name} {years}", name=SHORT[name], years=listed(turns, ", ") if turns else say("none"))
        )
    return say(
        "How many breaks the data support, most probable and nine tenths of the chance: {supported}. A second"
        " method, the likelihood with Schwarz's penalty, finds: {second}.",
        supported=listed(supported, "; ", "; "),
        second=listed(second, "; ", "; "),
    )


TOLERANCE = counted(parameter("tolerance_years"), "{n} year", "{n} years")


def _named() -> Told:
    def best(series: str) -> Told:
        top = (
            f"json_each(json_extract(:break_probability, '$.\"{series}\"')) ORDER BY value DESC, rowid"
            " LIMIT 1"
        )
        return say(
            "{year} for {name} ({chance})",
            year=year(drawn(f"CAST(key AS INTEGER) FROM {top}")),
            name=SHORT[series],
            chance=percent(drawn(f"100 * value FROM {top}")),
        )

    return say(
        "Of the years the documents name, the best placed are {best}. But {covered} of all years lie within"
        " {tolerance} of a named one: of the breaks in posture {share} fall near one, against {random} for as"
        " many random years (chance of doing as well by luck {luck}).",
        best=listed([best(series) for series in SHORT], "; ", "; "),
        covered=percent(result("named_coverage_percent")),
        tolerance=TOLERANCE,
        share=percent(result("named_share_percent", "mix")),
        random=percent(result("placebo_share_percent", "mix")),
        luck=number(result("placebo_probability", "mix"), 2),
    )


def _alpha(name: str) -> Told:
    return choose((f":{name} IS NULL", say("unknown")), otherwise=say("{n}", n=number(result(name), 2)))


# Whether the coders agree on the posture and not on whether to code: the two sentences hold together.
SCALE_ALONE = f":alpha_posture >= {TENTATIVE} AND :alpha_coded_or_not < {TENTATIVE}"


def _coders() -> Told:
    alphas = {"scale": _alpha("alpha_posture"), "all": _alpha("alpha_coded_or_not")}
    return choose(
        (
            SCALE_ALONE,
            say(
                "The two coders agree on the scale (Krippendorff's alpha {scale} where both gave a posture,"
                " ordinal) but not on what to code at all (alpha {all}).",
                **alphas,
            ),
        ),
        otherwise=say(
            "Agreement of the two coders, Krippendorff's alpha: {scale} where both gave a posture (ordinal),"
            " {all} on what to code at all.",
            **alphas,
        ),
    )


def _power() -> Told:
    def seen(value: str) -> Told:
        return choose(
            (f"{value} IS NULL", say("no rise up to {most} times", most=number(drawn(f"{STEPS[-1]}")))),
            otherwise=say("a rise of {n} times", n=number(drawn(value), 1, rounded="up")),
        )

    return say(
        "Could these data show it? With {power} chance the pace shows **{pace}** in the middle of the period,"
        " and a posture that starts at one act in five years {rare}; a smaller one would be missed more often"
        " than one time in five. A least-squares level change is no surer guide: it needs {level} residual"
        " standard deviations and is significant at {significant} of all years, named or not.",
        power=percent(drawn("80")),
        pace=seen(":smallest_detectable_step"),
        rare=seen("json_extract(:smallest_detectable_steps, '$.rare')"),
        level=number(result("detectable_level"), 1),
        significant=percent(result("interrupted_significant_percent")),
    )


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
                    say("{turn} for {name}", turn=_turn(series), name=SHORT[series])
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


def placebo() -> Words:
    """Whether the named years do better than random ones."""
    luck = {name: f"json_extract(:placebo_probability, '$.{name}')" for name in ("pace", "mix")}
    better = {name: f"{chance} <= {LUCKY}" for name, chance in luck.items()}
    draws = {name: percent(drawn(f"100 * {chance}")) for name, chance in luck.items()}
    tried = "FROM drawn WHERE panel = 'interrupted'"
    significant = f"count(*) {tried} AND level_p < {LUCKY}"

    def share(series: str, years: str) -> Told:
        of = f"value FROM drawn WHERE panel = 'share' AND series = '{series}' AND years = '{years}'"
        return percent(drawn(of))

    return Words(
        title=choose(
            (
                f"{better['pace']} AND {better['mix']}",
                say(
                    "Named years beat luck: {pace} of draws do as well for the pace, {mix} for posture",
                    **draws,
                ),
            ),
            (
                better["pace"],
                say(
                    "Named years beat luck for the pace ({pace} of draws do as well), not for posture"
                    " ({mix})",
                    **draws,
                ),
            ),
            (
                better["mix"],
                say(
                    "Named years beat luck for posture ({mix} of draws do as well), not for the pace"
                    " ({pace})",
                    **draws,
                ),
            ),
            otherwise=say(
                "Named years do not beat luck: {pace} of draws do as well for the pace, {mix} for posture",
                **draws,
            ),
        ),
        subtitle=say(
            "Left: share of expected breaks within {tolerance} of a named year or of random ones; right: a"
            " level change tried at each year",
            tolerance=TOLERANCE,
        ),
        caption=say(
            "{named} and what lies near cover {covered} of the period, so that agreement with them"
            " proves little. A least-squares level change in yearly counts is significant at {significant} of"
            " {tried} years tried.",
            named=counted(drawn("json_array_length(:p_named_years)"), "{n} named year", "{n} named years"),
            covered=percent(result("named_coverage_percent")),
            significant=drawn(significant),
            tried=drawn(f"count(*) {tried}"),
        ),
        alt=say(
            "Bars of named against random shares, {pace} and {pace_random} for the pace, {mix} and"
            " {mix_random} for posture; p values by year, {significant} of {tried} below {level}.",
            pace=share("pace", "named"),
            pace_random=share("pace", "random"),
            mix=share("mix", "named"),
            mix_random=share("mix", "random"),
            significant=drawn(significant),
            tried=drawn(f"count(*) {tried}"),
            level=given(drawn(f"{LUCKY}")),
        ),
        note=say(
            "{covered} of all years lie near a named one; {caveat}",
            covered=percent(result("named_coverage_percent")),
            caveat=CAVEAT,
        ),
        until=year(parameter("last_year")),
    )


def coders() -> Words:
    """Agreement of the two coders."""
    alphas = {"scale": _alpha("alpha_posture"), "all": _alpha("alpha_coded_or_not")}
    cells = "FROM drawn WHERE \"table\" = 'cross'"
    readings = "FROM drawn WHERE \"table\" = 'agreement'"
    least, most = (
        f"(SELECT {end}(value) FROM (SELECT kappa AS value {readings} UNION ALL SELECT alpha {readings} UNION"
        f" ALL SELECT alpha_ordinal {readings}))"
        for end in ("min", "max")
    )
    return Words(
        title=choose(
            (
                SCALE_ALONE,
                say(
                    "Two coders agree on the posture ({scale}) but not on which acts to code at all ({all})",
                    **alphas,
                ),
            ),
            otherwise=say(
                "Agreement of two coders beyond chance: {scale} on the posture, {all} on which acts to code",
                **alphas,
            ),
        ),
        subtitle=say(
            "Left: events by first and second code (squares: the coders agree), shocks counted as not coded;"
            " right: agreement beyond chance under {n}",
            n=counted(drawn(f"count(*) {readings}"), "{n} reading", "{n} readings"),
        ),
        caption=say(
            "Both coders are of the same kind, so agreement between people may be lower. Dashed:"
            " Krippendorff's customary limits for tentative ({tentative}) and reliable ({reliable})"
            " conclusions.",
            tentative=given(drawn(f"{TENTATIVE}")),
            reliable=given(drawn(f"{RELIABLE}")),
        ),
        alt=say(
            "Table of first against second codes with {same} of {all} events on the diagonal, and"
            " coefficients from {least} to {most}.",
            same=drawn(f"sum(events) {cells} AND first = second"),
            all=drawn(f"sum(events) {cells}"),
            least=number(drawn(least), 2),
            most=number(drawn(most), 2),
        ),
        note=say(
            "one is perfect agreement, zero what chance gives; {events} events were judged by both",
            events=number(drawn(f"sum(events) {cells}")),
        ),
    )


def sensitivity() -> Words:
    """The likeliest years of a break under other choices."""
    others = "(SELECT count(DISTINCT variant) FROM drawn WHERE variant <> 'as chosen')"

    def chosen(series: str, column: str = "year") -> str:
        return f"(SELECT {column} FROM drawn WHERE series = '{series}' AND variant = 'as chosen')"

    def held(series: str) -> Value:
        same = f"abs(year - {chosen(series)}) <= 1"
        return drawn(f"count(*) FROM drawn WHERE series = '{series}' AND variant <> 'as chosen' AND {same}")

    def near(series: str) -> Told:
        return say(
            "{name} near {year} in {held} of {others}",
            name=SHORT[series],
            year=year(drawn(chosen(series))),
            held=held(series),
            others=drawn(others),
        )

    return Words(
        title=say(
            "Likeliest years hold in {mix} of {others} other choices for posture, {security} for security"
            " use, {domain} for the domain",
            mix=held("mix"),
            others=drawn(others),
            security=held("security-use"),
            domain=held("warfighting"),
        ),
        subtitle=say(
            "Likeliest year of a break under other coders, rows, merged postures and priors (hold: within a"
            " year of the chosen setting's); band: nine tenths of the chance"
        ),
        caption=say(
            "{hollow}“Independent rows only” drops what rests on the five documents alone; dashed: the chosen"
            " setting.",
            hollow=choose(
                ("(SELECT min(any_break_probability) FROM drawn) >= 0.5", say("")),
                otherwise=say("Hollow marks: less than an even chance of any break. "),
            ),
        ),
        alt=say(
            "{panels} over {others} other choices: {near}.",
            panels=counted(drawn("count(DISTINCT series) FROM drawn"), "{n} dot chart", "{n} dot charts"),
            others=drawn(others),
            near=listed([near(series) for series in ("mix", "security-use", "warfighting")]),
        ),
        note=say(
            "the bands are wide: as chosen, nine tenths of the chance for posture reach from {low} to {high},"
            " so that the likeliest year is far from sure",
            low=year(drawn(chosen("mix", "low"))),
            high=year(drawn(chosen("mix", "high"))),
            when=f"{chosen('mix', 'low')} < {chosen('mix', 'high')}",
        ),
        until=year(parameter("last_year")),
    )
