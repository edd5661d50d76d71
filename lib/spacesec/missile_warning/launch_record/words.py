"""The words of the question ``launch_record``."""

from spacesec.answers import Answer
from spacesec.missile_warning.launch_record.model import TYPES
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    begun_within,
    choose,
    counted,
    day,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    within,
    year,
)

SALVOS = 1.5  # variance over mean of launches a year above which they are said to come in salvos


# Launches of some types only are told as such.
CHOSEN = choose(
    (f"json_array_length(:p_types) < {len(TYPES)}", say(" of the chosen types")), otherwise=say("")
)


def _years() -> Choice:
    return within(parameter("start_year"), parameter("end_year"))


def left_out() -> Choice:
    """The sentence on the launches of a year that is not over; nothing where none is left out."""

    def of(name: str) -> str:
        return f"json_extract(:open_year, '$.{name}')"

    over = counted(drawn(of("overflights")), "{n} passage over Japan", "{n} passages over Japan")
    falls = counted(
        drawn(of("eez_falls")),
        "{n} fall inside its exclusive economic zone",
        "{n} falls inside its exclusive economic zone",
    )
    among = choose(
        (
            f"{of('overflights')} > 0 AND {of('eez_falls')} > 0",
            say(" with {both}", both=listed([over, falls])),
        ),
        (f"{of('overflights')} > 0", say(" with {over}", over=over)),
        (f"{of('eez_falls')} > 0", say(" with {falls}", falls=falls)),
        otherwise=say(""),
    )
    return choose(
        (":open_year IS NULL", say("")),
        otherwise=say(
            " {launches} of {year}{among} {are} left out: the year is not over on record, which ends on"
            " {ends}.",
            launches=counted(drawn(of("launches")), "{n} launch", "{n} launches"),
            year=year(drawn(of("ends"))),
            among=among,
            are=_are(of("launches")),
            ends=day(drawn(of("ends"))),
        ),
    )


def _are(count: str) -> Choice:
    return choose((f"{count} = 1", say("is")), otherwise=say("are"))


def answer(found: Answer) -> list[Told]:
    return [
        say(
            "{count}{waiting}; **{over}** passed over Japan and **{falls}** fell inside its exclusive"
            " economic zone.{tempo}{salvos} {known}{left_out}{periods}",
            count=say(
                "{years} the record holds **{launches}**{chosen} on {days}",
                chosen=CHOSEN,
                years=begun_within(parameter("start_year"), parameter("end_year")),
                launches=counted(result("launches"), "{n} launch", "{n} launches"),
                days=counted(result("launch_days"), "{n} date", "{n} dates"),
            ),
            waiting=choose(
                (":preliminary_launches = 0", say("")),
                otherwise=say(", {n} of them preliminary", n=result("preliminary_launches")),
            ),
            over=result("overflights"),
            falls=counted(result("eez_falls"), "{n} missile", "{n} missiles"),
            tempo=choose(
                (":tempo_ratio IS NULL", say("")),
                otherwise=say(
                    " A year under Kim Jong Un had **{ratio} times** as many launch days as one under Kim"
                    " Jong Il ({interval}).",
                    ratio=number(result("tempo_ratio", 0), 1),
                    interval=choose(
                        (
                            # NULL where either limit is.
                            "json_extract(:tempo_ratio, '$[1]') + json_extract(:tempo_ratio, '$[2]') IS NULL",
                            say("too few years with any for an interval"),
                        ),
                        otherwise=say(
                            "95%: {low} to {high}, as days of a year hang together",
                            low=number(result("tempo_ratio", 1), 1),
                            high=number(result("tempo_ratio", 2), 1),
                        ),
                    ),
                ),
            ),
            salvos=_salvos(),
            known=say(
                "Apogee and range are both on record for {both} of {all}.",
                both=result("both_known"),
                all=counted(result("launches"), "{n} launch", "{n} launches"),
            ),
            left_out=left_out(),
            periods=choose(
                (":second_periods = 0", say("")),
                otherwise=counted(
                    result("second_periods"),
                    " {n} further period of a leader who has one already is left out.",
                    " {n} further periods of a leader who has one already are left out.",
                ),
            ),
        )
    ]


