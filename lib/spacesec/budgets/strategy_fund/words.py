"""The words of the question ``strategy_fund``."""

from spacesec.answers import Result
from spacesec.budgets.strategy_fund.model import SCOPES, Parameters
from spacesec.words.numerals import counted


def answer(p: Parameters, results: dict[str, Result], last: int, unit: str) -> str:
    r = {name: result.value for name, result in results.items()}
    grown = r["growth_multiple"]
    needed = r["industry_growth_needed_percent"]
    return "\n\n".join(
        [
            (
                f"Of about {r['plan']:,.0f} billion yen, **{r['voted']:.0f} ({r['voted_percent']:.0f}"
                " percent) were voted in three supplementary budgets**; no date was found for the rest."
            ),
            (
                f"From FY{p.base_year} to FY{last} the government space budget ({unit}) grew"
                f" {grown['booked']:.2f} times with the fund booked when voted, {grown['spread']:.2f} times"
                f" with it spread over {counted(p.life_years, 'year')} and {grown['without']:.2f} times"
                f" without it. The largest rise falls in FY{r['largest_step_year']['booked']} when booked and"
                f" in FY{r['largest_step_year']['without']} without the fund."
            ),
            (
                f"Spread over {counted(p.life_years, 'year')}, {r['spread_last']:.0f} billion yen of the fund"
                f" fall on FY{last}; funds planned to pay out {r['planned_payout_2026']:.1f} in FY2026."
            ),
            (
                f"To meet its target in the early 2030s the industry ({SCOPES[p.industry_scope]}) must grow"
                f" {min(needed):.1f} to {max(needed):.1f} percent a year. Its two stated sizes differ"
                f" {r['industry_scope_ratio']:.1f} times, and the narrower one had not grown between its"
                f" first and last statement ({r['industry_growth_stated_percent']:.0f} percent)."
            ),
            (
                f"Published rows answer {r['questions_known']} of an investor's {r['questions_asked']}"
                " questions."
            ),
        ]
    )
