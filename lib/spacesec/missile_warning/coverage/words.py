"""The words of the question ``coverage``."""

from spacesec.answers import Answer
from spacesec.missile_warning import constellations
from spacesec.words.sentences import (
    Choice,
    Sentence,
    Told,
    Words,
    choose,
    counted,
    drawn,
    given,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

BAND = "latitude_deg BETWEEN json_extract(:band_deg, '$[0]') AND json_extract(:band_deg, '$[1]')"
# Where the limb rule only stands beside the chosen one, its tangent is lowered to the target where need be.
TANGENT = "iif(:p_view = 'limb', :p_tangent_altitude_km, min(:p_tangent_altitude_km, :p_target_altitude_km))"


def rule(view: str) -> Sentence:
    """A rule of seeing in words."""
    if view == "limb":
        return say("line of sight above {km} km", km=given(drawn(TANGENT)))
    return say("elevation of {deg}° or more", deg=given(parameter("minimum_elevation_deg")))


CHOSEN = choose((":p_view = 'limb'", rule("limb")), otherwise=rule("elevation"))
BAND_WORDS = say(
    "{south}° and {north}° N", south=given(result("band_deg", 0)), north=given(result("band_deg", 1))
)


def _degrees(name: str, positive: str, negative: str) -> Choice:
    """``39° N`` or ``39° S``, of a parameter."""
    size = given(drawn(f"abs(:p_{name})"))
    return choose(
        (f":p_{name} < 0", say(f"{{n}}° {negative}", n=size)), otherwise=say(f"{{n}}° {positive}", n=size)
    )


PLACE = say("{lat}, {lon}", lat=_degrees("latitude_deg", "N", "S"), lon=_degrees("longitude_deg", "E", "W"))
SATELLITES = counted(parameter("satellites"), "{n} satellite", "{n} satellites")
LAYER = say(
    "{n}, {planes}, {km} km, {tilt}°",
    n=SATELLITES,
    planes=counted(parameter("planes"), "{n} plane", "{n} planes"),
    km=given(parameter("altitude_km")),
    tilt=given(parameter("inclination_deg")),
)


def answer(found: Answer) -> list[Told]:
    def smallest(key: str) -> Choice:
        path = f"json_extract(:smallest_found, '$.\"{key}\"')"
        return choose((f"{path} IS NULL", say("none")), otherwise=say("{n}", n=drawn(path)))

    return [
        say(
            "{layer}{lost} {watch} a target at {target} km over {place} **{one}** of the time with one"
            " satellite and **{two}** with two ({rule}); the longest gap is {gap}.",
            layer=LAYER,
            watch=choose((":p_satellites - :p_lost_satellites = 1", say("watches")), otherwise=say("watch")),
            lost=choose(
                (":p_lost_satellites = 0", say("")),
                otherwise=say(" after the loss of {n}", n=parameter("lost_satellites")),
            ),
            target=given(parameter("target_altitude_km")),
            place=PLACE,
            one=percent(result("fold_1_percent"), 1),
            two=percent(result("fold_2_percent"), 1),
            rule=CHOSEN,
            gap=counted(drawn("round(:longest_gap_minutes)"), "{n} minute", "{n} minutes"),
        ),
        say("{rules} {phasing}", rules=_rules(), phasing=_phasing()),
        say(
            "For unbroken cover between {band} from {km} km the search finds {a} satellites (two-fold {b}) by"
            " line of sight and {c} ({d}) by elevation.",
            band=BAND_WORDS,
            km=given(result("smallest_altitude_km")),
            a=smallest("limb 1-fold"),
            b=smallest("limb 2-fold"),
            c=smallest("elevation 1-fold"),
            d=smallest("elevation 2-fold"),
        ),
        say(
            "Joined to a Tracking Layer of {n} satellites, the layer raises the time in stereo by {gain};"
            " that layer is modeled from {basis}, the others are left out. This is geometry; a geostationary"
            f" pair {_pair(found)} (`missile_warning/glide_tracking`).",
            n=result("tracking_layer_satellites"),
            gain=counted(
                drawn("round(:stereo_added_to_tracking_layer_points)"),
                "{n} percentage point",
                "{n} percentage points",
            ),
            basis=constellations.basis_words(),
        ),
        *_of_file(found),
    ]


def _of_file(found: Answer) -> list[Told]:
    """The real layer of a file of the reader's own, where there is one."""
    if "elements_file" not in found.results:
        return []
    return [
        say(
            "The {n} of the file {file} see the place {two} of the time with two and {stereo} in stereo; sets"
            " more than {limit} days older than the newest are left out.",
            n=counted(result("file_satellites"), "{n} satellite", "{n} satellites"),
            file=named(result("elements_file", "name")),
            two=percent(result("file_fold_2_percent"), 1),
            stereo=percent(result("file_stereo_percent"), 1),
            limit=result("file_limit_days"),
        )
    ]


def _rules() -> Choice:
    limb, elevation = (f"json_extract(:fold_2_percent_by_view, '$.{view}')" for view in ("limb", "elevation"))
    values = {
        "limb": percent(drawn(limb)),
        "tangent": given(drawn(TANGENT)),
        "elevation": percent(drawn(elevation)),
        "deg": given(parameter("minimum_elevation_deg")),
    }
    told = (
        "two are in view {limb} of the time with a line of sight above {tangent} km, {elevation} if the"
        " satellite must stand {deg}° above the target's horizon."
    )
    return choose(
        (
            f"round({limb}) = round({elevation})",
            say(f"The rule of seeing changes nothing here: {told}", **values),
        ),
        otherwise=say(f"The rule of seeing decides: {told}", **values),
    )


def _phasing() -> Choice:
    least, most = (f"json_extract(:fold_2_percent_over_phasings, '$[{end}]')" for end in (0, 1))
    return choose(
        (f"round({least}) = round({most})", say("Phasing alone does not move it.")),
        otherwise=say(
            "Phasing alone moves it between {least} and {most}.",
            least=percent(drawn(least)),
            most=percent(drawn(most)),
        ),
    )


def _pair(found: Answer) -> str:
    """What a geostationary pair sees of the place, by the chosen rule."""
    rows = found.tables["added"].query("layer == 'geostationary pair'").set_index("view")
    share = rows.loc[found.parameters.view, "fold_1_percent"]
    if share == 100:
        return "sees the place all the time and yet may not detect a dim target"
    return "does not see this place" if share == 0 else "sees the place some of the time"


def watch_map() -> Words:
    worst = f"min(fold_2_percent) FROM drawn WHERE view = :p_view AND {BAND}"
    band = {"band": BAND_WORDS}
    return Words(
        title=choose(
            (
                f"(SELECT {worst}) = 100",
                say("Two of {n} are always in view between {band}", n=SATELLITES, **band),
            ),
            (
                f"(SELECT {worst}) >= 1",
                say(
                    "Two of {n} are in view at least {worst} of the time between {band}",
                    n=SATELLITES,
                    worst=percent(drawn(worst), rounded="down"),
                    **band,
                ),
            ),
            otherwise=say(
                "At the worst place between {band} two satellites are hardly ever in view at once", **band
            ),
        ),
        subtitle=say(
            "Share of time with two or more in view by two rules of seeing; title: {rule}; {layer}; {days}",
            rule=CHOSEN,
            layer=LAYER,
            days=counted(given(parameter("days")), "one day", "{n} days"),
        ),
        caption=say(
            "Simulated on a grid of one and a half degrees, target at {target} km; star, if on the map:"
            " {place}.{lost}",
            target=given(parameter("target_altitude_km")),
            place=PLACE,
            lost=choose(
                (":p_lost_satellites = 0", say("")),
                otherwise=say(
                    " {n} lost.", n=counted(parameter("lost_satellites"), "{n} satellite", "{n} satellites")
                ),
            ),
        ),
        alt=say(
            "Two maps of East Asia and the western Pacific colored by the share of time with two satellites"
            " in view; by the chosen rule it lies between {worst} and {best} in the band.",
            worst=percent(drawn(worst), 1, rounded="down"),
            best=percent(
                drawn(f"max(fold_2_percent) FROM drawn WHERE view = :p_view AND {BAND}"), 1, rounded="up"
            ),
        ),
        note=say("geometry only, a what-if layer: in view is not detected."),
    )


def latitudes() -> Words:
    def least(view: str) -> str:
        return f"min(percent) FROM drawn WHERE fold = 2 AND view = '{view}' AND {BAND}"

    def told(view: str) -> Choice:
        share = percent(drawn(least(view)), rounded="down")
        return choose(
            (f"(SELECT {least(view)}) = 100", say("always")),
            otherwise=say("at least {share} of the time", share=share),
        )

    deg = given(parameter("minimum_elevation_deg"))
    return Words(
        title=choose(
            (
                f"(SELECT {least('limb')}) < 1 AND (SELECT {least('elevation')}) < 1",
                say(
                    "At the worst latitude between {band} two satellites are hardly ever in view at once",
                    band=BAND_WORDS,
                ),
            ),
            (
                f"(SELECT {least('limb')}) = 100 AND (SELECT {least('elevation')}) = 100",
                say("Two satellites are always in view, even if they must stand {deg}° high", deg=deg),
            ),
            (
                f"(SELECT {least('limb')}) = 100",
                say(
                    "Two satellites are always in view, at least {elevation} of the time if they must stand"
                    " {deg}° high",
                    elevation=percent(drawn(least("elevation")), rounded="down"),
                    deg=deg,
                ),
            ),
            otherwise=say(
                "Two satellites stay in view at least {limb} of the time, {elevation} if they must stand"
                " {deg}° high",
                limb=percent(drawn(least("limb")), rounded="down"),
                elevation=percent(drawn(least("elevation")), rounded="down"),
                deg=deg,
            ),
        ),
        subtitle=say(
            "Share of time with one, two, three in view by latitude; title: least between {band} (gray);"
            " {layer}",
            band=BAND_WORDS,
            layer=LAYER,
        ),
        caption=say("Mean over eight longitudes, under two rules of seeing a target above the ground."),
        alt=say(
            "Two line charts of availability by latitude; between {band} two satellites are in view {limb}"
            " with a clear line of sight, {elevation} at that elevation.",
            band=BAND_WORDS,
            limb=told("limb"),
            elevation=told("elevation"),
        ),
        note=say("geometry only, a what-if layer: in view is not detected."),
    )


def smallest_patterns() -> Words:
    def found(view: str) -> str:
        where = f"altitude_km = :smallest_altitude_km AND fold = 1 AND view = '{view}'"
        return f"satellites FROM drawn WHERE {where}"

    def told(view: str) -> Choice:
        return choose(
            (f"(SELECT {found(view)}) IS NULL", say("more than were tried")),
            otherwise=say("{n}", n=drawn(found(view))),
        )

    return Words(
        title=say(
            "From {km} km unbroken cover takes {limb} satellites, {elevation} if they must stand {deg}° high",
            km=given(result("smallest_altitude_km")),
            limb=told("limb"),
            elevation=told("elevation"),
            deg=given(parameter("minimum_elevation_deg")),
        ),
        subtitle=say(
            "Satellites for unbroken cover between {band}, target at {target} km; dotted: fewer than this"
            " cannot do it",
            band=BAND_WORDS,
            target=given(parameter("target_altitude_km")),
        ),
        caption=say(
            "Smallest found by search over planes, phasings and inclinations of evenly spread patterns on a"
            " sphere; each find is proven over the whole band and at every instant, and its footprints could"
            " be {least} to {most} degrees smaller (column spare_deg). The bound is a linear program over"
            " mixtures of inclinations.",
            least=number(drawn("min(spare_deg) FROM drawn"), 3, "down"),
            most=number(drawn("max(spare_deg) FROM drawn"), 1, "up"),
        ),
        alt=say(
            "Lines of satellites against altitude on logarithmic axes for two rules of seeing, single and"
            " double cover; from {most} satellites at the lowest altitude down to {least}.",
            most=drawn("max(satellites) FROM drawn"),
            least=drawn("min(satellites) FROM drawn"),
        ),
        note=say(
            "smallest found is no proof that fewer will not do; between line and dots lies what is unknown."
        ),
    )


def loss() -> Words:
    two = "median FROM drawn WHERE loss = 'random' AND lost = 2 AND fold = 2"
    return Words(
        title=choose(
            (
                ":median_after_two_lost_percent IS NULL",
                say("A layer of {n} has no two satellites to lose", n=SATELLITES),
            ),
            otherwise=say(
                "Two of {n} lost at random leave two in view {two} of the time",
                n=SATELLITES,
                two=percent(drawn(two)),
            ),
        ),
        subtitle=say(
            "Share of time at {place}, {rule}; mark: median, bar: least to most of {draws} draws or of all"
            " planes",
            place=PLACE,
            rule=CHOSEN,
            draws=result("loss_draws"),
        ),
        caption=say(
            "No repositioning. Worst found: satellites removed one after the other, each time the most"
            " harmful one."
        ),
        alt=say(
            "Dots and ranges of the share of time with one and two satellites in view after losses; with two"
            " in view the medians run from {low} to {high}.",
            low=percent(drawn("min(median) FROM drawn WHERE fold = 2"), 1),
            high=percent(drawn("max(median) FROM drawn WHERE fold = 2"), 1),
        ),
        note=say("computed for a what-if layer; the worst found may not be the worst there is."),
    )


def layers() -> Words:
    def stereo(layer: str) -> str:
        return f"(SELECT stereo_percent FROM drawn WHERE view = :p_view AND layer = '{layer}')"

    alone, joined = stereo("Tracking Layer"), stereo("Tracking Layer + own")
    pair = "(SELECT fold_1_percent FROM drawn WHERE view = :p_view AND layer = 'geostationary pair')"
    return Words(
        title=choose(
            (
                f"{joined} - {alone} < 0.5",
                say(
                    "A Japanese layer adds nothing to the Tracking Layer's {a} of time in stereo",
                    a=percent(drawn(alone)),
                ),
            ),
            otherwise=say(
                "A Japanese layer raises the time in stereo from {a} with the Tracking Layer alone to {b}",
                a=percent(drawn(alone)),
                b=percent(drawn(joined)),
            ),
        ),
        subtitle=say(
            "Share of time at {place}, target at {target} km; title: {rule}; satellites in brackets",
            place=PLACE,
            target=given(parameter("target_altitude_km")),
            rule=CHOSEN,
        ),
        caption=say(
            "Tracking Layer: modeled from {basis}, planned. Geostationary pair: what-if seats, since the"
            " owner publishes no longitudes.",
            basis=constellations.basis_words(),
        ),
        alt=say(
            "Bars of the share of time in stereo and with one or two satellites in view for {n} sums of"
            " layers under two rules of seeing; stereo from {low} to {high}.",
            n=drawn("count(DISTINCT layer) FROM drawn"),
            low=percent(drawn("min(stereo_percent) FROM drawn")),
            high=percent(drawn("max(stereo_percent) FROM drawn")),
        ),
        note=choose(
            (
                f"{pair} = 100",
                say(
                    "geometry only: the geostationary pair is always in view but far away, and may see"
                    " nothing that is dim."
                ),
            ),
            (f"{pair} = 0", say("geometry only: the geostationary pair does not see this place.")),
            otherwise=say(
                "geometry only: the geostationary pair is far away, and may see nothing that is dim."
            ),
        ),
    )


def what_changes() -> Words:
    spread = "max(fold_2_percent) - min(fold_2_percent)"
    widest = f"FROM drawn WHERE varied <> 'model' GROUP BY varied ORDER BY {spread} DESC, varied LIMIT 1"
    model = f"(SELECT {spread} FROM drawn WHERE varied = 'model')"
    moves = {
        "what": named(drawn(f"varied {widest}")),
        "points": number(drawn(f"{spread} {widest}"), rounded="up"),
    }
    return Words(
        title=choose(
            (
                f"{model} = 0 AND (SELECT {spread} {widest}) = 0",
                say("No choice moves the time with two in view"),
            ),
            (
                f"{model} = 0",
                say(
                    "The {what} moves the time with two in view by up to {points} points; the Earth model"
                    " shows no change",
                    **moves,
                ),
            ),
            otherwise=say(
                "The {what} moves the time with two in view by up to {points} points, the Earth model by"
                " {model}",
                model=number(drawn(model), 2),
                **moves,
            ),
        ),
        subtitle=say(
            "Share of time at {place}, {n}, one change at a time; F: how far the satellites of adjacent"
            " planes are shifted",
            place=PLACE,
            n=SATELLITES,
        ),
        caption=say("Each row changes one choice and keeps the others as chosen."),
        alt=say(
            "Dots of the share of time with one and two in view under {n} choices; with two in view from"
            " {low} to {high}.",
            n=drawn("count(*) FROM drawn"),
            low=percent(drawn("min(fold_2_percent) FROM drawn"), 1),
            high=percent(drawn("max(fold_2_percent) FROM drawn"), 1),
        ),
        note=choose(
            (
                "(SELECT min(fold_2_percent) FROM drawn WHERE varied = 'model') = 100",
                say("where everything stands at the ceiling, no change of the Earth model can be seen."),
            ),
            otherwise=say("geometry only, a what-if layer: in view is not detected."),
        ),
    )
