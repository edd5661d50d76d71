"""The words of the question ``radar_horizon``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Choice,
    Sentence,
    Told,
    Words,
    choose,
    counted,
    day,
    drawn,
    given,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

MOSTLY = 90  # percent of what is missing that could explain it
RAYS = choose(
    (
        ":p_rays = 'traced'",
        say("rays traced through the atmosphere of {air}", air=named(parameter("atmosphere"))),
    ),
    otherwise=say(
        "straight rays over {factor} Earth radii", factor=number(parameter("refraction_factor"), 2)
    ),
)


def answer(found: Answer) -> list[Told]:
    return [
        say(
            "{sight} {minutes} {pairs}{explained} {power}{second}",
            sight=_sight(),
            minutes=_minutes(),
            pairs=_pairs(),
            explained=_explained(),
            power=_correlated(),
            second=choose(
                (":second_statements = 0", say("")),
                otherwise=counted(
                    result("second_statements"),
                    " {n} further statement of a capital on the same launch is left out.",
                    " {n} further statements of a capital on the same launch are left out.",
                ),
            ),
        )
    ]


def _correlated() -> Choice:
    values = {
        "rho": number(result("rank_correlation"), 2),
        "p": number(result("permutation_p"), 2),
        "true": given(result("power_at_correlation")),
        "power": result("power_percent"),
        "all": drawn("100"),
    }
    return choose(
        (
            ":permutation_p < 0.05",
            say(
                "Over all pairs the gap goes with the hidden end (rank correlation {rho}, p = {p}); so few"
                " pairs would show a true correlation of {true} only {power} times in {all}.",
                **values,
            ),
        ),
        otherwise=say(
            "Over all pairs the gap goes with the hidden end weakly if at all (rank correlation {rho}, p"
            " = {p}); so few pairs would show a true correlation of {true} only {power} times in {all}.",
            **values,
        ),
    )


def _sight() -> Sentence:
    def told(of: str, height: str) -> dict[str, Told]:
        return {
            "height": named(drawn(f"key FROM json_each(:horizon_km) WHERE key = '{height}'")),
            "km": number(drawn(of.format(height=height))),
        }

    reach = "json_extract(:horizon_km, '$.\"{height}\"')"
    rule = f"{reach} + json_extract(:rule_excess_km, '$.\"{{height}}\"')"
    return say(
        "A radar {radar} m up sees {heights} away ({rays}{rule}).",
        radar=given(parameter("radar_height_m")),
        heights=listed(
            [
                say("a target at {height} from {km} km", **told(reach, "40 km")),
                say("one at {height} from {km} km", **told(reach, "300 km")),
            ]
        ),
        rays=RAYS,
        rule=choose(
            (
                ":p_rays = 'traced'",
                say(
                    "; the 4/3 rule says {low} and {high}",
                    low=told(rule, "40 km")["km"],
                    high=told(rule, "300 km")["km"],
                ),
            ),
            otherwise=say(""),
        ),
    )


def _minutes() -> Sentence:
    return say(
        "On a flight of {range} km toward that radar a glider stays unseen for {glide} of the time from"
        " launch to the end, a ballistic missile for {ballistic}. Minutes gained by a satellite that sees the"
        " launch after {sight} min: **ballistic {b}, depressed {d}, glide {g}** (first sight against first"
        " sight; no alert is timed here).",
        range=given(parameter("range_km")),
        glide=percent(result("unseen_percent", "glide")),
        ballistic=percent(result("unseen_percent", "ballistic")),
        sight=given(parameter("space_sight_minutes")),
        **{name[0]: _gained(name) for name in ("ballistic", "depressed", "glide")},
    )


def _gained(path: str) -> Told:
    return number(result("minutes_gained", path), 1, sign=True)


def _pairs() -> Sentence:
    return say(
        "Of {launches} launches on record up to {newest} both capitals stated a range for {pairs}. In"
        " **{short}** of these Tokyo's range falls short of Seoul's by more than {limit} km, {low} of them at"
        " {apogee} km apogee or less; the reverse happened {reverse}.",
        launches=result("launches_on_record"),
        newest=day(result("newest_launch")),
        pairs=result("pairs"),
        short=result("shortfall_cases"),
        limit=given(parameter("shortfall_km")),
        low=result("shortfall_cases_low"),
        apogee=given(result("low_apogee_km")),
        reverse=counted(result("excess_cases"), "once", "{n} times"),
    )


def _explained() -> Choice:
    return choose(
        (":explained_percent IS NULL", say("")),
        otherwise=say(
            " The horizon of the Japanese radars hides {km} of those flights, **{share}** of what is missing:"
            " line of sight alone {verdict}.",
            km=choose(
                (
                    "json_extract(:hidden_end_km, '$[0]') = json_extract(:hidden_end_km, '$[1]')",
                    say("the last {low} km", low=result("hidden_end_km", 0)),
                ),
                otherwise=say(
                    "the last {low} to {high} km",
                    low=number(result("hidden_end_km", 0), rounded="down"),
                    high=number(result("hidden_end_km", 1), rounded="up"),
                ),
            ),
            share=percent(result("explained_percent")),
            verdict=choose(
                (f":explained_percent >= {MOSTLY}", say("could explain them")),
                otherwise=say("does not explain them"),
            ),
        ),
    )


def line_of_sight() -> Words:
    def of(path: str, column: str) -> str:
        return f"{column} FROM drawn WHERE part = 'first sight' AND path = '{path}'"

    return Words(
        title=say(
            "A glider at {height} km stays hidden from a radar for {glide} of its flight, a ballistic missile"
            " for {ballistic}",
            height=given(parameter("glide_altitude_km")),
            glide=percent(drawn(of("glide", "unseen_percent"))),
            ballistic=percent(drawn(of("ballistic", "unseen_percent"))),
        ),
        subtitle=say(
            "Altitude against ground range; gray: below the line of sight of a radar {radar} m up at the end,"
            " {rays}",
            radar=given(parameter("radar_height_m")),
            rays=RAYS,
        ),
        caption=say(
            "Dots mark first sight; shares are of the time from launch to the end of the flight, the {boost}"
            " min of the boost phase counted as unseen. The ballistic path may leave the picture at the top.",
            boost=given(parameter("boost_minutes")),
        ),
        alt=say(
            "Three paths over a gray region that a radar at the end cannot see: {paths}.",
            paths=listed(
                [
                    say(
                        f"{path} seen after {{seen}} of {{whole}} minutes",
                        seen=number(drawn(of(path, "first_seen_min")), 1),
                        whole=number(drawn(of(path, "flight_min")), 1),
                    )
                    for path in ("ballistic", "depressed", "glide")
                ]
            ),
        ),
        note=say(
            "computed, not observed; the glide is level flight at one speed, a drawing aid and no vehicle;"
            " the radar's power is not modeled."
        ),
    )


def visible_from() -> Words:
    over = drawn("lowest_visible_km FROM drawn WHERE place = 'Pyongyang'")
    return Words(
        title=say(
            "Over Pyongyang no Japanese radar has line of sight below {km} km",
            km=number(over, rounded="down"),
        ),
        subtitle=say(
            "Lowest altitude that any of {japan} (triangles) has in line of sight; squares: {us}, not"
            " counted",
            japan=counted(
                drawn("count(*) FROM drawn WHERE operator = 'JP'"),
                "{n} Japanese surface radar",
                "{n} Japanese surface radars",
            ),
            us=counted(drawn("count(*) FROM drawn WHERE operator = 'US'"), "{n} US radar", "{n} US radars"),
        ),
        caption=say(
            "Geometry only ({rays}), with public site heights. The US sites have no stated height and are not"
            " in the field.",
            rays=RAYS,
        ),
        alt=say(
            "Map of Japan and Korea: the lowest visible altitude rises from {least} km around Japan to {km}"
            " km over Pyongyang.",
            least=number(drawn("min(lowest_visible_km) FROM drawn"), rounded="down"),
            km=number(over, rounded="down"),
        ),
        note=say("line of sight only: no range limit of the radars, no terrain, no ships at sea."),
    )


def reported_gaps() -> Words:
    short = "FROM drawn WHERE shortfall AND hidden_end_km IS NOT NULL"
    return Words(
        title=choose(
            (
                ":explained_percent IS NULL",
                say(
                    "Tokyo's stated ranges never fall short of Seoul's by more than {limit} km on a path on"
                    " record",
                    limit=given(parameter("shortfall_km")),
                ),
            ),
            otherwise=say(
                "The radar horizon accounts for {share} of what Tokyo's ranges lack in {n}",
                share=percent(drawn(f"100.0 * sum(hidden_end_km) / sum(gap_km) {short}")),
                n=counted(drawn(f"count(*) {short}"), "{n} launch", "{n} launches"),
            ),
        ),
        subtitle=say(
            "Range stated by Seoul minus range stated by Tokyo for the same launch; dashed: {limit} km;"
            " diamonds: beyond it",
            limit=given(parameter("shortfall_km")),
        ),
        caption=say(
            "Rank correlation with the hidden end {rho} (one-sided permutation p {p}); a true correlation of"
            " {true} would be found {power} times in {all}. Paths are parabolas through Seoul's apogee and"
            " range.",
            rho=number(result("rank_correlation"), 2),
            p=number(result("permutation_p"), 2),
            true=given(result("power_at_correlation")),
            power=result("power_percent"),
            all=drawn("100"),
        ),
        alt=say(
            "Two scatter plots of the reported range gap of {n}, against apogee and against the hidden end of"
            " the path; {beyond} beyond {limit} km against the line of what the horizon could hide.",
            n=counted(drawn("count(*) FROM drawn"), "{n} launch", "{n} launches"),
            beyond=counted(drawn("count(*) FROM drawn WHERE shortfall"), "{n} gap", "{n} gaps"),
            limit=given(parameter("shortfall_km")),
        ),
        note=say(
            "{n} launches with both ranges; Tokyo rounds its ranges and sometimes states lower bounds.",
            n=result("pairs"),
        ),
    )


def minutes_gained() -> Words:
    def gained(path: str) -> str:
        return f"(SELECT gained_min FROM drawn WHERE path = '{path}' AND assumption = 'as chosen')"

    def told(path: str) -> Sentence:
        return say("{n}", n=number(drawn(f"abs({gained(path)})"), 1))

    latest = "value FROM drawn WHERE assumption = 'space_sight_minutes' AND end = 'high' LIMIT 1"
    return Words(
        title=choose(
            (
                f"{gained('glide')} >= 0 AND {gained('ballistic')} >= 0",
                say(
                    "A satellite sees a glider {glide} minutes before the radar, a ballistic missile"
                    " {ballistic}",
                    glide=told("glide"),
                    ballistic=told("ballistic"),
                ),
            ),
            (
                f"{gained('glide')} < 0 AND {gained('ballistic')} < 0",
                say(
                    "A satellite sees a glider {glide} minutes after the radar, a ballistic missile"
                    " {ballistic}",
                    glide=told("glide"),
                    ballistic=told("ballistic"),
                ),
            ),
            otherwise=say(
                "A satellite gains {glide} minutes of sight on a glider and {ballistic} on a ballistic"
                " missile",
                glide=_gained("glide"),
                ballistic=_gained("ballistic"),
            ),
        ),
        subtitle=say(
            "First sight by radar minus first sight by satellite, minutes; bars: one assumption moved to"
            " either end, all else as chosen"
        ),
        caption=say(
            "Vertical line: the chosen values; dashed: no gain. The satellite's first sight, {sight} min"
            " after launch, is an assumption; its upper end is {latest} min, {which}.",
            sight=given(parameter("space_sight_minutes")),
            latest=named(drawn(latest)),
            which=choose(
                (f"(SELECT {latest}) + 0 = :p_space_sight_minutes", say("the one chosen")),
                otherwise=say("the longest stated"),
            ),
        ),
        alt=say(
            "Two panels of bars: minutes gained as {n} assumptions vary, from {low} to {high} on the glide"
            " and from {least} to {most} on the ballistic path.",
            n=drawn("count(DISTINCT assumption) - 1 FROM drawn"),
            low=number(drawn("min(gained_min) FROM drawn WHERE path = 'glide'"), 1, sign=True),
            high=number(drawn("max(gained_min) FROM drawn WHERE path = 'glide'"), 1, sign=True),
            least=number(drawn("min(gained_min) FROM drawn WHERE path = 'ballistic'"), 1, sign=True),
            most=number(drawn("max(gained_min) FROM drawn WHERE path = 'ballistic'"), 1, sign=True),
        ),
        note=say("no sensor is modeled here; only the satellite's time of first sight is assumed."),
    )
