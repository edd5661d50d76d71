"""The words of the question ``flight_time``."""

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
    month,
    named,
    number,
    parameter,
    result,
    say,
    year,
)

LEFT = "json_extract(:minutes_left, '$.{}')"
AT_DELAYS = "json_extract(:minutes_left_at_record_delays, '$.{}')"
KINDS = {"icbm": "intercontinental", "irbm": "intermediate"}


def answer(found: Answer) -> list[Told]:
    return [
        say(
            "{flight} {left}; {record}. {longer} {timed}{untimed} {alerts}",
            flight=say(
                "A flight of {range} km ({how}) lasts **{bare} minutes** on the ellipse and **{low} to"
                " {high}** with the boost phase.",
                range=given(parameter("range_km")),
                how=choose(
                    (":p_apogee_km IS NULL", say("least speed")),
                    otherwise=say("apogee {km} km", km=given(parameter("apogee_km"))),
                ),
                bare=number(result("flight_minutes", "ellipse"), 1),
                low=number(result("flight_minutes", "with_boost_low"), 1),
                high=number(result("flight_minutes", "with_boost_high"), 1),
            ),
            left=say("An alert {alert} after launch {leaves}", alert=_alert(), leaves=_leaves()),
            record=_at_delays(),
            longer=say(
                "Reported flights last {longer} on average.",
                longer=listed(
                    [
                        say(
                            "{mean} minutes longer than their ellipse for " + name + " missiles ({n})",
                            mean=number(result("residual_minutes_mean", kind), 1),
                            n=counted(
                                drawn(f"json_extract(:residual_flights, '$.{kind}')"),
                                "{n} flight",
                                "{n} flights",
                            ),
                        )
                        for kind, name in KINDS.items()
                    ]
                ),
            ),
            timed=say(
                "Of the launches on record up to {newest} whose apogee and range are known, {timed} ones have"
                " a stated time.",
                newest=day(result("newest_launch")),
                timed=listed(
                    [
                        say(
                            "{timed} of {known} " + name,
                            timed=result("timed_launches", kind, 0),
                            known=result("timed_launches", kind, 1),
                        )
                        for kind, name in KINDS.items()
                    ]
                ),
            ),
            untimed=choose(
                (":statements_without_time = 0", say("")),
                otherwise=counted(
                    result("statements_without_time"),
                    " {n} statement without a time is left out.",
                    " {n} statements without a time are left out.",
                ),
            ),
            alerts=say(
                "Alerts came {a} to {b} minutes after announced launches and {c} to {d} after others.",
                a=result("alert_minutes_announced", 0),
                b=result("alert_minutes_announced", 1),
                c=result("alert_minutes_unannounced", 0),
                d=result("alert_minutes_unannounced", 1),
            ),
        )
    ]


def _alert() -> Told:
    return counted(given(parameter("alert_minutes")), "{n} minute", "{n} minutes")


def _leaves() -> Choice:
    least, most = LEFT.format("least"), LEFT.format("most")
    return choose(
        (
            f"{least} >= 0",
            say(
                "leaves **{least} to {most} minutes**",
                least=number(drawn(least), 1),
                most=number(drawn(most), 1),
            ),
        ),
        (f"{most} > 0", say("leaves **at most {most} minutes**", most=number(drawn(most), 1))),
        otherwise=say(
            "comes **{most} to {least} minutes** too late",
            most=number(drawn(f"-{most}"), 1),
            least=number(drawn(f"-{least}"), 1),
        ),
    )


def _at_delays() -> Choice:
    slow, fast = AT_DELAYS.format("slowest"), AT_DELAYS.format("fastest")
    return choose(
        (f"{fast} <= 0", say("at the delays on record none is left")),
        (
            f"{slow} <= 0",
            say(
                "at the delays on record {fast} minutes after the fastest alert and none after the slowest,"
                " which came {late} minutes too late",
                fast=number(drawn(fast), 1),
                late=number(drawn(f"-{slow}"), 1),
            ),
        ),
        otherwise=say(
            "at the delays on record {slow} minutes after the slowest alert and {fast} after the fastest",
            slow=number(drawn(slow), 1),
            fast=number(drawn(fast), 1),
        ),
    )


