"""The words of the question ``strategy_fund``."""

from spacesec.answers import Result
from spacesec.budgets import words
from spacesec.budgets.rows import Newer
from spacesec.budgets.strategy_fund.model import SCOPES, Parameters
from spacesec.words.numerals import counted

LEFT_OUT = {
    "budgets/government_space": "no total yet",
    "budgets/strategy_fund": "no tranche of its own",
    "budgets/projects": "nothing paid into the fund yet",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    last: int,
    unit: str,
    tranches: int,
    payout: float | None,
    payout_year: int,
    carried: dict[str, list[int]],
    untold: list[int],
    newer: dict[str, Newer | None],
    disputes: dict[str, list[str]],
) -> str:
    r = {name: result.value for name, result in results.items()}
    grown, jump = r["growth_multiple"], r["largest_step_year"]
    needed = r["industry_growth_needed_percent"]
    life = counted(p.life_years, "year")
    spread = f"Spread over {life}, {r['spread_last']:.0f} billion yen of the fund fall on FY{last}"
    paid_out = "" if payout is None else f"; funds planned to pay out {payout:.1f} in FY{payout_year}"
    return "\n\n".join(
        [
            f"Of about {r['plan']:,.0f} billion yen, **{r['voted']:.0f} ({r['voted_percent']:.0f}"
            f" percent) were voted in {words.spelled(tranches)} supplementary budgets**; no date was found"
            " for the rest.",
            f"From FY{p.base_year} to FY{last} the government space budget ({unit}) grew"
            f" {grown['booked']:.2f} times with the fund booked when voted, {grown['spread']:.2f} times"
            f" with it spread over {life} and {grown['without']:.2f} times"
            f" without it. The largest rise falls in FY{jump['booked']} when booked and"
            f" in FY{jump['without']} without the fund.",
            *words.untold(untold),
            *words.standing_in(carried),
            f"{spread}{paid_out}.",
            f"To meet its target in the early 2030s the industry ({SCOPES[p.industry_scope]}) must grow"
            f" {min(needed):.1f} to {max(needed):.1f} percent a year. Its two stated sizes differ"
            f" {r['industry_scope_ratio']:.1f} times, and the narrower one {_narrow(r)}.",
            f"Published rows answer {r['questions_known']} of an investor's {r['questions_asked']}"
            " questions.",
            *words.left_out(newer, LEFT_OUT),
            *words.disputed(disputes),
        ]
    )


def _narrow(r: dict) -> str:
    change = r["industry_growth_stated_percent"]
    moved = "had not grown" if round(change) == 0 else "had changed"
    return f"{moved} between its first and last statement ({change:.0f} percent)"
