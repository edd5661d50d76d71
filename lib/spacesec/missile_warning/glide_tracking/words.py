"""The words of the question ``glide_tracking``."""

from spacesec.answers import Result
from spacesec.missile_warning.constellations import Basis
from spacesec.missile_warning.glide_tracking.model import LAYERS, Parameters


def answer(p: Parameters, results: dict[str, Result], basis: Basis) -> str:
    held, stereo = results["custody_percent"].value, results["stereo_custody_percent"].value

    def between(pair):
        low, high = sorted(pair.values())
        return f"{low:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"

    shares = sorted(LAYERS, key=lambda name: sum(held[name].values()))
    least, most = shares[0], shares[-1]
    lines = [
        (
            f"At the assumed noise level the {most} keeps a what-if glider in custody for"
            f" **{between(held[most])} percent** of its way, the {least} for {between(held[least])}."
        ),
        (
            f"A what-if glide from the center of {p.origin} toward {p.toward} starts at"
            f" {results['start_speed_km_s'].value:.1f} km/s and lasts {results['glide_minutes'].value:.0f}"
            f" minutes over {results['glide_range_km'].value:,.0f} km. Seen from above it shines with"
            f" {between(results['intensity_start_kw_sr'].value)} kW/sr ({p.band} μm) at the start; the bounds"
            " are laminar and turbulent flow."
        ),
        (
            f"With a noise level of {p.noise_w_m2:g} W/m² and the {p.view} rule, the share of the glide in"
            " custody (and in stereo) is, between the bounds:"
        ),
    ]
    lines.append(
        "\n".join(f"- {name}: **{between(held[name])} percent** ({between(stereo[name])})" for name in LAYERS)
    )
    lines.append(
        "The noise level is an assumption: the last figure shows how far the answer hangs on it. Orbits of T2"
        f" are assumed; T1 flies at T0's published inclination. Both tranches are modelled from"
        f" {basis.words()}; the others are left out."
    )
    return "\n\n".join(lines)
