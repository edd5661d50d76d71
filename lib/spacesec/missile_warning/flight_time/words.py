"""The words of the question ``flight_time``."""

from datetime import date

from spacesec.answers import Result
from spacesec.astrodynamics import ballistic
from spacesec.missile_warning.flight_time.model import Parameters
from spacesec.words.numerals import counted


def answer(
    results: dict[str, Result],
    p: Parameters,
    flight: ballistic.Flight,
    timed: dict[str, tuple[int, int]],
    newest: date,
    without_time: int,
) -> str:
    r = {name: result.value for name, result in results.items()}
    how = "least speed" if p.apogee_km is None else f"apogee {p.apogee_km:,.0f} km"
    minutes, left, record_left = r["flight_minutes"], r["minutes_left"], r["minutes_left_at_record_delays"]
    leaves = (
        f"leaves **{left['least']:.1f} to {left['most']:.1f} minutes**"
        if left["least"] >= 0
        else (
            f"leaves **at most {left['most']:.1f} minutes**"
            if left["most"] > 0
            else f"comes **{-left['most']:.1f} to {-left['least']:.1f} minutes** too late"
        )
    )
    are = "is" if without_time == 1 else "are"
    untimed = f" {counted(without_time, 'statement')} without a time {are} left out." if without_time else ""
    return (
        f"A flight of {p.range_km:,.0f} km ({how}) lasts **{minutes['ellipse']:.1f} minutes** on the ellipse"
        f" and **{minutes['with_boost_low']:.1f} to {minutes['with_boost_high']:.1f}** with the boost phase."
        f" An alert {p.alert_minutes:g} minutes after launch {leaves}; at the delays on record anything from"
        f" {record_left['slowest']:.1f} (none, if negative) to {record_left['fastest']:.1f}. Reported"
        f" flights last {r['residual_minutes_mean']['icbm']:.1f} minutes longer than their ellipse for"
        f" intercontinental missiles ({r['residual_flights']['icbm']} flights),"
        f" {r['residual_minutes_mean']['irbm']:.1f} for intermediate ones ({r['residual_flights']['irbm']})."
        f" Of the launches on record up to {newest.day} {newest:%B %Y} whose apogee and range are known,"
        f" {timed['icbm'][0]} of {timed['icbm'][1]} intercontinental and {timed['irbm'][0]} of"
        f" {timed['irbm'][1]} intermediate ones have a stated time.{untimed} Alerts came"
        f" {r['alert_minutes_announced'][0]:.0f} to {r['alert_minutes_announced'][1]:.0f} minutes after"
        f" announced launches and {r['alert_minutes_unannounced'][0]:.0f} to"
        f" {r['alert_minutes_unannounced'][1]:.0f} after others."
    )
