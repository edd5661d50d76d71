"""The words of the question ``glide_tracking``."""

from spacesec.answers import Answer
from spacesec.missile_warning import constellations
from spacesec.missile_warning.glide_tracking.model import LAYERS
from spacesec.words.sentences import (
    Choice,
    Told,
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
)

PATH = say(
    "from the center of {origin} toward {toward}",
    origin=named(parameter("origin")),
    toward=named(parameter("toward")),
)
PICO = "1e12"  # a sensor's noise is told in picowatts
NOISE = say("{noise} pW/m²", noise=given(drawn(f":p_noise_w_m2 * {PICO}")))
BAND = say("{band} μm", band=named(parameter("band")))
RULE = choose(
    (
        ":p_view = 'limb'",
        say("line of sight above {km} km", km=given(parameter("tangent_altitude_km"))),
    ),
    otherwise=say("elevation of {deg}° or more", deg=given(parameter("minimum_elevation_deg"))),
)
TRANCHES = say(
    "tranches as published, planned; planes of T2 assumed; the geostationary pair is given the same sensor."
)


def _share(low: str, high: str) -> Choice:
    """``71% to 98%``, or one of them where they round to the same; low and high: SQL."""
    return choose(
        (f"round({low}) = round({high})", say("{share}", share=percent(drawn(low)))),
        otherwise=say("{low} to {high}", low=percent(drawn(low)), high=percent(drawn(high))),
    )


def _of_layer(name: str, layer: str) -> Choice:
    return _share(*(f"json_extract(:{name}, '$.\"{layer}\".{flow}')" for flow in ("laminar", "turbulent")))


def _extreme(order: str) -> dict[str, Told]:
    """The layer with the longest or shortest custody over both flows, and its shares."""
    rows = (
        "(SELECT key AS layer, json_extract(value, '$.laminar') AS low, json_extract(value, '$.turbulent') AS"
        " high FROM json_each(:custody_percent))"
    )
    at = f"FROM {rows} ORDER BY low + high {order}, layer LIMIT 1"
    return {
        "layer": named(drawn(f"layer {at}")),
        "share": _share(f"(SELECT low {at})", f"(SELECT high {at})"),
    }


def answer(found: Answer) -> list[Told]:
    most, least = _extreme("DESC"), _extreme("ASC")
    light = "json_extract(:intensity_start_kw_sr, '$.{}')"
    ends = [
        f"(SELECT {end}(value) FROM json_tree(:custody_percent) WHERE atom IS NOT NULL)"
        for end in ("min", "max")
    ]
    return [
        choose(
            (
                f"round({ends[0]}) = round({ends[1]})",
                say(
                    "At the assumed noise level every layer keeps a what-if glider in custody for **{share}**"
                    " of its way.",
                    share=most["share"],
                ),
            ),
            otherwise=say(
                "At the assumed noise level the {most} keeps a what-if glider in custody for **{share}** of"
                " its way, the {least} for {less}.",
                most=most["layer"],
                share=most["share"],
                least=least["layer"],
                less=least["share"],
            ),
        ),
        say(
            "A what-if glide {path} starts at {speed} km/s and lasts {minutes} minutes over {km} km. Seen"
            " from above it shines with {low} to {high} kW/sr ({band}) at the start; the bounds are laminar"
            " and turbulent flow.",
            path=PATH,
            speed=number(result("start_speed_km_s"), 1),
            minutes=result("glide_minutes"),
            km=result("glide_range_km"),
            low=number(drawn(light.format("laminar")), 1),
            high=number(drawn(light.format("turbulent")), 1),
            band=BAND,
        ),
        say(
            "With a noise level of {noise} and a {rule}, the share of the glide in custody (and in stereo)"
            " is, between the bounds:",
            noise=NOISE,
            rule=RULE,
        ),
        _lines(),
        say(
            "The noise level is an assumption: the last figure shows how far the answer hangs on it. Orbits"
            " of T2 are assumed; T1 flies at T0's published inclination. Both tranches are modeled from"
            " {basis}; the others are left out.",
            basis=constellations.basis_words(),
        ),
        *_of_file(found),
    ]


def _of_file(found: Answer) -> list[Told]:
    """The real layer of a file of the reader's own, where there is one."""
    if "elements_file" not in found.results:
        return []
    held, stereo = (
        _share(*(f"json_extract(:{name}, '$.{flow}')" for flow in ("laminar", "turbulent")))
        for name in ("file_custody_percent", "file_stereo_percent")
    )
    return [
        say(
            "With the same sensor the {n} of the file {file} would keep the glider in custody for {held} of"
            " its way and in stereo for {stereo}; sets more than {limit} days older than the newest are left"
            " out.",
            n=counted(result("file_satellites"), "{n} satellite", "{n} satellites"),
            file=named(result("elements_file", "name")),
            held=held,
            stereo=stereo,
            limit=result("file_limit_days"),
        )
    ]