def alerts_on_record() -> Words:
    def span(column: str, where: str) -> Choice:
        low, high = (f"{end}({column}) FROM drawn WHERE {where}" for end in ("min", "max"))
        return choose(
            (f"(SELECT {low}) = (SELECT {high})", say("{low}", low=drawn(low))),
            otherwise=say("{low} to {high}", low=drawn(low), high=drawn(high)),
        )

    return Words(
        title=say(
            "J-Alert came {quick} minutes after launches North Korea had announced, {slow} after others",
            quick=span("alert_min", "announced"),
            slow=span("alert_min", "NOT announced"),
        ),
        subtitle=say(
            "Minutes from launch to the first message for the area, {n} from {first} to {last}; triangles:"
            " passage over Japan",
            n=counted(drawn("count(*) FROM drawn"), "{n} alert", "{n} alerts"),
            first=year(drawn("min(event_date) FROM drawn")),
            last=year(drawn("max(event_date) FROM drawn")),
        ),
        caption=say(
            "No triangle: nothing passed over Japan.{seen}",
            seen=choose(
                ("(SELECT count(detection_min) FROM drawn) = 0", say("")),
                otherwise=say(
                    " A satellite report was published for {n}: {after} minutes after launch, the message"
                    " {message} minutes after it.",
                    n=counted(drawn("count(detection_min) FROM drawn"), "one of them", "{n} of them"),
                    after=span("detection_min", "detection_min IS NOT NULL"),
                    message=span("alert_min - detection_min", "detection_min IS NOT NULL"),
                ),
            ),
        ),
        alt=say(
            "Bars by event from launch to alert, in minutes: {bars}.",
            bars=named(drawn("group_concat(printf('%s %.0f', label, alert_min), '; ') FROM drawn")),
        ),
        note=say("clock times are to the minute, so every length is good to a minute either way."),
    )


def warning_budget() -> Words:
    left = "FROM drawn WHERE \"row\" = 'left' AND part = '{}'"
    low, high = (f"to_min - from_min {left.format(end)}" for end in ("least", "most"))
    return Words(
        title=choose(
            (
                f"(SELECT {low}) >= 0",
                say(
                    "An alert after {alert} leaves {low} to {high} minutes of a flight of {range} km",
                    alert=_alert(),
                    low=number(drawn(low), 1),
                    high=number(drawn(high), 1),
                    range=given(parameter("range_km")),
                ),
            ),
            (
                f"(SELECT {high}) > 0",
                say(
                    "An alert after {alert} leaves at most {high} minutes of a flight of {range} km",
                    alert=_alert(),
                    high=number(drawn(high), 1),
                    range=given(parameter("range_km")),
                ),
            ),
            otherwise=say(
                "An alert after {alert} comes too late for a flight of {range} km",
                alert=_alert(),
                range=given(parameter("range_km")),
            ),
        ),
        subtitle=say(
            "Minutes after launch; dark gray: the least that the boost phase adds, hatched: up to the most"
        ),
        caption=say(
            "Detection: {detection} min as stated for {seen}; message: {message} min as stated for {sent};"
            " {rest}.",
            rest=choose(
                (
                    ":p_alert_minutes < json_extract(:detection_minutes_newest, '$.minutes')"
                    " + json_extract(:message_minutes_newest, '$.minutes')",
                    say("together more than the chosen alert time, so they are drawn cut"),
                ),
                otherwise=say("track and prediction take what is left of the chosen alert time"),
            ),
            detection=given(result("detection_minutes_newest", "minutes")),
            seen=year(result("detection_minutes_newest", "year")),
            message=given(result("message_minutes_newest", "minutes")),
            sent=year(result("message_minutes_newest", "year")),
        ),
        alt=say(
            "Bars: flight {low} to {high} minutes, alert after {alert}, left {left}.",
            low=number(drawn("to_min FROM drawn WHERE part = 'boost, least'"), 1),
            high=number(drawn("to_min FROM drawn WHERE part = 'boost, most'"), 1),
            alert=given(parameter("alert_minutes")),
            left=choose(
                (f"(SELECT {high}) <= 0", say("nothing")),
                otherwise=say(
                    "{least} to {most}",
                    least=number(drawn(f"max(0, (SELECT {low}))"), 1),
                    most=number(drawn(high), 1),
                ),
            ),
        ),
        note=say(
            "the links of the chain are single stated values of different years, not one measured chain."
        ),
    )


def left_by_city() -> Words:
    worst = "FROM drawn ORDER BY left_low_min, site, city LIMIT 1"
    one = "(SELECT count(DISTINCT city) FROM drawn) = 1"
    values = {
        "alert": _alert(),
        "city": named(drawn(f"city {worst}")),
        "minutes": choose(
            (
                f"(SELECT left_high_min {worst}) <= 0",
                say("no"),
            ),
            otherwise=say(
                "{low} to {high}",
                low=number(drawn(f"max(0, left_low_min) {worst}"), 1),
                high=number(drawn(f"max(0, left_high_min) {worst}"), 1),
            ),
        ),
    }
    return Words(
        title=choose(
            (
                f"(SELECT max(left_high_min) FROM drawn) <= 0 AND {one}",
                say(
                    "An alert after {alert} comes too late for {city}",
                    alert=values["alert"],
                    city=values["city"],
                ),
            ),
            (
                "(SELECT max(left_high_min) FROM drawn) <= 0",
                say("An alert after {alert} comes too late for every city", alert=_alert()),
            ),
            (
                one,
                say(
                    "With an alert after {alert} the least time left for {city} is {minutes} minutes",
                    **values,
                ),
            ),
            otherwise=say(
                "With an alert after {alert} {city} has least time left: {minutes} minutes", **values
            ),
        ),
        subtitle=say(
            "Minutes from alert to the end of a least-speed flight from North Korea, shortest and longest"
            " boost; darker: more time"
        ),
        caption=say("Distances between public site names and city centers."),
        alt=say(
            "Table of {sites} and {cities} with minutes left: least {low}, most {high}; negative: the alert"
            " comes too late.",
            sites=counted(drawn("count(DISTINCT site) FROM drawn"), "{n} launch site", "{n} launch sites"),
            cities=counted(drawn("count(DISTINCT city) FROM drawn"), "{n} city", "{n} cities"),
            low=number(drawn("min(left_low_min) FROM drawn"), 1),
            high=number(drawn("max(left_high_min) FROM drawn"), 1),
        ),
        note=say("the least-speed flight is neither the shortest nor the longest that a missile can fly."),
    )


