"""The words of the question ``situational_awareness``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.space_systems.situational_awareness.model import Parameters
from spacesec.words.numerals import counted


def answer(
    p: Parameters,
    results: dict[str, Result],
    asked: pd.DataFrame,
    partial: dict[str, int],
    unpaired: list[str],
    further: int,
    unread: int,
) -> str:
    r = {name: result.value for name, result in results.items()}
    ends = r["modelled_in_orbit_percent"]
    low, high = r["gap_deg"]
    where = f"from {low:.0f}° to {high:.0f}° E" if low == low else "none"
    bounds = (
        f", between {ends['dense']:.0f} and {ends['thin']:.0f} % for an atmosphere {p.solar_factor:g} times"
        " denser or thinner"
        if p.solar_factor > 1
        else ""
    )
    return "\n\n".join(
        [
            (
                f"**{r['fengyun_in_orbit_percent']:.0f} % of the pieces of FENGYUN 1C ever catalogued were"
                f" still up at the last snapshot**; circular decay at mean density gives {ends['mean']:.0f}"
                f" %{bounds}. In 2017 {r['fengyun_2017'][0]:,} to {r['fengyun_2017'][1]:,} of them had"
                f" element sets. Cosmos 1408, hit lower down, fell from {r['family_peaks']['cosmos-1408']:,}"
                f" to {r['family_last']['cosmos-1408']}."
            ),
            area_to_mass(asked),
            (
                f"{r['crossing_480_630_km']} fragments cross the heights of 480 to 630 km where most Japanese"
                f" imaging satellites fly. The flux there is {r['share_of_peak_percent']:.0f} % of that in"
                f" the fullest shell: {p.satellite} with {p.area_m2:g} m² has a chance of"
                f" {r['hit_percent']:.3f} % to be hit by a catalogued one in {p.years:g} years. What is too"
                " small to be catalogued is many times more and is not in this number."
            ),
            (
                "**Near 135° E the three US telescopes leave a gap only when low elevations are given up**:"
                f" below {r['gap_opens_at_deg']:g}° there is none, at {p.minimum_elevation_deg:g}° it runs"
                f" {where}, and 135° E itself is lost from {r['gap_holds_135_from_deg']:g}° upward. With"
                " Exmouth and the Japanese and Indian sensors the stretch without a sensor is"
                f" {r['gap_all_partners_deg']:.0f}° wide. US sensors that ride on Japanese satellites in"
                f" orbit: {r['us_sensors_in_orbit']}; what they see is not public."
            ),
            *left_out(partial, unpaired, further),
        ]
    )


def area_to_mass(asked: pd.DataFrame) -> str:
    """Whether density can be what parts the model from the shares seen."""
    months, needed = [f"{date:%B %Y}" for date in asked["date"]], asked["area_to_mass_m2_kg"]
    apart = needed.max() / needed.min()
    verdict = "is not what misfits" if apart > 1.5 else "is enough to make them fit"
    return (
        f"**Density {verdict}.** Under the Sun as observed it was {_row(asked['sun_factor'])} times that"
        " of the"
        f" mean atmosphere, in the mean up to {_and(months)}; with that course the shares seen then ask for"
        f" fragments of {_row(needed)} m² to the kilogram. Density and area to mass enter decay as one"
        " product, so"
        " a band of densities is a band of areas too."
    )


def _row(values: pd.Series) -> str:
    return _and([f"{value:.2f}" for value in values])


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def left_out(partial: dict[str, int], unpaired: list[str], further: int) -> list[str]:
    """What the tables hold and the answer does not use, and why."""
    said = [
        f"{counted(rows, 'count')} of {month}, a snapshot that is not whole"
        for month, rows in partial.items()
    ]
    said += [f"the count of {count}, beside which no other of its date stands" for count in unpaired]
    if further:
        said.append(
            f"{counted(further, 'further promise')} on situational awareness, followed with the others"
        )
    return [f"Left out: {'; '.join(said)}."] if said else []
