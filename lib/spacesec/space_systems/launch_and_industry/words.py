"""The words of the question ``launch_and_industry``."""

from spacesec.answers import Result
from spacesec.space_systems.launch_and_industry.model import Parameters


def answer(p: Parameters, results: dict[str, Result]) -> str:
    r = {name: result.value for name, result in results.items()}
    (good, tries), (low, high) = r["record"], r["success_interval_percent"]
    (own_security, launched), (own_com, com) = r["own_launch_security"], r["own_launch_commercial"]
    chance = 1 - p.confidence_percent / 100
    first, whole = (
        "within chance" if r[name] > chance else "beyond chance" for name in ("p_value_first", "p_value_all")
    )
    whole = "within it too" if first == whole == "within chance" else whole
    others = ", ".join(f"{n} by {s}" for s, n in r["commercial_by_state"].items() if s != "Japan")
    return "\n\n".join(
        [
            (
                f"**Yes for the state's own satellites: Japan launched {own_security} of the {launched}"
                f" security satellites sent up; no for its industry: {own_com} of {com} commercial ones.**"
                f" The rest were launched abroad: {others}; of its own {own_com},"
                f" {r['commercial_lost_on_own']} were lost. All {len(r['lost_on_own_launchers'])} government"
                " satellites lost at launch were lost on Japanese launchers."
            ),
            (
                f"**{p.vehicle}: {good} of {tries} flights good, {low:.0f} to {high:.0f} % at"
                f" {p.confidence_percent:g} % confidence.** {p.compare_with} stands at"
                f" {r['compared_record'][0]} of {r['compared_record'][1]} and had"
                f" {r['compared_first_flights'][0]} of its first {r['compared_first_flights'][1]}. The"
                " difference to those first flights is"
                f" {first} (p = {r['p_value_first']:.2f}), that to its whole life {whole}"
                f" (p = {r['p_value_all']:.3f}). {r['flights_to_show_target']} more flights without failure"
                f" would lift the lower bound above {p.target_percent:g} %."
            ),
            (
                f"Kirameki-3 flew {r['kirameki_3_months_late']:.0f} months after the year planned for it;"
                " Kirameki-1 was the only security satellite launched abroad,"
                f" {r['kirameki_1_years_from_tender']:.0f} years after the year of the tender."
                if own_security == launched - 1
                else (
                    f"Kirameki-3 flew {r['kirameki_3_months_late']:.0f} months after the year planned for it."
                )
            ),
            (
                f"Two companies have launched {sum(r['radar_launched'].values())} radar satellites, of which"
                f" {sum(r['radar_working'].values())} are neither lost, ended nor unknown."
            ),
        ]
    )