def _salvos() -> Choice:
    scatter = number(result("dispersion"), 1)
    return choose(
        # A handful of launches cannot tell.
        (f":dispersion IS NULL OR (:dispersion > {SALVOS} AND :launches < 5)", say("")),
        (
            f":dispersion > {SALVOS} AND :launch_days = :launches",
            say(
                " No two launches fell on one date, and yet the years scatter far more than single launches"
                " at random would (variance over mean {scatter}).",
                scatter=scatter,
            ),
        ),
        (
            f":dispersion > {SALVOS}",
            say(
                " Launches come in salvos (variance over mean {scatter}), so years scatter far more than"
                " single launches at random would.",
                scatter=scatter,
            ),
        ),
        otherwise=say(
            " The years do not scatter more than single launches at random would (variance over mean"
            " {scatter}).",
            scatter=scatter,
        ),
    )


def tempo() -> Words:
    def rate(leader: str) -> Choice:
        sql = f"launches_per_year FROM drawn WHERE leader = '{leader}'"
        least = f"(SELECT {sql}) > 0 AND (SELECT {sql}) < 0.05"
        return choose(
            (least, say("{n}", n=number(drawn(sql), 2))), otherwise=say("{n}", n=number(drawn(sql), 1))
        )

    first, second = "Kim Jong Il", "Kim Jong Un"
    bands = "(SELECT count(*) FROM drawn WHERE low IS NOT NULL AND high IS NOT NULL) > 0"
    return Words(
        title=choose(
            (
                f"(SELECT count(launches_per_year) FROM drawn WHERE leader IN ('{first}', '{second}')) = 2",
                say(
                    f"North Korea launched {{after}} missiles{{chosen}} a year under {second}, {{before}}"
                    f" under {first}",
                    chosen=CHOSEN,
                    after=rate(second),
                    before=rate(first),
                ),
            ),
            otherwise=say(
                "North Korea made {launches}{chosen} on {days} {years}",
                chosen=CHOSEN,
                launches=counted(drawn("sum(launches) FROM drawn"), "{n} launch", "{n} launches"),
                days=counted(result("launch_days"), "{n} date", "{n} dates"),
                years=_years(),
            ),
        ),
        subtitle=say(
            "Launches a year by type, {years}; lines: mean by leader{bands}",
            years=_years(),
            bands=choose(
                (bands, say(", gray bands: 95% interval, launches of a year hanging together")),
                otherwise=say(""),
            ),
        ),
        caption=say(
            "Missiles that can carry half a tonne three hundred kilometers; no artillery, no cruise"
            " missiles.{left_out}{held}",
            left_out=left_out(),
            held=choose(
                (
                    bands,
                    say(
                        " Over cases drawn by lot, {low} to {high} of such intervals held the truth.",
                        low=percent(result("interval_coverage_percent", 0)),
                        high=percent(result("interval_coverage_percent", 1)),
                    ),
                ),
                otherwise=say(""),
            ),
        ),
        alt=say(
            "Stacked bars of launches a year, {launches} in all, the most in {year}; means by leader:"
            " {means}.",
            launches=drawn("sum(launches) FROM drawn"),
            year=named(
                drawn(
                    "group_concat(year, ', ') FROM (SELECT year, sum(launches) AS n, max(sum(launches)) OVER"
                    " () AS most FROM drawn WHERE leader IS NULL GROUP BY year ORDER BY year) WHERE n = most"
                )
            ),
            means=named(
                drawn(
                    "coalesce(group_concat(printf('%s %.1f', leader, launches_per_year), ', '), 'none') FROM"
                    " drawn WHERE leader IS NOT NULL"
                )
            ),
        ),
        note=say(
            "launches of one salvo each count; {known} of type unknown, {preliminary} preliminary (dashed).",
            known=drawn("coalesce(sum(launches), 0) FROM drawn WHERE \"group\" = 'type unknown'"),
            preliminary=result("preliminary_launches"),
        ),
    )