def _lines() -> Told:
    lines = [
        say(
            f"- {name}: **{{held}}** ({{stereo}})",
            held=_of_layer("custody_percent", name),
            stereo=_of_layer("stereo_custody_percent", name),
        )
        for name in LAYERS
    ]
    return listed(lines, last="\n", between="\n")


def held() -> Words:
    def stereo(layer: str) -> str:
        return f"(SELECT stereo_percent FROM drawn WHERE flow = 'laminar' AND layer = '{layer}')"

    both, own, first = (stereo(name) for name in ("T1 + own layer", "own layer", "Tracking Layer T1"))
    return Words(
        title=say(
            "A Japanese layer and US tranche T1 fix a dim glider in stereo {both} of the way, alone {own} and"
            " {first}",
            both=percent(drawn(both)),
            own=percent(drawn(own)),
            first=percent(drawn(first)),
        ),
        subtitle=say(
            "Share of a what-if glide {path} in custody and in stereo, mean of {n} launch times",
            path=PATH,
            n=parameter("launch_times"),
        ),
        caption=say(
            "Noise {noise}, signal to noise {snr}, {rule}; dim: laminar flow. Stereo: lines of sight that"
            " cross at {stereo}° or more.",
            noise=NOISE,
            snr=given(parameter("signal_to_noise")),
            rule=RULE,
            stereo=given(result("stereo_deg")),
        ),
        alt=say(
            "Ranges between laminar and turbulent flow for {n} layers: custody from {low} to {high}, stereo"
            " from {least} to {most}.",
            n=drawn("count(DISTINCT layer) FROM drawn"),
            low=percent(drawn("min(custody_percent) FROM drawn")),
            high=percent(drawn("max(custody_percent) FROM drawn")),
            least=percent(drawn("min(stereo_percent) FROM drawn")),
            most=percent(drawn("max(stereo_percent) FROM drawn")),
        ),
        note=say("computed for an assumed sensor; {tranches}", tranches=TRANCHES),
    )


def noise() -> Words:
    dimmer = (
        "(SELECT min(noise) FROM (SELECT max(CASE WHEN custody_percent > 50 THEN noise_w_m2 ELSE 0 END) AS"
        " noise FROM drawn WHERE layer = 'geostationary pair' GROUP BY flow))"
    )
    return Words(
        title=choose(
            (
                f"{dimmer} = 0",
                say("No noise level drawn lets a geostationary pair hold a dim glider for half of its way"),
            ),
            (
                f"{dimmer} < :p_noise_w_m2",
                say(
                    "A geostationary pair holds a dim glider over half of its way at {times} times less noise"
                    " than assumed",
                    times=number(drawn(f":p_noise_w_m2 / {dimmer}"), rounded="up"),
                ),
            ),
            otherwise=say(
                "At the assumed noise a geostationary pair holds a dim glider over half of its way"
            ),
        ),
        subtitle=say(
            "Mean custody against the sensor's noise level; dotted: the assumed {noise}", noise=NOISE
        ),
        caption=say("Half a decade between marks; dim: laminar flow, the left panel."),
        alt=say(
            "Two panels, laminar and turbulent flow, of custody against noise for {n} layers; the"
            " geostationary pair from {high} to {low}.",
            n=drawn("count(DISTINCT layer) FROM drawn"),
            high=percent(drawn("max(custody_percent) FROM drawn WHERE layer = 'geostationary pair'")),
            low=percent(drawn("min(custody_percent) FROM drawn WHERE layer = 'geostationary pair'")),
        ),
        note=say(
            "the same assumed sensor is given to all layers, so they differ by distance and number alone."
        ),
    )


def path() -> Words:
    return Words(
        title=say(
            "A what-if glider flies between {low} and {high} km for {minutes} minutes",
            low=number(drawn("min(altitude_km) FROM drawn"), rounded="down"),
            high=number(drawn("max(altitude_km) FROM drawn"), rounded="up"),
            minutes=number(drawn("max(time_s) / 60 FROM drawn")),
        ),
        subtitle=say(
            "Glide {path}; lift to drag {ratio}, ballistic coefficient {coefficient} kg/m²",
            path=PATH,
            ratio=given(parameter("lift_to_drag")),
            coefficient=given(parameter("ballistic_coefficient_kg_m2")),
        ),
        caption=say(
            "Sphere at rest, US standard atmosphere, no maneuver. The integrated path starts level at the"
            " equilibrium altitude."
        ),
        alt=say(
            "Two line charts, altitude against range and speed against time, for the equilibrium and the"
            " integrated glide, over {km} km.",
            km=number(drawn("max(range_km) FROM drawn")),
        ),
        note=say(
            "a drawing of physics with public values of an older US test vehicle; no real weapon's path."
        ),
    )