def left_by_range() -> Words:
    def at(shape: str) -> Told:
        where = (
            f"WHERE shape = '{shape}' AND range_km = (SELECT max(range_km) FROM drawn WHERE range_km <= 1000)"
        )
        return drawn(f"ellipse_min FROM drawn {where}")

    return Words(
        title=say(
            "At {range} km a flight lasts {low} minutes depressed, {high} lofted, before the boost phase is"
            " added",
            range=number(drawn("max(range_km) FROM drawn WHERE range_km <= 1000")),
            low=at("depressed"),
            high=at("lofted"),
        ),
        subtitle=say(
            "End of flight against range; lines: ellipse, bands: with boost; lofted and depressed: {more} and"
            " {less} times the least-speed apogee",
            more=given(drawn(_factor("lofted"))),
            less=given(drawn(_factor("depressed"))),
        ),
        caption=say("What lies above a dotted line is left after that alert."),
        alt=say(
            "Curves of flight time against range for three shapes with dotted alert delays of {alerts}"
            " minutes.",
            alerts=named(
                drawn(
                    "group_concat(printf('%g', low_min), ', ') FROM (SELECT low_min FROM drawn"
                    " WHERE shape = 'alert' ORDER BY low_min)"
                )
            ),
        ),
        note=say(
            "the boost phase adds {low} to {high} minutes on {flights} with a stated time.{chosen}",
            low=number(result("residual_minutes_range", "irbm", 0), 1, rounded="down"),
            high=number(result("residual_minutes_range", "irbm", 1), 1, rounded="up"),
            flights=counted(
                drawn("json_extract(:residual_flights, '$.irbm')"),
                "the {n} intermediate flight",
                "the {n} intermediate flights",
            ),
            chosen=choose(
                (
                    (
                        ":p_range_km BETWEEN (SELECT min(range_km) FROM drawn) AND (SELECT max(range_km) FROM"
                        " drawn)"
                    ),
                    say(""),
                ),
                otherwise=say(
                    " The chosen flight of {range} km lies beyond the picture.",
                    range=given(parameter("range_km")),
                ),
            ),
        ),
        until=month(drawn("max(event_date) FROM drawn WHERE shape = 'alert'")),
    )


def _factor(shape: str) -> str:
    least = "(SELECT apogee_km FROM drawn WHERE shape = 'least speed' LIMIT 1)"
    return f"round(apogee_km / {least}, 6) FROM drawn WHERE shape = '{shape}' LIMIT 1"


def ellipse_and_clock() -> Words:
    def mean(kind: str) -> Sentence:
        of = f"FROM drawn WHERE missile_class = '{kind}' AND main"
        return say(
            "{mean} minutes over {n}",
            mean=number(drawn(f"avg(residual_min) {of}"), 1),
            n=counted(drawn(f"count(*) {of}"), "{n} flight", "{n} flights"),
        )

    low, high = "min(residual_low_min) FROM drawn", "max(residual_high_min) FROM drawn"
    return Words(
        title=say(
            "North Korea's flights last {low} to {high} minutes longer than the computed ellipse",
            low=number(drawn(low), 1, rounded="down"),
            high=number(drawn(high), 1, rounded="up"),
        ),
        subtitle=say(
            "Reported time minus the ellipse through reported apogee and range; gray: least to most and mean,"
            " one time a flight; bars: two times stated"
        ),
        caption=say(
            "Where a flight has several times, the gray band and the mean take Pyongyang's, which is in"
            " seconds. The boost phase is the main reason for the difference. Sphere that does not turn,"
            " start at full speed on the ground."
        ),
        alt=say(
            "Dots by flight: intercontinental missiles {icbm}, intermediate ones {irbm} on average; all marks"
            " from {low} to {high} minutes.",
            icbm=mean("icbm"),
            irbm=mean("irbm"),
            low=number(drawn(low), 1, rounded="down"),
            high=number(drawn(high), 1, rounded="up"),
        ),
        note=say(
            "times other than Pyongyang's are rounded to minutes, so good to half a minute; that is not"
            " drawn."
        ),
    )