def japan_events() -> Words:
    over, falls = (f"count(*) FROM drawn WHERE event = '{kind}'" for kind in ("overflight", "eez_fall"))
    return Words(
        title=say(
            "{over}{chosen} passed over Japan, {falls} fell inside its exclusive economic zone",
            chosen=CHOSEN,
            over=counted(drawn(over), "{n} North Korean launch", "{n} North Korean launches"),
            falls=counted(drawn(falls), "{n} missile", "{n} missiles"),
        ),
        subtitle=say(
            "Missiles a year, {years}; hollow: counted by the government, but which of the salvo is not"
            " stated",
            years=_years(),
        ),
        caption=say("Each mark is one missile with its own source."),
        alt=say(
            "Marks a year: {over} over Japan above, {falls} in its exclusive economic zone below; {unsure}"
            " hollow.",
            over=drawn(over),
            falls=drawn(falls),
            unsure=drawn("count(*) FROM drawn WHERE which_missile <> 'identified'"),
        ),
        note=say("a passage in space and one in the air are counted alike."),
    )


def paths() -> Words:
    crossing, falls = "FROM drawn WHERE kind = 'overflight'", "FROM drawn WHERE kind = 'eez_fall'"
    south = f"(SELECT count(*) {crossing} AND bearing_deg > 135)"  # the others go east, over the north
    every = f"(SELECT count(*) {crossing})"
    return Words(
        title=choose(
            (
                f"{south} > 0 AND {south} < {every}",
                say(
                    "{all}{chosen} crossed Japan, {north} in the far north and {south} over Okinawa",
                    chosen=CHOSEN,
                    all=counted(drawn(every), "{n} North Korean launch", "{n} North Korean launches"),
                    north=drawn(f"{every} - {south}"),
                    south=drawn(south),
                ),
            ),
            otherwise=say(
                "{all}{chosen} with a known bearing crossed Japan",
                chosen=CHOSEN,
                all=counted(drawn(every), "{n} North Korean launch", "{n} North Korean launches"),
            ),
        ),
        subtitle=say(
            "Ends computed from site, reported bearing and reported range; orange arcs: great circles of"
            " launches over Japan"
        ),
        caption=say(
            "{missing}{beyond}",
            missing=choose(
                (":launches_without_path = 0", say("Every launch chosen has both bearing and range.")),
                otherwise=say(
                    "{missing} without bearing or range {are} not drawn.",
                    missing=counted(result("launches_without_path"), "{n} launch", "{n} launches"),
                    are=_are(":launches_without_path"),
                ),
            ),
            beyond=choose(
                ("(SELECT count(*) FROM drawn WHERE NOT on_map) = 0", say("")),
                otherwise=counted(
                    drawn("count(*) FROM drawn WHERE NOT on_map"),
                    " {n} end beyond the edge of the map.",
                    " {n} ends beyond the edge of the map.",
                ),
            ),
        ),
        alt=say(
            "Map of the north-west Pacific with {arcs} over Japan, {inside} inside its exclusive economic"
            " zone and {others}.",
            arcs=counted(drawn(f"count(*) {crossing}"), "{n} arc", "{n} arcs"),
            inside=counted(drawn(f"count(*) {falls}"), "{n} end", "{n} ends"),
            others=counted(
                drawn("count(*) FROM drawn WHERE kind = 'other'"), "{n} other end", "{n} other ends"
            ),
        ),
        note=say(
            "ends are computed, not observed: bearings are rounded, and a fall inside the zone is drawn where"
            " the arithmetic puts it."
        ),
    )


