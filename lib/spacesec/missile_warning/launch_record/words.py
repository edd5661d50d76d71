"""The words of the question ``launch_record``."""

from spacesec.answers import Result
from spacesec.missile_warning.launch_record.model import OpenYear, Parameters
from spacesec.words.numerals import counted

SALVOS = 1.5  # variance over mean of launches a year above which they are said to come in salvos


def left_out(year: OpenYear | None) -> str:
    """The sentence on the launches of a year that is not over; nothing where none is left out."""
    if year is None:
        return ""
    japan = [
        words
        for number, words in (
            (year.overflights, counted(year.overflights, "passage") + " over Japan"),
            (year.eez_falls, counted(year.eez_falls, "fall") + " inside its zone"),
        )
        if number
    ]
    among = f" with {' and '.join(japan)}" if japan else ""
    are = "is" if year.launches == 1 else "are"
    return (
        f" {counted(year.launches, 'launch', 'launches')} of {year.ends.year}{among} {are} left out: the year"
        f" is not over on record, which ends on {year.ends.day} {year.ends:%B}."
    )


def answer(
    results: dict[str, Result], parameters: Parameters, open_year: OpenYear | None, second_periods: int
) -> str:
    r = {name: result.value for name, result in results.items()}
    ratio = (
        ""
        if r["tempo_ratio"] is None
        else (
            f" A year under Kim Jong Un had **{r['tempo_ratio'][0]:.1f} times** as many launch days as one"
            f" under Kim Jong Il (95 % {r['tempo_ratio'][1]:.1f} to {r['tempo_ratio'][2]:.1f})."
        )
    )
    waiting = f", {r['preliminary_launches']} of them preliminary" if r["preliminary_launches"] else ""
    salvos = (
        f"Launches come in salvos (variance over mean {r['dispersion']:.1f}), so years scatter far more than"
        " single launches at random would. "
        if r["dispersion"] and r["dispersion"] > SALVOS
        else (
            "The years do not scatter more than single launches at random would (variance over mean"
            f" {r['dispersion']:.1f}). "
            if r["dispersion"]
            else ""
        )
    )
    periods = (
        f" {counted(second_periods, 'further period')} of a leader who has one already is left out."
        if second_periods
        else ""
    )
    return (
        f"From {parameters.start_year} to {parameters.end_year} the record holds"
        f" **{counted(r['launches'], 'launch', 'launches')}** on"
        f" {counted(r['launch_days'], 'date')}{waiting}; **{r['overflights']}** passed over Japan and"
        f" **{r['eez_falls']}** missiles fell inside its exclusive economic zone.{ratio} {salvos}Apogee and"
        f" range are both on record for {r['both_known']} of {r['launches']} launches."
        f"{left_out(open_year)}{periods}"
    )
