"""The words of the question ``joint_or_independent``."""

from spacesec.answers import Result
from spacesec.missile_warning.joint_or_independent import cost
from spacesec.missile_warning.joint_or_independent.model import HOME, RULES, Parameters


def money(p: Parameters) -> str:
    """The prices of the answer and whether later spending is discounted."""
    rate = f"discounted at {p.discount_percent:g} % a year" if p.discount_percent else "not discounted"
    return f"{p.price_basis} prices, {rate}"


def gdp_years(years: dict[str, int]) -> str:
    """The year of the GDP used, and whose is an older one."""
    newest = max(years.values())
    older = [f"{country} of {year}" for country, year in years.items() if year < newest]
    carried = f" ({', '.join(older)}, the last on record)" if older else ""
    return f"{newest}{carried}"


def carried_prices(carried: list[int], known_to: int) -> str:
    """The sentence on contract years whose US prices are not known yet; nothing where all are."""
    if not carried:
        return ""
    return (
        f" US prices of {', '.join(map(str, carried))} are taken as those of {known_to}, the last on record."
    )


def answer(
    results: dict[str, Result],
    p: Parameters,
    inside: dict[str, bool],
    economies: dict[str, int],
    carried: list[int],
    prices_known_to: int,
) -> str:
    r = {name: result.value for name, result in results.items()}
    saving, limit, alone, joint = (
        r["saving_percent"],
        r["abandonment_probability_break_even"],
        r["independent_cost_musd"],
        r["joint_cost_musd"],
    )
    needs = ", ".join(f"{country} {need}" for country, need in p.needs.items())
    flat, real = (r["learning_ratio"][f"L3Harris, {prices}"] for prices in ("nominal", "real"))
    core = (
        (
            f"{', '.join(RULES[name] for name in r['rules_in_core'])} lie in the core"
            if r["rules_in_core"]
            else "no rule lies in the core"
        )
        if r["core_nonempty"]
        else "the core is empty: no split satisfies every coalition"
    )
    something = " something" if saving[0] > 0 else ""
    saves, cheaper, gone = cost.compared(saving, limit, r["premium_break_even"])
    return (
        f"With needs of {needs} satellites over {p.years} years ({money(p)}) an own layer costs"
        f" Japan **{alone[0]:,.0f} million dollars** (95 % {alone[1]:,.0f} to {alone[2]:,.0f}) and its"
        f" Shapley share of a joint one **{joint[0]:,.0f}** ({joint[1]:,.0f} to {joint[2]:,.0f}). Partnering"
        f" {saves} {r['chance_of_saving_percent']:.0f} % of draws{something}. Japan's share is"
        f" {r['shapley_share'][HOME]:.0f} % by Shapley, {r['airport_share'][HOME]:.0f} % by the airport"
        f" rule, {r['nucleolus_share'][HOME]:.0f} % by the nucleolus and {r['gdp_share'][HOME]:.0f} % by GDP"
        f" of {gdp_years(economies)}; {core}. {cheaper} Observed prices of L3Harris: {cost.learned(*flat)}"
        f" in nominal dollars (ratio {flat[0]:.2f}, 95 % {flat[1]:.2f} to {flat[2]:.2f}),"
        f" {cost.learned(*real)} in real ones ({real[0]:.2f}, {real[1]:.2f} to {real[2]:.2f}); contract"
        f" prices are not unit costs.{carried_prices(carried, prices_known_to)} With all else in the middle"
        f" {gone}; studies of joint aircraft found premiums that ate the saving. How far one layer serves"
        " several needs is the assumption that decides; satellites are taken as alike and no capability is"
        " valued."
    )
