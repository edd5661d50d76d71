"""The words of the question ``taiwan_connectivity``."""

from spacesec.answers import Answer
from spacesec.regional_cooperation import told_twice as twice
from spacesec.words.sentences import (
    Choice,
    Told,
    Value,
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

TARGET = percent(drawn("100 * :target"), 1)
SATELLITES = counted(parameter("satellites"), "{n} satellite", "{n} satellites")
# The lowest of the inclinations tried at which the agency's number suffices; below it the satellites may not
# pass over Taiwan at all.
LOWEST = "(SELECT min(CAST(key AS REAL)) FROM json_each(:needed_by_inclination) WHERE value <= :wanted)"
FIRST = "(SELECT min(CAST(key AS REAL)) FROM json_each(:needed_by_inclination))"
LAST = "(SELECT max(CAST(key AS REAL)) FROM json_each(:needed_by_inclination))"
REACH = choose(
    (":agency_inclination_deg IS NULL", say("at no inclination tried")),
    (
        f"{LOWEST} > {FIRST} AND {LOWEST} < :agency_inclination_deg",
        say(
            "from {low}° up to an inclination of {high}°",
            low=given(drawn(LOWEST)),
            high=given(result("agency_inclination_deg")),
        ),
    ),
    otherwise=say("up to an inclination of {high}°", high=given(result("agency_inclination_deg"))),
)
SHARE = ":fallback_share_percent"


def answer(found: Answer) -> list[Told]:
    return [
        _coverage(found),
        _cables(),
        _fallback(),
        _together(),
        *_of_file(found),
        *twice.paragraphs(found),
    ]


def _coverage(found: Answer) -> Told:
    low, high = (f"json_extract(:arrangement_range_percent, '$[{end}]')" for end in (0, 1))
    by = [
        say("{count} at {at}°", count=_count(inclination), at=given(drawn(f"CAST('{inclination}' AS REAL)")))
        for inclination in found["needed_by_inclination"]
    ]
    return say(
        "**Coverage.** {satellites} in {planes} (phasing {phasing}, {pattern}, {inclination}°, {altitude} km,"
        " elevation {elevation}°) {are} over central Taiwan {share} of the time; the same number arranged"
        " otherwise gives {range}. For {target}, {fewest}; by inclination: {by}. The planned {planned}"
        " reach {six}."
        " The agency's {wanted} suffice {reach}.",
        satellites=SATELLITES,
        planes=counted(parameter("planes"), "{n} plane", "{n} planes"),
        phasing=parameter("phasing"),
        pattern=named(parameter("pattern")),
        inclination=given(parameter("inclination_deg")),
        altitude=given(parameter("altitude_km")),
        elevation=given(parameter("minimum_elevation_deg")),
        are=counted(parameter("satellites"), "is", "are"),
        share=percent(result("availability_percent"), 1),
        range=choose(
            (f"round({low}) = round({high})", say("{high}", high=percent(drawn(high)))),
            otherwise=say("{low} to {high}", low=percent(drawn(low)), high=percent(drawn(high))),
        ),
        target=TARGET,
        fewest=choose(
            (":satellites_needed IS NULL", say("not even {most} would do", most=result("most"))),
            otherwise=say("{n} would do in the best arrangement", n=result("satellites_needed")),
        ),
        by=listed(by, last=", "),
        planned=result("planned"),
        six=percent(result("planned_six_percent")),
        wanted=result("wanted"),
        reach=REACH,
    )


def _count(inclination: str) -> Choice:
    at = f"json_extract(:needed_by_inclination, '$.\"{inclination}\"')"
    return choose(
        (f"{at} IS NULL", say("more than {most}", most=result("most"))), otherwise=say("{n}", n=drawn(at))
    )


def _cables() -> Told:
    return say(
        "**Cables.** With {cut} of {cables} cut, {left} Tbps are left; the chance that random cuts take"
        " {south} is"
        " {dark}. {failures} The newest fact on the links is of {newest}.",
        cut=parameter("cables_cut"),
        cables=result("cables"),
        left=number(result("capacity_left_tbps")),
        south=THE_SOUTH,
        dark=percent(result("south_dark_percent")),
        failures=_failures(),
        newest=day(result("newest_fact")),
    )


THE_SOUTH = counted(result("southern_landings"), "the south's only landing", "all {n} southern landings")


def _failures() -> Choice:
    """The single failures on record, from the first to the last, and how many a ship is suspected of."""
    return choose(
        ("json_extract(:failures, '$.count') = 0", say("No single failure is on record.")),
        otherwise=say(
            "Of {known} on record, from {first} to {last}, a ship is suspected in {ships}.",
            known=counted(
                drawn("json_extract(:failures, '$.count')"), "{n} single failure", "{n} single failures"
            ),
            first=day(result("failures", "first")),
            last=day(result("failures", "last")),
            ships=result("failures", "ship_suspected"),
        ),
    )


def _fallback() -> Told:
    least, most = (f"(SELECT {end}(value) FROM json_each(:satellite_limit_gbps))" for end in ("min", "max"))
    return say(
        "**Fallback.** At most {gbps} Gbps ({terminals} by terminals, {least} to {most} by satellites):"
        " {share} of"
        " the cables, the peak traffic of {people} people as on Matsu. Left out: gateways, spectrum, beams"
        " shared with"
        " neighbors, rain, jamming, and whether a foreign operator consents.",
        gbps=number(result("fallback_gbps"), 1, "up"),
        terminals=number(result("terminal_limit_gbps"), 1),
        least=number(drawn(least), 1, "down"),
        most=number(drawn(most), 1, "up"),
        share=_at_most(),
        people=result("fallback_people"),
    )


def _at_most() -> Choice:
    """The share that comes back, as a bound with two digits or three, rounded up."""
    return choose(
        (f"{SHARE} = 0", say("nothing")),
        (f"{SHARE} < 0.001", say("less than {least}", least=percent(drawn("0.001"), 3))),
        (f"{SHARE} < 0.01", _up(4)),
        (f"{SHARE} < 0.1", _up(3)),
        (f"{SHARE} < 1", _up(2)),
        otherwise=_up(1),
    )


def _up(digits: int) -> Told:
    return say("{share}", share=percent(result("fallback_share_percent"), digits, "up"))


def _together() -> Told:
    gates = "FROM json_each(:gateway_percent) WHERE key <> 'none needed' ORDER BY value DESC LIMIT 1"
    return say(
        "**Together.** Without links between satellites, a gateway at {gate} would carry Taipei {share} of"
        " the time."
        " The same network would be over Naha {naha} and over Tokyo {tokyo} of the time.",
        gate=named(drawn(f"key {gates}")),
        share=percent(drawn(f"value {gates}")),
        naha=percent(result("reader_percent", "Naha")),
        tokyo=percent(result("reader_percent", "Tokyo")),
    )


def _of_file(found: Answer) -> list[Told]:
    """The real network of a file of the reader's own, where there is one."""
    if "elements_file" not in found.results:
        return []
    gates = "FROM json_each(:file_gateway_percent) ORDER BY value DESC LIMIT 1"
    return [
        say(
            "**Real network.** At least one of the {n} of the file {file} is over central Taiwan {share} of a"
            " day, and {mean} on average; without links between satellites the best gateway, at {gate}, would"
            " carry Taipei {carried} of the time. Sets more than {limit} days older than the newest are left"
            " out. Where a real network may serve cannot be read from its orbits.",
            n=counted(result("file_satellites"), "{n} satellite", "{n} satellites"),
            file=named(result("elements_file", "name")),
            share=percent(result("file_percent", "central Taiwan"), 1),
            mean=number(result("file_mean_in_view"), 1),
            gate=named(drawn(f"key {gates}")),
            carried=percent(drawn(f"value {gates}")),
            limit=result("file_limit_days"),
        )
    ]


def needed() -> Words:
    def at(inclination: str) -> Value:
        return drawn(
            f"min(satellites) FROM drawn WHERE inclination_deg = {inclination} AND best >= 100 * :target"
        )

    def some(inclination: str) -> Choice:
        return choose(
            (f"(SELECT {at(inclination).origin['sql']}) IS NULL", say("more than are drawn")),
            otherwise=say("{n}", n=at(inclination)),
        )

    low, high = (f"(SELECT {end}(inclination_deg) FROM drawn)" for end in ("min", "max"))
    return Words(
        title=say(
            "The {wanted} satellites Taiwan's agency wants suffice {reach}; at {low}° it takes {few}",
            wanted=result("wanted"),
            reach=REACH,
            low=given(drawn(low)),
            few=some(low),
        ),
        subtitle=say(
            "Time with a satellite above {elevation}° over central Taiwan in %, best arrangement of each"
            " number;"
            " {pattern} patterns at {altitude} km; a line for each inclination",
            elevation=given(parameter("minimum_elevation_deg")),
            pattern=named(parameter("pattern")),
            altitude=given(parameter("altitude_km")),
        ),
        caption=say(
            "Lines: the best arrangement of each number; large marks: the fewest"
            " that reach"
            " {target}. At {high}° it takes {many}.",
            target=TARGET,
            high=given(drawn(high)),
            many=some(high),
        ),
        alt=say(
            "Lines of {count} by number of satellites. With {wanted} satellites: {shares}.",
            count=counted(
                drawn("count(DISTINCT inclination_deg) FROM drawn"), "{n} inclination", "{n} inclinations"
            ),
            wanted=result("wanted"),
            shares=named(
                drawn(
                    "group_concat(printf('%.1f%% at %g°', best, inclination_deg), ', ') FROM (SELECT *"
                    " FROM drawn"
                    " WHERE satellites = :wanted ORDER BY inclination_deg)"
                )
            ),
        ),
        note=say(
            "a satellite in view is not yet capacity; no inclination of the agency's was found; target"
            " {target} of the"
            " time.",
            target=TARGET,
        ),
    )


def ladder(unknown: int) -> Words:
    last = "FROM drawn WHERE cables_cut = (SELECT max(cables_cut) FROM drawn)"
    shared = (
        say(
            "Cables at landings without a printed number are shared as evenly as can be, which is an"
            " assumption. "
        )
        if unknown
        else say("")
    )
    return Words(
        title=choose(
            (
                f"{SHARE} = 0",
                say("When all {n} cables are cut nothing comes back by satellite", n=_all_cut()),
            ),
            (
                f"{SHARE} < 0.001",
                say(
                    "When all {n} cables are cut {share} comes back by satellite",
                    n=_all_cut(),
                    share=_at_most(),
                ),
            ),
            otherwise=say(
                "When all {n} cables are cut, at most {share} of the capacity comes back by satellite",
                n=_all_cut(),
                share=_at_most(),
            ),
        ),
        subtitle=say(
            "International capacity left in Tbps, with the upper bound of the satellites; right: chances"
            " in % for random"
            " cuts and for the smallest landings cut first"
        ),
        caption=say(
            "Total capacity is a published lower bound shared equally. {shared}Satellite bound: the"
            " smaller of"
            " {terminals} Gbps by terminals and {most} Gbps by {satellites}, their mean number in view"
            " times published"
            " mean rates. Gateways, spectrum and consent are left out.",
            shared=shared,
            terminals=number(result("terminal_limit_gbps"), 1, rounded="up"),
            most=number(drawn("(SELECT max(value) FROM json_each(:satellite_limit_gbps))"), 1, rounded="up"),
            satellites=SATELLITES,
        ),
        alt=say(
            "Bars of capacity falling from {full} Tbps with no cable cut to {none} with {all} cut; the"
            " satellites' bound"
            " of {fallback} Gbps is too thin to see. Right: the chance that {south} goes dark is {dark} at"
            " {chosen}"
            " cut.",
            full=number(drawn("capacity_tbps FROM drawn WHERE cables_cut = 0"), 0),
            none=number(drawn(f"capacity_tbps {last}"), 0),
            all=_all_cut(),
            fallback=number(drawn("1000 * max(fallback_tbps) FROM drawn"), 1, "up"),
            south=THE_SOUTH,
            dark=percent(drawn("100 * south_dark FROM drawn WHERE cables_cut = :p_cables_cut")),
            chosen=parameter("cables_cut"),
        ),
        note=say(
            "every satellite number is an upper bound; all internet users at Matsu's peak traffic would"
            " need {need}"
            " Tbps.",
            need=number(drawn("max(need_tbps) FROM drawn"), 1),
        ),
    )


def _all_cut() -> Value:
    return drawn("max(cables_cut) FROM drawn")


def constellation() -> Words:
    def extreme(order: str) -> dict[str, Told]:
        row = f"FROM drawn WHERE satellites_needed IS NOT NULL ORDER BY satellites_needed {order} LIMIT 1"
        return {
            "n": drawn(f"satellites_needed {row}"),
            "km": given(drawn(f"altitude_km {row}")),
            "up": given(drawn(f"minimum_elevation_deg {row}")),
            "at": given(drawn(f"inclination_deg {row}")),
        }

    beyond = "(SELECT count(*) > count(satellites_needed) FROM drawn)"
    few, many = (
        say("{n} satellites ({km} km, above {up}°, inclination {at}°)", **extreme(order))
        for order in ("ASC", "DESC")
    )
    return Words(
        title=choose(
            (
                "(SELECT count(satellites_needed) FROM drawn) = 0",
                say("No number up to {most} suffices in any case drawn", most=result("most")),
            ),
            (
                beyond,
                say(
                    "From {few} satellites to more than {most}: altitude, elevation and inclination decide",
                    few=extreme("ASC")["n"],
                    most=result("most"),
                ),
            ),
            (
                "(SELECT min(satellites_needed) = max(satellites_needed) FROM drawn)",
                say("It takes {n} satellites in every case drawn", n=extreme("ASC")["n"]),
            ),
            otherwise=say(
                "From {few} to {many} satellites: altitude, elevation and inclination decide",
                few=extreme("ASC")["n"],
                many=extreme("DESC")["n"],
            ),
        ),
        subtitle=say(
            "Fewest satellites for {target} over central Taiwan, best {pattern} pattern, by altitude"
            " (panels),"
            " inclination and lowest elevation (colors)",
            target=TARGET,
            pattern=named(parameter("pattern")),
        ),
        caption=choose(
            (
                "(SELECT count(satellites_needed) FROM drawn) = 0",
                say("No inclination or elevation of the agency's was found."),
            ),
            otherwise=say(
                "Fewest: {few}; most{found}: {many}. Changing one thing alone, the number differs by a factor"
                " of up to {altitude} with altitude, {elevation} with elevation and {inclination} with"
                " inclination. No inclination or elevation of the agency's was found; its {wanted} suffice in"
                " {suffice} of {all} cases drawn.",
                few=few,
                found=choose((beyond, say(" found")), otherwise=say("")),
                many=many,
                altitude=_factor("altitude_km"),
                elevation=_factor("minimum_elevation_deg"),
                inclination=_factor("inclination_deg"),
                wanted=result("wanted"),
                suffice=drawn("count(*) FROM drawn WHERE satellites_needed <= :wanted"),
                all=drawn("count(*) FROM drawn"),
            ),
        ),
        alt=say(
            "Marks in {panels}, {known} in all from {few} to {many} satellites{beyond}.",
            panels=counted(
                drawn("count(DISTINCT altitude_km) FROM drawn"), "{n} panel", "{n} panels by altitude"
            ),
            known=drawn("count(satellites_needed) FROM drawn"),
            few=drawn("coalesce(min(satellites_needed), 0) FROM drawn"),
            many=drawn("coalesce(max(satellites_needed), 0) FROM drawn"),
            beyond=choose(
                ("(SELECT count(*) - count(satellites_needed) FROM drawn) = 0", say("")),
                otherwise=say(
                    "; {n} more take over {most}",
                    n=drawn("count(*) - count(satellites_needed) FROM drawn"),
                    most=result("most"),
                ),
            ),
        ),
        note=say("coverage only, always in the best arrangement searched; capacity would need more."),
    )


def _factor(column: str) -> Value:
    others = [name for name in ("altitude_km", "minimum_elevation_deg", "inclination_deg") if name != column]
    same = " AND ".join(f"a.{name} = b.{name}" for name in others)
    return number(
        drawn(
            f"max(1.0 * a.satellites_needed / b.satellites_needed) FROM drawn AS a JOIN drawn AS b ON {same}"
        ),
        1,
    )


def trap() -> Words:
    """Every arrangement of the same number of satellites."""
    low, high = (f"(SELECT {end}(availability_percent) FROM drawn)" for end in ("min", "max"))
    least, most = percent(drawn(low)), percent(drawn(high))
    return Words(
        title=choose(
            (
                f"{high} - {low} >= 1",
                say(
                    "The same {satellites} give {low} or {high}: what counts is how they are arranged",
                    satellites=SATELLITES,
                    low=least,
                    high=most,
                ),
            ),
            otherwise=say(
                "However arranged, {gives} {high}",
                gives=counted(parameter("satellites"), "{n} satellite gives", "{n} satellites give"),
                high=most,
            ),
        ),
        subtitle=say(
            "Time with a satellite in view over central Taiwan under every arrangement of {satellites} at"
            " {inclination}°, {altitude} km, above {elevation}°; a circle is one phasing",
            satellites=SATELLITES,
            inclination=given(parameter("inclination_deg")),
            altitude=given(parameter("altitude_km")),
            elevation=given(parameter("minimum_elevation_deg")),
        ),
        caption=say(
            "The mean number in view, {mean}, is the same for all; badly phased planes bunch their satellites"
            " and leave gaps. Marks are spread sideways only to be told apart.",
            mean=number(result("mean_in_view"), 2),
        ),
        alt=say(
            "Columns of circles for {planes} of planes, {range}.",
            planes=counted(drawn("count(DISTINCT planes) FROM drawn"), "{n} number", "{n} numbers"),
            range=choose(
                (f"{high} - {low} >= 1", say("between {low} and {high}", low=least, high=most)),
                otherwise=say("all near {high}", high=most),
            ),
        ),
        note=say("a satellite in view is not yet capacity; geometry of circular orbits, without outages."),
    )


def together(true_latitude_deg: float, gateway_elevation_deg: float) -> Words:
    """Which gateway could carry Taipei, and who else the network covers; the map is true to scale along this
    latitude.
    """
    gates, readers = "FROM drawn WHERE panel = 'gateway'", "FROM drawn WHERE panel = 'reader'"
    best = f"(SELECT max(percent) {gates})"
    at_best = f"{gates} AND percent > {best} - 1e-6"
    names = f"(SELECT group_concat(place, ' or ') FROM (SELECT place {at_best} ORDER BY distance_km))"

    def over(order: str) -> dict[str, Told]:
        row = f"{readers} ORDER BY chosen {order}, rowid LIMIT 1"
        return {
            "place": named(drawn(f"place {row}")),
            "share": percent(drawn(f"chosen {row}")),
        }

    return Words(
        title=choose(
            (f"{best} <= 0", say("None of the gateways drawn would carry Taipei")),
            (
                f"(SELECT count(*) {at_best}) = 1",
                say(
                    "A gateway at {name} would carry Taipei {share} of the time, more than any other drawn",
                    name=named(drawn(names)),
                    share=percent(drawn(best)),
                ),
            ),
            otherwise=say(
                "A gateway at {names} would carry Taipei {share} of the time",
                names=named(drawn(names)),
                share=percent(drawn(best)),
            ),
        ),
        subtitle=say(
            "{satellites} in {planes}, {inclination}°, {altitude} km, no links between satellites; left:"
            " share of the day on which a satellite over Taipei also sees the gateway; right: whom the same"
            " network serves",
            satellites=SATELLITES,
            planes=counted(parameter("planes"), "{n} plane", "{n} planes"),
            inclination=given(parameter("inclination_deg")),
            altitude=given(parameter("altitude_km")),
        ),
        caption=say(
            "Terminals see above {elevation}°, gateways above {gateway}°. The width of an arc is its share."
            " Right: planned and doubled networks in their best arrangement; hollow marks are not flying."
            " Map: equirectangular, true to scale along {latitude}° N.",
            elevation=given(parameter("minimum_elevation_deg")),
            gateway=given(drawn(f"{gateway_elevation_deg:g}")),
            latitude=given(drawn(f"{true_latitude_deg:g}")),
        ),
        alt=say(
            "Map of arcs from Taipei to {gates} ({shares}); dot plot of coverage of {places}, from {low} at"
            " {low_place} to {high} at {high_place}.",
            gates=counted(drawn(f"count(*) {gates}"), "{n} gateway", "{n} gateways"),
            shares=named(drawn(f"group_concat(printf('%s %.0f%%', place, percent), ', ') {gates}")),
            places=counted(drawn(f"count(*) {readers}"), "{n} place", "{n} places"),
            low=over("ASC")["share"],
            low_place=over("ASC")["place"],
            high=over("DESC")["share"],
            high_place=over("DESC")["place"],
        ),
        note=say(
            "geometry only: whether a neighbor would lend a gateway is not known; no inclination of the"
            " agency's was found."
        ),
    )