def light() -> Words:
    def ratio(end: str) -> str:
        at = f"FROM drawn WHERE band_um = :p_band AND time_s = (SELECT {end}(time_s) FROM drawn)"
        return (
            f"(SELECT intensity_kw_sr {at} AND flow = 'turbulent') / (SELECT intensity_kw_sr {at} AND flow ="
            " 'laminar')"
        )

    first, last = ratio("min"), ratio("max")
    return Words(
        title=choose(
            (
                f"round({first}) = round({last})",
                say(
                    "Turbulent flow makes the glider {times} times as bright as laminar flow",
                    times=drawn(f"round({first})"),
                ),
            ),
            otherwise=say(
                "Turbulent flow makes the glider {low} to {high} times as bright as laminar flow",
                low=number(drawn(f"min({first}, {last})")),
                high=number(drawn(f"max({first}, {last})")),
            ),
        ),
        subtitle=say(
            "Infrared light of the gliding body seen from above, with laminar and turbulent flow as bounds;"
            " title: {band}, start and end",
            band=BAND,
        ),
        caption=say(
            "Body of a US test vehicle in public use, upper surface; correlations for stagnation point and"
            " flat plates, wall in radiative balance, Planck's law. The turbulent correlation changes where"
            " the band steps."
        ),
        alt=say(
            "Bands of light against speed on a logarithmic axis, one for each of {n} infrared bands, from"
            " {low} to {high} kW/sr.",
            n=drawn("count(DISTINCT band_um) FROM drawn"),
            low=number(drawn("min(intensity_kw_sr) FROM drawn"), 2),
            high=number(drawn("max(intensity_kw_sr) FROM drawn"), 1),
        ),
        note=say("computed for a public test body; diamonds: a public program's values, turbulent flow."),
    )


def detection_range() -> Words:
    def reach(flow: str, end: str) -> Told:
        return number(
            drawn(f"range_km FROM drawn WHERE flow = '{flow}' AND time_s = (SELECT {end}(time_s) FROM drawn)")
        )

    return Words(
        title=say(
            "The sensor sees the glider {a} to {b} km away at the start, {c} to {d} km at the end",
            a=reach("laminar", "min"),
            b=reach("turbulent", "min"),
            c=reach("laminar", "max"),
            d=reach("turbulent", "max"),
        ),
        subtitle=say(
            "Distance at which the light is {snr} times the noise of {noise} ({band}), seen from above",
            snr=given(parameter("signal_to_noise")),
            noise=NOISE,
            band=BAND,
        ),
        caption=say("Dotted: distances that the layers look over."),
        alt=say(
            "A band of detection range along the glide between {low} and {high} km, with lines at the"
            " distances of low and geostationary orbits.",
            low=number(drawn("min(range_km) FROM drawn")),
            high=number(drawn("max(range_km) FROM drawn")),
        ),
        note=say("the noise level is an assumption; distance goes with the inverse root of it."),
    )


def timeline() -> Words:
    def share(flow: str) -> str:
        return (
            f"(SELECT 100.0 * avg(detecting >= 1) FROM drawn WHERE layer = 'own layer' AND flow = '{flow}')"
        )

    return Words(
        title=say(
            "At one launch time a Japanese layer of {n} holds the glider {share} of the way",
            n=parameter("own_satellites"),
            share=_share(share("laminar"), share("turbulent")),
        ),
        subtitle=say(
            "Detection along the what-if glide {path}, launch at the middle of the simulated day", path=PATH
        ),
        caption=say("Noise {noise}, {rule}; {tranches}", noise=NOISE, rule=RULE, tranches=TRANCHES),
        alt=say(
            "Bars along the flight for {n} layers and two states of flow: not detected, detected, detected in"
            " stereo.",
            n=drawn("count(DISTINCT layer) FROM drawn"),
        ),
        note=say(
            "one launch time; over {n} launch times the own layer holds the glider {mean} of the way on"
            " average.",
            n=parameter("launch_times"),
            mean=_of_layer("custody_percent", "own layer"),
        ),
    )