def apogee_and_range() -> Words:
    def shaped(shape: str) -> Told:
        return drawn(f"count(*) FROM drawn WHERE shape = '{shape}'")

    both = "FROM drawn WHERE apogee_km IS NOT NULL AND range_km IS NOT NULL"
    known = f"count(*) {both}"
    path = choose(
        (f"(SELECT shape {both}) = 'flatter'", say("much lower than")),
        (f"(SELECT shape {both}) = 'steeper'", say("much higher than")),
        otherwise=say("near"),
    )
    return Words(
        title=choose(
            (
                f"(SELECT {known}) = 0",
                say("No launch {years} has both apogee and range on record", years=_years()),
            ),
            (
                f"(SELECT {known}) = 1",
                say(
                    "The one launch{chosen} {years} with apogee and range on record flew {path} the easiest"
                    " path to its range",
                    chosen=CHOSEN,
                    years=_years(),
                    path=path,
                ),
            ),
            otherwise=say(
                "Of {known}{chosen} {flat} flew much lower than the easiest path to their range, {steep} much"
                " higher",
                chosen=CHOSEN,
                known=counted(drawn(known), "{n} flight", "{n} flights"),
                flat=shaped("flatter"),
                steep=shaped("steeper"),
            ),
        ),
        subtitle=say(
            "Recorded apogee against ground range (logarithmic); line: the path that needs least speed; ticks"
            " at the edges: only one of the two is on record"
        ),
        caption=say(
            "Much lower: below three quarters of the apogee of the path of least speed; much higher: above"
            " one and a half times."
        ),
        alt=say(
            "Scatter of {known} with apogee and range around the curve of least speed: {flat} much lower,"
            " {steep} much higher.",
            known=counted(drawn(known), "{n} launch", "{n} launches"),
            flat=shaped("flatter"),
            steep=shaped("steeper"),
        ),
        note=say(
            "neither is on record for {neither} of {all}; figures mix Japanese, South Korean and North Korean"
            " statements.",
            neither=drawn("count(*) FROM drawn WHERE apogee_km IS NULL AND range_km IS NULL"),
            all=counted(drawn("count(*) FROM drawn"), "{n} launch", "{n} launches"),
        ),
    )


UNPROVEN = "low <= 1 OR low IS NULL"  # a way of counting whose interval does not exclude an unchanged tempo


def tempo_by_count() -> Words:
    return Words(
        title=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("The chosen launches let no two leaders be compared")),
            (
                f"(SELECT min(ratio) FROM drawn) > 1 AND (SELECT count(*) FROM drawn WHERE {UNPROVEN}) > 0",
                say(
                    "{proven} of {ways} counts prove a rise under Kim Jong Un; launches came {low} to {high}"
                    " times as often",
                    proven=drawn(f"count(*) FROM drawn WHERE NOT ({UNPROVEN})"),
                    ways=drawn("count(*) FROM drawn"),
                    low=number(drawn("min(ratio) FROM drawn"), rounded="down"),
                    high=number(drawn("max(ratio) FROM drawn"), rounded="up"),
                ),
            ),
            (
                "(SELECT min(ratio) FROM drawn) > 1",
                say(
                    "However counted, launches came {low} to {high} times as often under Kim Jong Un as under"
                    " Kim Jong Il",
                    low=number(drawn("min(ratio) FROM drawn"), rounded="down"),
                    high=number(drawn("max(ratio) FROM drawn"), rounded="up"),
                ),
            ),
            otherwise=say("Whether launches became more frequent depends on how they are counted"),
        ),
        subtitle=say(
            "Ratio of launches{chosen} or launch days a year with 95% interval, by way of counting; diamond:"
            " the way that the answer uses",
            chosen=CHOSEN,
        ),
        caption=say("A faster tempo under one leader is a fact about the record, not its cause."),
        alt=say(
            "Dots with intervals: {dots}.",
            dots=named(
                drawn("coalesce(group_concat(printf('%s %.1f', counted, ratio), '; '), 'none') FROM drawn")
            ),
        ),
        note=choose(
            (
                "(SELECT count(*) FROM drawn) = 0",
                say("the years before or after lack launches or a leader."),
            ),
            otherwise=say(
                "the intervals let launches of one year hang together; under Kim Jong Il there are"
                " {days}.{open}",
                open=choose(
                    (
                        f"(SELECT count(*) FROM drawn WHERE {UNPROVEN}) = 0",
                        say(""),
                    ),
                    otherwise=say(
                        " No rise is proven by: {ways}.",
                        ways=named(drawn(f"group_concat(counted, '; ') FROM drawn WHERE {UNPROVEN}")),
                    ),
                ),
                days=counted(
                    drawn("min(before) FROM drawn"), "as few as {n} launch day", "as few as {n} launch days"
                ),
            ),
        ),
        until=year(parameter("end_year")),
    )
