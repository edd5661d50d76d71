"""The words of the question ``situational_awareness``."""

from spacesec.answers import Answer
from spacesec.space_systems.situational_awareness.model import PARTNERS, US
from spacesec.words.sentences import (
    Choice,
    Sentence,
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    given,
    listed,
    month,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

FOCUS = given(result("focus_deg"))
BAND = {"from_km": number(result("crossed_km", 0)), "to_km": number(result("crossed_km", 1))}
LEAST = given(parameter("minimum_elevation_deg"))
FEWEST = "json_array_length(:us_telescopes)"  # of US telescopes, none where all are taken away
APART = 1.5  # factor between areas to mass asked for, above which density is not what misfits
LAST = "max(snapshot_date) FROM drawn WHERE objects IS NOT NULL"


def _kept(family: str, digits: int = 0) -> Value:
    """Share of a family's highest count that is left in the last snapshot, %."""
    rows = f"FROM drawn WHERE family = '{family}'"
    last = f"(SELECT objects {rows} ORDER BY snapshot_date DESC LIMIT 1)"
    return percent(drawn(f"100.0 * {last} / max(objects) {rows}"), digits)


def _objects(family: str, order: str) -> Value:
    return number(drawn(f"objects FROM drawn WHERE family = '{family}' ORDER BY {order} LIMIT 1"))


FAMILIES = Words(
    title=say(
        "FENGYUN 1C keeps {fengyun} of its peak count in {year}, Iridium 33 {iridium}, Cosmos 1408 {low}",
        year=year(drawn(LAST)),
        fengyun=_kept("fengyun-1c"),
        iridium=_kept("iridium-33"),
        low=_kept("cosmos-1408", 1),
    ),
    subtitle=say(
        "Objects with element sets in archived catalog snapshots, by the parent's designator, {first} to"
        " {last}; log scale",
        first=year(drawn("min(snapshot_date) FROM drawn WHERE objects IS NOT NULL")),
        last=month(drawn(LAST)),
    ),
    caption=say(
        "Height is not all that counts: the clouds of Cosmos 2251 and Iridium 33 began in one collision and"
        " keep {cosmos} and {iridium}. USA-193, struck lower still, left {most} at most and {last} in the"
        " last snapshot; Solwind is not in the count.",
        cosmos=_kept("cosmos-2251"),
        iridium=_kept("iridium-33"),
        most=choose(
            ("json_extract(:family_peaks, '$.\"usa-193\"') = 1", say("one tracked fragment")),
            otherwise=say("{n} tracked fragments", n=number(result("family_peaks", "usa-193"))),
        ),
        last=choose(
            ("json_extract(:family_last, '$.\"usa-193\"') = 0", say("none")),
            otherwise=say("{n}", n=number(result("family_last", "usa-193"))),
        ),
    ),
    alt=say(
        "Line chart on a log scale: FENGYUN 1C climbs to {peak} by {peak_year} and stands at {last};"
        " Cosmos 1408 goes from {low_peak} to {low_last}.",
        peak=_objects("fengyun-1c", "objects DESC, snapshot_date"),
        peak_year=year(
            drawn(
                "snapshot_date FROM drawn WHERE family = 'fengyun-1c'"
                " ORDER BY objects DESC, snapshot_date LIMIT 1"
            )
        ),
        last=_objects("fengyun-1c", "snapshot_date DESC"),
        low_peak=_objects("cosmos-1408", "objects DESC, snapshot_date"),
        low_last=_objects("cosmos-1408", "snapshot_date DESC"),
    ),
    note=say(
        "counts rise for years because pieces are cataloged late; whole satellites and rocket stages of the"
        " same launch are in them, what is too small to track is not."
    ),
    until=month(drawn(LAST)),
)

STRIKES = "FROM drawn WHERE target IS NOT NULL"
COUNTED = "FROM drawn WHERE pieces IS NOT NULL"
STRUCK = Words(
    title=say(
        "{strikes} direct-ascent strikes: {target} leaves {share} of the pieces still tracked",
        when=f"(SELECT count(*) {COUNTED} AND pieces = (SELECT max(pieces) FROM drawn)) = 1"
        f" AND (SELECT count(*) {STRIKES}) > 1",
        strikes=number(drawn(f"count(*) {STRIKES}")),
        target=named(drawn(f"target {COUNTED} ORDER BY pieces DESC LIMIT 1")),
        share=percent(drawn(f"100.0 * max(pieces) / sum(pieces) {COUNTED}"), 1),
    ),
    subtitle=say(
        "Height of each satellite struck (bar: perigee to apogee) and its pieces with element sets, {month}"
        " (larger marks: more); dotted: steps of {year} against such tests",
        month=month(result("debris_counted")),
        year=year(drawn("max(date) FROM drawn WHERE label IS NOT NULL")),
    ),
    caption=say(
        "USA-193 was declared a measure against a falling fuel tank, not a test. Tests that hit no satellite,"
        " and means that leave no debris, are not shown; what they can do is not public.{unread}",
        unread=choose(
            (f"(SELECT count(*) {STRIKES} AND altitude_low_km IS NULL) = 0", say("")),
            otherwise=say(
                " Without a height that was read: {names}.",
                names=named(drawn(f"group_concat(target, ', ') {STRIKES} AND altitude_low_km IS NULL")),
            ),
        ),
    ),
    alt=say(
        "Scatter of {known} strikes at heights from {low} to {high} km, each with the pieces left, and"
        " {steps} dotted dates of {year}.",
        known=number(drawn(f"count(altitude_low_km) {STRIKES}")),
        low=number(drawn("min(altitude_low_km) FROM drawn"), rounded="down"),
        high=number(drawn("max(altitude_high_km) FROM drawn"), rounded="up"),
        steps=number(drawn("count(label) FROM drawn")),
        year=year(drawn("max(date) FROM drawn WHERE label IS NOT NULL")),
    ),
    note=choose(
        (
            f"(SELECT count(*) {STRIKES} AND pieces IS NULL) > 0",
            say(
                "direct-ascent strikes only; the Soviet co-orbital tests are not in the table. Not in the"
                " counts of pieces: {names}.",
                names=named(drawn(f"group_concat(target, ', ') {STRIKES} AND pieces IS NULL")),
            ),
        ),
        otherwise=say("direct-ascent strikes only; the Soviet co-orbital tests are not in the table."),
    ),
    until=month(result("debris_counted")),
)


GABBARD_SHELLS = "FROM drawn WHERE part = 'shells'"
TOP = "(SELECT max(apogee_km) FROM drawn WHERE part = 'satellites')"
ABOVE = f"(SELECT sum(objects_time_mean) {GABBARD_SHELLS} AND altitude_low_km >= {TOP})"
FULLEST = f"{GABBARD_SHELLS} ORDER BY objects_time_mean DESC LIMIT 1"
CROSSING = {"pieces": result("crossing_480_630_km"), **BAND}
GABBARD = Words(
    title=choose(
        (
            f"2 * {ABOVE} > (SELECT sum(objects_time_mean) {GABBARD_SHELLS})",
            say(
                "Most of the debris flies above Japan's satellites, but {pieces} pieces cross {from_km} to"
                " {to_km} km",
                **CROSSING,
            ),
        ),
        otherwise=say(
            "{pieces} pieces cross the heights of {from_km} to {to_km} km where Japan's satellites fly",
            **CROSSING,
        ),
    ),
    subtitle=say(
        "FENGYUN 1C pieces: perigee and apogee by period (left), mean number in shells of {shell} km"
        " (middle); heights of Japan's satellites (right)",
        shell=number(drawn(f"altitude_high_km - altitude_low_km {GABBARD_SHELLS} LIMIT 1")),
    ),
    caption=say(
        "{drawn} of {all} pieces are drawn on the left, shells count all. Bars on the right span the lowest"
        " perigee to the highest apogee of each group.{unread}",
        drawn=number(drawn("count(*) FROM drawn WHERE part = 'sample'")),
        all=number(result("fragments")),
        unread=choose(
            (":satellites_without_orbit = 0", say("")),
            otherwise=counted(
                result("satellites_without_orbit"),
                " {n} of their satellites is left out: no orbit was read.",
                " {n} of their satellites are left out: no orbit was read.",
            ),
        ),
    ),
    alt=say(
        "Scatter of perigees and apogees that forms a cross, beside a profile of pieces that peaks between"
        " {low} and {high} km with {most}, and bars of {satellites} satellites from {bottom} to {top} km.",
        low=number(drawn(f"altitude_low_km {FULLEST}")),
        high=number(drawn(f"altitude_high_km {FULLEST}")),
        most=number(drawn(f"objects_time_mean {FULLEST}")),
        satellites=drawn("count(*) FROM drawn WHERE part = 'satellites'"),
        bottom=number(drawn("min(perigee_km) FROM drawn WHERE part = 'satellites'"), rounded="down"),
        top=number(drawn(TOP), rounded="up"),
    ),
    note=say("pieces too small to track are many times more and are not counted; one cloud of several."),
    until=month(result("fragments_counted")),
)

SEEN = "FROM drawn WHERE kind LIKE 'element%'"
AT_LAST = f"{SEEN} ORDER BY years DESC LIMIT 1"
AT_MOST = f"{SEEN} ORDER BY share DESC, years LIMIT 1"
DENSE, THIN = (f"json_extract(:modelled_in_orbit_percent, '$.{kind}')" for kind in ("dense", "thin"))
LEFT = percent(drawn(f"100 * share {AT_LAST}"))
FACTOR = given(parameter("solar_factor"))
BOUNDS = choose(
    (":p_solar_factor = 1", say("")),
    otherwise=say(
        ", between {dense} and {thin}",
        dense=percent(drawn(DENSE), rounded="down"),
        thin=percent(drawn(THIN), rounded="up"),
    ),
)
DECAY = Words(
    title=say(
        "{left} of FENGYUN 1C's pieces were up after {years} years, {beside}",
        left=LEFT,
        years=number(drawn(f"max(years) {SEEN}"), 1),
        beside=choose(
            (f"(SELECT 100 * share {AT_LAST}) > {THIN}", say("more than the decay model allows")),
            (f"(SELECT 100 * share {AT_LAST}) < {DENSE}", say("fewer than the decay model allows")),
            otherwise=say("within the decay model's bounds"),
        ),
    ),
    subtitle=say(
        "Share of the {pieces} pieces ever listed; model: area to mass {area} m²/kg (median), impulse spread"
        " {impulse} m/s read off today's periods",
        pieces=number(result("fengyun_catalogued")),
        area=given(parameter("area_to_mass_m2_kg")),
        impulse=number(result("impulse_spread_m_s")),
    ),
    caption=say(
        "{band}the green line lets density follow the Sun as observed. Winds and further break-ups are left"
        " out. Of its highest count, not of all ever listed, the cloud kept {kept}.",
        band=choose(
            (":p_solar_factor = 1", say("The dashed line takes density as steady; ")),
            otherwise=say("The band takes density as steady, {n} times denser or thinner; ", n=FACTOR),
        ),
        kept=percent(
            drawn(
                "100.0 * json_extract(:family_last, '$.\"fengyun-1c\"') / json_extract(:family_peaks,"
                " '$.\"fengyun-1c\"')"
            )
        ),
    ),
    alt=say(
        "Line of the observed share, which rises to {most} {rise} years after the event and ends at {left};"
        " the model ends the same day at {mean}{bounds}.",
        most=percent(drawn(f"100 * share {AT_MOST}")),
        rise=number(drawn(f"years {AT_MOST}"), 1),
        left=LEFT,
        mean=percent(result("modelled_in_orbit_percent", "mean")),
        bounds=BOUNDS,
    ),
    note=say("the pale part rises only because pieces were listed late; diamonds have their own wholes."),
    until=month(result("debris_counted")),
)


def _wide(name: str) -> Choice:
    """A width in whole degrees; less than one with its decimals."""
    return choose(
        (f":{name} < 1", say("{n}", n=number(result(name), 2))), otherwise=say("{n}", n=number(result(name)))
    )


TELESCOPES = drawn(FEWEST)
BELT = Words(
    title=choose(
        (
            f"{FEWEST} = 0",
            say("With no US telescope left, only partners see the belt near {focus}° E", focus=FOCUS),
        ),
        (
            ":gap_us_deg = 0",
            say(
                "{telescopes} nothing of the belt near {focus}° E at {least}° elevation",
                telescopes=counted(TELESCOPES, "{n} US telescope misses", "{n} US telescopes miss"),
                focus=FOCUS,
                least=LEAST,
            ),
        ),
        otherwise=say(
            "{telescopes} {width}° of the belt near {focus}° E at {least}° elevation; {partners}",
            telescopes=counted(TELESCOPES, "{n} US telescope misses", "{n} US telescopes miss"),
            width=_wide("gap_us_deg"),
            focus=FOCUS,
            least=LEAST,
            partners=choose(
                (":gap_all_partners_deg = 0", say("partners see it all")),
                otherwise=say("with partners {n}°", n=_wide("gap_all_partners_deg")),
            ),
        ),
    ),
    subtitle=say(
        "Stretch of the belt over the horizon of each sensor, by elevation; below: station-kept satellites"
        " per five degrees, {month}",
        month=month(result("belt_counted")),
    ),
    caption=say(
        "Partners: sensors in use of Australia, Japan and India. The network has further sensors whose"
        " positions are not used here. Sites to a kilometer or worse."
    ),
    alt=say(
        "Bars of the longitudes that each of {sensors} sees; height of {focus}° E over those in use that see"
        " it: {heights}.",
        sensors=counted(
            drawn("count(DISTINCT sensor) FROM drawn WHERE from_deg IS NOT NULL"),
            "{n} ground sensor",
            "{n} ground sensors",
        ),
        focus=FOCUS,
        heights=named(
            drawn(
                "group_concat(key || ' ' || CAST(round(value) AS INTEGER) || '°', ', ') FROM"
                " json_each(:elevation_at_135e) WHERE value > 0"
            )
        ),
    ),
    note=say("geometry only: weather, daylight, aperture and tasking are left out, and may forbid the view."),
)


def _opens(name: str) -> str:
    return f"json_extract(:gap_opens_with_deg, '$.\"{name}\"')"


def _widths(name: str) -> str:
    return f"width_deg FROM drawn WHERE sensors = '{name}' ORDER BY minimum_elevation_deg DESC LIMIT 1"


ALONE = say(
    "{telescopes} a gap near {focus}° E",
    telescopes=counted(TELESCOPES, "{n} US telescope alone leaves", "{n} US telescopes alone leave"),
    focus=FOCUS,
)
HIGHEST = given(drawn("max(minimum_elevation_deg) FROM drawn"))
GAPS = Words(
    title=choose(
        (
            f"{FEWEST} = 0",
            say("With no US telescope left, only partners see the belt near {focus}° E", focus=FOCUS),
        ),
        (
            f"{_opens(US)} IS NULL",
            say("No gap near {focus}° E opens up to {highest}°", focus=FOCUS, highest=HIGHEST),
        ),
        (
            f"{_opens(PARTNERS)} IS NULL",
            say(
                "{alone} from {from_deg}° upward, with partners there is none",
                alone=ALONE,
                from_deg=given(result("gap_opens_at_deg")),
            ),
        ),
        otherwise=say(
            "{alone} from {from_deg}° upward, with partners from {with_deg}°",
            alone=ALONE,
            from_deg=given(result("gap_opens_at_deg")),
            with_deg=given(result("gap_opens_with_deg", PARTNERS)),
        ),
    ),
    subtitle=say(
        "Width of the stretch of the belt nearest to {focus}° E that no ground sensor sees, by the least"
        " elevation it works at",
        focus=FOCUS,
    ),
    caption=say(
        "US telescopes: {names}. Partners: sensors in use of Australia, Japan and India.",
        names=choose(
            (f"{FEWEST} = 0", say("none")),
            otherwise=say(
                "{names}", names=named(drawn("group_concat(value, ', ') FROM json_each(:us_telescopes)"))
            ),
        ),
    ),
    alt=say(
        "Lines over elevation; at {highest}° the stretch is {us}° wide for the US telescopes, {exmouth}° with"
        " Exmouth, {japan}° with Japan and {all}° with all partners.",
        highest=HIGHEST,
        us=number(drawn(_widths(US))),
        exmouth=number(drawn(_widths("with Exmouth (2022)"))),
        japan=number(drawn(_widths("with Japan"))),
        all=number(drawn(_widths(PARTNERS))),
    ),
    note=say(
        "geometry only; at low elevations a telescope looks through several times as much air, radar fares"
        " better.{without}",
        without=choose(
            ("json_array_length(:p_without) = 0", say("")),
            otherwise=say(
                " Taken away: {names}.",
                names=named(drawn("group_concat(value, ', ') FROM json_each(:p_without)")),
            ),
        ),
    ),
)


def answer(found: Answer) -> list[Told]:
    return [_decay(), _area_to_mass(found), _exposure(), _belt(), *_left_out(found)]


def _decay() -> Sentence:
    return say(
        "**{left} of the pieces of FENGYUN 1C ever cataloged had element sets at the last count, in"
        " {month}**; circular decay at mean density gives {mean}{bounds}. In {year} {least} to {most} of them"
        " had element sets. Cosmos 1408, hit lower down, fell from {peak} to {last}.",
        left=percent(result("fengyun_in_orbit_percent")),
        month=month(result("debris_counted")),
        mean=percent(result("modelled_in_orbit_percent", "mean")),
        bounds=say(
            "{bounds}{factor}",
            bounds=BOUNDS,
            factor=choose(
                (":p_solar_factor = 1", say("")),
                otherwise=say(" for an atmosphere {n} times denser or thinner", n=FACTOR),
            ),
        ),
        year=year(drawn("2017")),  # of which the document tested speaks
        least=number(result("fengyun_2017", 0)),
        most=number(result("fengyun_2017", 1)),
        peak=number(result("family_peaks", "cosmos-1408")),
        last=number(result("family_last", "cosmos-1408")),
    )


def _area_to_mass(found: Answer) -> Sentence:
    """Whether density can be what parts the model from the shares seen."""
    dates = range(len(found["asked_dates"]))
    months = [date[:7] for date in found["asked_dates"]]
    areas = "FROM json_each(:needed_area_to_mass_m2_kg)"
    return say(
        "**Density {verdict}.** Under the Sun as observed it was {factors} times that of the mean atmosphere,"
        " in the mean up to {months}; with that course the shares seen then ask for fragments of {areas} m²"
        " to the kilogram. Density and area to mass enter decay as one product, so a band of densities is"
        " a band of areas too.",
        verdict=choose(
            (
                f"(SELECT max(value) / min(value) {areas}) > {APART}",
                say("is not what misfits"),
            ),
            otherwise=say("is enough to make them fit"),
        ),
        factors=listed([number(result("sun_density_factor", one), 2) for one in months]),
        months=listed([month(result("asked_dates", place)) for place in dates]),
        areas=listed([number(result("needed_area_to_mass_m2_kg", one), 2) for one in months]),
    )


def _exposure() -> Sentence:
    return say(
        "{pieces} fragments cross the heights of {from_km} to {to_km} km where most Japanese imaging"
        " satellites fly. The flux there is {share} of that in the fullest shell: {satellite} with {area} m²"
        " has a chance of {hit} to be hit by a cataloged one in {years}. What is too small to be cataloged is"
        " many times more and is not in this number.",
        share=_or_less(":share_of_peak_percent", 1, 0),
        satellite=named(parameter("satellite")),
        area=given(parameter("area_m2")),
        hit=_or_less(":hit_percent", 0.001, 3),
        years=choose(
            (":p_years = 1", say("one year")), otherwise=say("{n} years", n=given(parameter("years")))
        ),
        **CROSSING,
    )


def _or_less(sql: str, least: float, digits: int) -> Choice:
    """A share in percent, or less than the least that its digits can tell."""
    return choose(
        (f"{sql} < {least}", say("less than {n}", n=percent(drawn(f"{least}"), digits))),
        otherwise=say("{n}", n=percent(drawn(sql), digits)),
    )


def _belt() -> Sentence:
    low, high = (number(result("gap_deg", place), 1) for place in (0, 1))
    told = {
        "focus": FOCUS,
        "telescopes": counted(TELESCOPES, "the {n} US telescope leaves", "the {n} US telescopes leave"),
    }
    here = choose(
        (":gap_us_deg = 0", say("at {least}° there is none", least=LEAST)),
        otherwise=say("at {least}° it runs from {low}° to {high}° E", least=LEAST, low=low, high=high),
    )
    return say(
        "{alone}. With the sensors that Australia, Japan and India have in use {partners}. US sensors that"
        " ride on Japanese satellites in orbit: {riding}; what they see is not public.",
        alone=choose(
            (
                f"{FEWEST} = 0",
                say("**No US telescope is left to see the belt near {focus}° E**", focus=FOCUS),
            ),
            (
                ":gap_opens_at_deg IS NULL",
                say("**Near {focus}° E {telescopes} no gap at any elevation tried**", **told),
            ),
            (
                ":gap_opens_at_deg = 0",
                say("**Near {focus}° E {telescopes} a gap at any elevation**: {here}", here=here, **told),
            ),
            otherwise=say(
                "**Near {focus}° E {telescopes} a gap only when low elevations are given up**: below {opens}°"
                " there is none, {here}{holds}",
                opens=given(result("gap_opens_at_deg")),
                here=here,
                holds=choose(
                    (":gap_holds_135_from_deg IS NULL", say("")),
                    otherwise=say(
                        ", and {focus}° E itself is lost from {holds}° upward",
                        focus=FOCUS,
                        holds=given(result("gap_holds_135_from_deg")),
                    ),
                ),
                **told,
            ),
        ),
        partners=choose(
            (":gap_all_partners_deg = 0", say("no stretch there is without a sensor")),
            otherwise=say(
                "the stretch without a sensor is {width}° wide",
                width=_wide("gap_all_partners_deg"),
            ),
        ),
        riding=result("us_sensors_in_orbit"),
    )


def _left_out(found: Answer) -> list[Told]:
    """What the tables hold and the answer does not use, and why."""
    said: list[Told] = [
        say(
            "{n} of {month}, a snapshot that is not whole",
            n=counted(drawn(f"json_extract(:counts_left_out, '$[{place}][1]')"), "{n} count", "{n} counts"),
            month=month(result("counts_left_out", place, 0)),
        )
        for place in range(len(found["counts_left_out"]))
    ]
    said += [
        say(
            "the count of {pieces} by {month}, beside which no other of its date stands",
            pieces=number(result("counts_unpaired", place, 1)),
            month=month(result("counts_unpaired", place, 0)),
        )
        for place in range(len(found["counts_unpaired"]))
    ]
    if found["further_promises"]:
        said.append(
            say(
                "{n} on situational awareness, followed with the others",
                n=counted(result("further_promises"), "{n} further promise", "{n} further promises"),
            )
        )
    return [say("Left out: {those}.", those=listed(said, "; ", "; "))] if said else []
