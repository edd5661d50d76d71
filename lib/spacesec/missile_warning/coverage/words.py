"""The words of the question ``coverage``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.missile_warning.constellations import Basis, tracking_layer
from spacesec.missile_warning.coverage.model import BAND_DEG, Parameters, rule


def answer(p: Parameters, results: dict[str, Result], vary: pd.DataFrame, basis: Basis) -> str:
    value = {name: result.value for name, result in results.items()}
    views = vary[vary["varied"] == "view rule"].set_index("choice")
    phases = vary[vary["varied"] == "phasing"]["fold_2_percent"]
    lost = f" after the loss of {p.lost_satellites}" if p.lost_satellites else ""
    found = value["smallest_found"]
    return "\n\n".join(
        [
            (
                f"{p.satellites} satellites ({p.planes} planes, {p.pattern}, {p.altitude_km:,g} km,"
                f" {p.inclination_deg:g}°){lost} watch a target at {p.target_altitude_km:g} km over"
                f" {p.latitude_deg:g}° N, {p.longitude_deg:g}° E **{value['fold_1_percent']:.1f} percent** of"
                f" the time with one satellite and **{value['fold_2_percent']:.1f} percent** with two"
                f" ({rule(p, p.view).words()}); the longest gap is {value['longest_gap_minutes']:.0f}"
                " minutes."
            ),
            (
                f"The rule of seeing decides: two in view {views.loc['limb', 'fold_2_percent']:.0f} percent"
                f" of the time by the limb rule, {views.loc['elevation', 'fold_2_percent']:.0f} percent if"
                f" the satellite must stand {p.minimum_elevation_deg:g}° above the target's horizon. Phasing"
                f" alone moves it between {phases.min():.0f} and {phases.max():.0f} percent."
            ),
            (
                f"For unbroken cover of {BAND_DEG[0]:g} to {BAND_DEG[1]:g}° N from 1,000 km the search finds"
                f" {found.get('limb 1-fold', 'none')} satellites (two-fold"
                f" {found.get('limb 2-fold', 'none')}) by the limb rule and"
                f" {found.get('elevation 1-fold', 'none')} ({found.get('elevation 2-fold', 'none')}) by the"
                " elevation rule."
            ),
            (
                f"Joined to a Tracking Layer of {len(tracking_layer())} satellites, the layer raises the"
                f" time in stereo by {value['stereo_added_to_tracking_layer_points']:.0f} percentage points;"
                f" that layer is modelled from {basis.words()}, the others are left out. This is geometry;"
                " a geostationary pair sees the place all the time and yet may not detect a dim target"
                " (`missile_warning/glide_tracking`)."
            ),
        ]
    )
