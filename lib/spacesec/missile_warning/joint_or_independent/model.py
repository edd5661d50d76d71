"""Does partnering on missile warning save money, and who should pay? A cost model with stated learning, and
cost games on top of it.
"""

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec.answers import Answer, Check, Result
from spacesec.data import tables
from spacesec.methods import games
from spacesec.missile_warning.joint_or_independent import cost, prices, sharing
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value

HOME = "JPN"


RULES = {"shapley": "Shapley value", "airport": "airport rule", "nucleolus": "nucleolus", "gdp": "by GDP"}


MOST_UNITS = 500

# Who states what the checks reproduce.
SOURCES = {
    "unit costs": "via-satellite-2022-space-development-agency",
    "nested needs": "littlechild-owen-1973",
}


# Parameters given as a low and a high end, in the order of the fields of Case.
RANGES = (
    "unit_price_musd",
    "learning_ratio",
    "nonrecurring_musd",
    "integration_premium",
    "overlap",
    "ground_musd",
)


DRIVERS = {
    "overlap of needs": ("overlap_low", "overlap_high"),
    "unit price": ("unit_price_musd_low", "unit_price_musd_high"),
    "learning ratio": ("learning_ratio_low", "learning_ratio_high"),
    "non-recurring cost": ("nonrecurring_musd_low", "nonrecurring_musd_high"),
    "integration premium": ("integration_premium_low", "integration_premium_high"),
    "ground": ("ground_musd_low", "ground_musd_high"),
}


class Parameters(Base):
    needs: dict[str, int] = value(
        {"JPN": 40, "USA": 72, "KOR": 20},
        "satellites each country needs if it goes alone",
        unit="satellites",
        min_length=2,
        max_length=5,
    )
    unit_price_musd_low: float = value(
        41.0,
        "price of the first satellite, low (lowest Tracking Layer contract since Tranche 1, per satellite)",
        unit="million USD",
        gt=0,
        le=5000,
    )
    unit_price_musd_high: float = value(
        61.0, "the same, high (highest such contract)", unit="million USD", gt=0, le=5000
    )
    learning_ratio_low: float = value(0.90, "price ratio per doubling of units, low", ge=0.6, le=1.2)
    learning_ratio_high: float = value(1.00, "the same, high", ge=0.6, le=1.2)
    learning_model: Literal["crawford", "wright"] = value(
        "crawford", "learning on the unit price (Crawford) or on the cumulative average (Wright)"
    )
    nonrecurring_musd_low: float = value(
        300.0, "non-recurring cost of a layer, low (assumption)", unit="million USD", ge=0, le=20000
    )
    nonrecurring_musd_high: float = value(
        900.0, "the same, high (assumption)", unit="million USD", ge=0, le=20000
    )
    integration_premium_low: float = value(
        0.0, "extra on non-recurring and satellite cost of a joint layer, low (assumption)", ge=0, le=2
    )
    integration_premium_high: float = value(0.3, "the same, high (assumption)", ge=0, le=2)
    overlap_low: float = value(
        0.5,
        "share of the smaller needs that one joint layer serves at no extra satellite, low (assumption)",
        ge=0,
        le=1,
    )
    overlap_high: float = value(1.0, "the same, high: the largest need serves all", ge=0, le=1)
    ground_musd_low: float = value(
        163.0,
        "ground segment, low (base value of the Tranche 1 ground contract)",
        unit="million USD",
        ge=0,
        le=10000,
    )
    ground_musd_high: float = value(
        325.0, "the same, high (with its options)", unit="million USD", ge=0, le=10000
    )
    operations_musd_per_year: float = value(
        23.0,
        "operations a year (options of that contract over seven years)",
        unit="million USD",
        ge=0,
        le=2000,
    )
    launch_musd: float = value(
        81.5, "price of one launch (733.5 million for nine)", unit="million USD", ge=0, le=1000
    )
    satellites_per_launch: int = value(
        7, "satellites on one launch (Tranche 1: one plane)", unit="satellites", ge=1, le=60
    )
    life_years: float = value(5.0, "life of a satellite", unit="years", ge=1, le=20)
    years: int = value(15, "years of service", unit="years", ge=1, le=40)
    price_basis: Literal["real", "nominal"] = value(
        "real", "constant prices, or later spending raised by inflation"
    )
    inflation_percent: float = value(2.5, "yearly inflation when nominal", unit="%", ge=0, le=15)
    discount_percent: float = value(
        0.0,
        "yearly rate at which later spending counts less, a real one with real prices; 0: not discounted",
        unit="%",
        ge=0,
        le=15,
    )
    last_batch: Literal["whole", "pro rata"] = value(
        "whole", "the last replacement is paid whole, or by the share of its life within the years of service"
    )
    ground_growth: float = value(
        0.0,
        "power of the number of satellites by which ground and operations grow; 0: not at all, 1: in"
        " proportion",
        ge=0,
        le=1,
    )
    ground_satellites: int = value(
        166,
        "satellites that the ground and operations amounts were stated for (Tranche 1, both layers)",
        unit="satellites",
        ge=1,
        le=5000,
    )
    jpy_per_usd: float | None = value(
        None, "exchange rate; null: mean of the last twelve months on record", unit="JPY/USD", ge=50, le=400
    )
    abandonment_probability: float = value(
        0.1, "chance that the partners let Japan down after it has paid", ge=0, le=1
    )
    sunk_share: float = value(
        0.5, "part of its share that Japan has paid by then and loses (assumption)", ge=0, le=1
    )
    rebuild_premium: float = value(0.2, "extra cost of then building alone in haste (assumption)", ge=0, le=2)
    geostationary_satellites: int = value(
        2, "satellites of the geostationary option", unit="satellites", ge=1, le=6
    )
    hosting_fee_musd: float = value(
        5.0, "fee for carrying one hosted payload (assumption)", unit="million USD", ge=0, le=500
    )
    draws: int = value(20000, "random draws", ge=200, le=200000)
    seed: int = value(7, "seed of the draws", ge=0, le=2**31)

    @model_validator(mode="after")
    def _possible(self):
        for name in RANGES:
            low, high = getattr(self, f"{name}_low"), getattr(self, f"{name}_high")
            if low > high:
                raise ValueError(
                    f"{name}_low = {low:g} is not possible with {name}_high = {high:g}: the low end lies at"
                    " or below the high end."
                )
        bad = {country: need for country, need in self.needs.items() if not 0 <= need <= MOST_UNITS}
        if bad:
            country, need = next(iter(bad.items()))
            raise ValueError(
                f"needs: {need} satellites for {country} are not possible; a need is a whole number from 0 to"
                f" {MOST_UNITS}."
            )
        if not any(self.needs.values()):
            raise ValueError(
                "needs: nobody needs a satellite, so there is no cost to share; give at least two countries a"
                " need above 0."
            )
        if sum(need > 0 for need in self.needs.values()) < 2 or not self.needs.get(HOME):
            raise ValueError(
                f"needs = {self.needs} leaves nothing to share: {HOME} and at least one partner must need a"
                " satellite or more."
            )
        return self


@dataclass(frozen=True)
class Case:
    """The uncertain quantities, as one value each or as arrays of draws."""

    unit_price: object
    learning_ratio: object
    nonrecurring: object
    premium: object
    overlap: object
    ground: object


def answer(parameters: Parameters) -> Answer:
    p = parameters
    economies = prices.partner_gdp(p.needs)
    gdp = economies["gdp_bn_usd"].astype(float)
    drawn = case_of_draws(p)
    layer_cost = partial(layer, p, drawn)
    game = costs(p.needs, drawn.overlap, layer_cost)
    players, whole = tuple(p.needs), frozenset(p.needs)
    shares = {
        "shapley": games.shapley(players, game),
        "airport": airport_shares(p.needs, layer_cost, game[whole]),
        "gdp": {i: game[whole] * gdp[i] / sum(gdp) for i in players},
    }
    mean = {s: float(np.mean(c)) for s, c in game.items()}
    split = {rule: {i: float(np.mean(x)) for i, x in own.items()} for rule, own in shares.items()}
    split["nucleolus"] = sharing.nucleolus(players, mean)
    alone, joint = game[frozenset({HOME})], shares["shapley"][HOME]
    saving = 100 * (1 - joint / alone)
    together = 100 * (1 - game[whole] / sum(game[frozenset({i})] for i in players))
    limit = cost.break_even_risk(alone, joint, p.sunk_share, p.rebuild_premium)
    rate, contracts = p.jpy_per_usd or prices.yen_per_dollar(), prices.tracking_prices()
    estimated = int(prices.geostationary_estimates()["fiscal_year"].iloc[0])
    tranches = "Tranches {} to {}".format(*prices.tranche_numbers(contracts))
    fits = prices.learning_fits(contracts)
    options = option_costs(p, drawn, game, shares, split, rate)
    stories = {rule: sharing.in_core(split[rule], mean, 1e-6) for rule in split}
    expected = (1 - p.abandonment_probability) * joint + p.abandonment_probability * (
        p.sunk_share * joint + (1 + p.rebuild_premium) * alone
    )
    deflator, estimates = prices.us_deflator(), prices.geostationary_estimates()
    results = {
        "gdp_years": Result(
            economies["year"].astype(int).to_dict(), "year", "year of the GDP used, by country"
        ),
        "carried_price_years": Result(
            deflator.carried(contracts["fiscal_year"]),
            "year",
            "contract years later than the last known US prices, which stand in for theirs",
        ),
        "prices_known_to": Result(deflator.last, "year", "last year of known US prices"),
        "deflator_known_to": Result(
            f"{prices.us_quarters().index.max() + pd.offsets.QuarterEnd():%Y-%m-%d}",
            "",
            "last day of the quarter that the US deflator reaches",
        ),
        "newest_contract_year": Result(
            int(contracts["fiscal_year"].max()), "fiscal year", "year of the newest Tracking Layer contract"
        ),
        "geostationary_estimate_year": Result(
            estimated, "fiscal year", "year of the Japanese estimates for geostationary satellites"
        ),
        "amounts_entered": Result(
            len(contracts) + len(estimates) + len(prices.sensor_price()),
            "amounts",
            "amounts on record that the options rest on, besides launch and ground",
        ),
        "amounts_on_record": Result(len(tables.load(prices.COSTS)), "amounts", "amounts on record"),
        "satellite_life_stated": Result(
            prices.satellite_life(),
            "years",
            "newest statement on a satellite's life, and other terms on record",
        ),
        "independent_cost_musd": Result(
            cost.band(alone), "million USD", "Japan's own layer: median and 95% range", ("C2-002",)
        ),
        "joint_cost_musd": Result(
            cost.band(joint),
            "million USD",
            "Japan's Shapley share of the joint layer: median and 95% range",
            ("C2-010",),
        ),
        "joint_total_musd": Result(cost.band(game[whole]), "million USD", "whole joint layer"),
        "independent_cost_bn_jpy": Result(
            [x * rate / 1000 for x in cost.band(alone)],
            "billion yen",
            "Japan's own layer at the exchange rate used",
        ),
        "joint_cost_bn_jpy": Result(
            [x * rate / 1000 for x in cost.band(joint)], "billion yen", "Japan's Shapley share at that rate"
        ),
        "jpy_per_usd": Result(rate, "JPY/USD", "exchange rate used"),
        "saving_percent": Result(
            cost.band(saving),
            "%",
            "what Japan saves against its own layer by paying its Shapley share: median and 95% range",
            ("C2-010",),
        ),
        "group_saving_percent": Result(
            cost.band(together), "%", "what all partners together save against going alone", ("C2-010",)
        ),
        "chance_of_saving_percent": Result(
            100 * float(np.mean(saving > 0)), "%", "draws in which Japan saves", ("C2-010",)
        ),
        "expected_saving_percent": Result(
            cost.band(100 * (1 - expected / alone)),
            "%",
            "the same saving after the chosen risk of being let down",
            ("C2-010",),
        ),
        "shapley_share": Result(
            _percent(split["shapley"]), "% of the joint cost", "by Shapley value, mean over draws"
        ),
        "airport_share": Result(
            _percent(split["airport"]), "% of the joint cost", "by airport rule, mean over draws"
        ),
        "nucleolus_share": Result(
            _percent(split["nucleolus"]), "% of the joint cost", "by nucleolus, at mean costs"
        ),
        "gdp_share": Result(_percent(split["gdp"]), "% of the joint cost", "by gross domestic product"),
        "core_nonempty": Result(
            sharing.core_is_nonempty(players, mean),
            "",
            "whether some split leaves nobody better off apart, at mean costs",
        ),
        "rules_in_core": Result(
            [rule for rule, inside in stories.items() if inside],
            "",
            "rules whose split lies in the core at mean costs",
        ),
        "abandonment_probability_break_even": Result(
            cost.band(limit),
            "probability",
            "risk of being let down above which the own layer is cheaper: median and 95% range",
            ("C2-010",),
        ),
        "premium_break_even": Result(
            premium_break_even(p),
            "share of cost",
            "integration premium at which Japan's saving is gone, all else in the middle",
            ("C2-010",),
        ),
        "risk_dominance": Result(
            sharing.risk_dominance(float(np.clip(1 - np.median(limit), 1e-9, 1 - 1e-9))),
            "log odds",
            "ln(u/(1-u)) with u the trust that joining needs; above 0 going alone is the safer choice for two"
            " equal players",
        ),
        "learning_ratio": Result(
            {f"{row.series}, {row.basis}": [row.ratio, row.low, row.high] for row in fits.itertuples()},
            "price ratio per doubling",
            "fitted to Tracking Layer contract prices, with 95% interval",
            ("C2-008",),
        ),
        "geostationary_to_low_orbit_price": Result(
            prices.geostationary_ratio(contracts, rate),
            "ratio",
            f"one geostationary warning satellite (Japanese estimates of {estimated}) over one Tracking Layer"
            f" satellite (mean of {tranches}), low and high",
            ("C2-008",),
        ),
    }
    return Answer(
        results,
        {
            "options": options,
            "tornado": tornado(p),
            "variants": variants(p),
            "prices": contracts,
            "fits": fits,
            "shares": sharing.share_table(split, mean),
            "risk": cost.risk_curve(alone, joint, p.sunk_share, p.rebuild_premium),
            "corners": sharing.corner_table(players, mean),
            "economies": economies.reset_index(drop=True),
        },
        p,
    )


def case_of_draws(p: Parameters) -> Case:
    """Independent uniform draws over every range; the seed fixes them."""
    rng = np.random.default_rng(p.seed)
    return Case(
        *(rng.uniform(getattr(p, f"{name}_low"), getattr(p, f"{name}_high"), p.draws) for name in RANGES)
    )


def yearly_rate(p: Parameters) -> float:
    """What a dollar spent a year later counts: inflation in nominal money, over the discount."""
    inflation = p.inflation_percent if p.price_basis == "nominal" else 0.0
    return (1 + inflation / 100) / (1 + p.discount_percent / 100)


def layer(p: Parameters, case: Case, satellites, joint: bool):
    """Cost of a layer of so many satellites (a number, or one for each draw); a joint one bears the
    premium.
    """
    size = (satellites / p.ground_satellites) ** p.ground_growth
    return cost.layer_cost(
        satellites,
        unit_price=case.unit_price,
        learning_ratio=case.learning_ratio,
        model=p.learning_model,
        nonrecurring=case.nonrecurring,
        launch_per_satellite=p.launch_musd / p.satellites_per_launch,
        ground=case.ground * size,
        operations_per_year=p.operations_musd_per_year * size,
        life_years=p.life_years,
        years=p.years,
        premium=case.premium if joint else 0.0,
        rate=yearly_rate(p),
        last_batch=p.last_batch,
    )


def costs(needs: dict, overlap, layer_cost) -> dict:
    """Cost of every coalition. Several partners build the largest need plus what of the smaller ones it does
    not serve.

    The satellites are mixed, not the costs of a layer for the largest need and of one for all: costs fall
    along the learning curve, so that mixed costs would be lower than those of any layer of that size, always
    in favour of joining.
    """
    game = {}
    for coalition in games.coalitions(needs):
        wanted = [needs[i] for i in coalition if needs[i]]
        if len(wanted) <= 1:
            game[coalition] = layer_cost(sum(wanted), joint=False)
            continue
        largest = max(wanted)
        game[coalition] = layer_cost(largest + (1 - overlap) * (sum(wanted) - largest), joint=True)
    return game


def airport_shares(needs: dict, layer_cost, whole) -> dict:
    """Airport rule on joint layers of growing size, scaled to the whole joint cost (exact scaling 1 at full
    overlap).
    """
    nested = sharing.airport(needs, lambda need: layer_cost(need, joint=True))
    return {i: x * whole / sum(nested.values()) for i, x in nested.items()}


def middle_costs(p: Parameters) -> dict:
    """The same with every uncertain quantity in the middle of its range."""
    case = Case(*((getattr(p, f"{name}_low") + getattr(p, f"{name}_high")) / 2 for name in RANGES))
    return costs(p.needs, case.overlap, partial(layer, p, case))


def middle_saving(p: Parameters) -> float:
    """Japan's saving by Shapley share at these costs, in percent."""
    game = middle_costs(p)
    return float(100 * (1 - games.shapley(tuple(p.needs), game)[HOME] / game[frozenset({HOME})]))


def premium_break_even(p: Parameters) -> float:
    """Costs are linear in the premium, and so is the Shapley value: two points give the premium at which
    nothing is saved.
    """
    none, all_again = (
        middle_saving(p.model_copy(update={"integration_premium_low": x, "integration_premium_high": x}))
        for x in (0.0, 1.0)
    )
    return none / (none - all_again)


def tornado(p: Parameters) -> pd.DataFrame:
    """Japan's saving with one quantity at either end and the others in the middle; then needs, life,
    years, discount and the growth of ground and operations.
    """
    base, rows = middle_saving(p), []
    for label, (low, high) in DRIVERS.items():
        for end, name in (("low", low), ("high", high)):
            given = getattr(p, name)
            pinned = p.model_copy(update={low: given, high: given})
            rows.append((label, end, given, middle_saving(pinned)))
    for label, change in (
        ("Japan's need", lambda f: {"needs": {**p.needs, HOME: max(1, round(p.needs[HOME] * f))}}),
        (
            "partners' needs",
            lambda f: {"needs": {i: n if i == HOME else round(n * f) for i, n in p.needs.items()}},
        ),
        ("satellite life", lambda f: {"life_years": max(1.0, p.life_years * (1 + (f - 1) * 0.8))}),
        ("years of service", lambda f: {"years": max(1, round(p.years * (1 + (f - 1) * 2 / 3)))}),
        ("discount rate", lambda f: {"discount_percent": 7.0 * (f > 1)}),
        ("growth of ground", lambda f: {"ground_growth": 1.0 * (f > 1)}),
    ):
        for end, factor in (("low", 0.5), ("high", 1.5)):
            moved = p.model_copy(update=change(factor))
            shown = {
                "Japan's need": moved.needs[HOME],
                "partners' needs": factor,
                "satellite life": moved.life_years,
                "years of service": moved.years,
                "discount rate": moved.discount_percent,
                "growth of ground": moved.ground_growth,
            }[label]
            rows.append((label, end, shown, middle_saving(moved)))
    table = pd.DataFrame(rows, columns=["driver", "end", "value", "saving_percent"])
    return (
        table.assign(base_percent=base, swing=table.groupby("driver")["saving_percent"].transform(np.ptp))
        .sort_values(["swing", "driver", "end"], ascending=[False, True, True], kind="stable")
        .reset_index(drop=True)
    )


def option_costs(
    p: Parameters, case: Case, game: dict, shares: dict, split: dict, rate: float
) -> pd.DataFrame:
    """What Japan pays under each option: median and 95 % range, in dollars and yen. Geostationary and hosted
    rest on Japanese amounts.
    """
    estimates = prices.geostationary_estimates()
    yen, year = estimates["amount_bn_jpy"], int(estimates["fiscal_year"].iloc[0])
    sensor = float(prices.sensor_price()["amount_bn_jpy"].iloc[0]) * 1000 / rate
    rate_a_year = yearly_rate(p)
    paid = sum(
        share * rate_a_year**start for start, share in cost.batches(p.years, p.life_years, p.last_batch)
    )
    operations = p.operations_musd_per_year * cost.yearly(p.years, rate_a_year)
    rng = np.random.default_rng(p.seed + 1)
    whole = frozenset(p.needs)
    gso = (
        p.geostationary_satellites * rng.uniform(yen.min(), yen.max(), p.draws) * 1000 / rate
        + case.ground
        + operations
    )
    hosted = (
        case.nonrecurring / 2
        + p.needs[HOME] * paid * (sensor * rng.uniform(0.7, 1.3, p.draws) + p.hosting_fee_musd)
        + operations
    )
    geostationary = "1 geostationary satellite"
    if p.geostationary_satellites > 1:
        geostationary = f"{p.geostationary_satellites} geostationary satellites"
    rows = [
        ("own layer in low orbit", game[frozenset({HOME})], "model"),
        ("hosted payloads on partners' satellites", hosted, "model and price paid for one sensor"),
        (geostationary, gso, f"Japanese estimates of {year}"),
    ]
    rows += [
        (
            f"joint layer, {RULES[rule]}",
            (
                shares[rule][HOME]
                if rule in shares
                else game[whole] * split[rule][HOME] / sum(split[rule].values())
            ),
            "model",
        )
        for rule in RULES
    ]
    return pd.DataFrame(
        [(name, *cost.band(x), *(v * rate / 1000 for v in cost.band(x)), basis) for name, x, basis in rows],
        columns=["option", "musd", "musd_low", "musd_high", "bn_jpy", "bn_jpy_low", "bn_jpy_high", "basis"],
    )


def variants(p: Parameters) -> pd.DataFrame:
    """Japan's own layer and Shapley share with everything in the middle and one choice of the cost model
    changed: columns choice, own_musd, joint_musd, saving_percent, and own_change_percent against the model as
    chosen.
    """
    uneven = {
        "life_years": 0.8 * p.life_years
    }  # a life that the years of service do not hold a whole number of
    changes = {
        "as chosen": {},
        **{
            f"{basis} prices, {model} learning": {"price_basis": basis, "learning_model": model}
            for basis, model in product(("real", "nominal"), ("crawford", "wright"))
        },
        **{f"discounted at {rate}% a year": {"discount_percent": rate} for rate in (2, 4, 7)},
        "ground and operations grow by the square root": {"ground_growth": 0.5},
        "ground and operations grow in proportion": {"ground_growth": 1.0},
        f"life {uneven['life_years']:g} years, last batch whole": {**uneven, "last_batch": "whole"},
        f"life {uneven['life_years']:g} years, last batch pro rata": {**uneven, "last_batch": "pro rata"},
    }
    rows = []
    for choice, change in changes.items():
        game = middle_costs(p.model_copy(update=change))
        alone, joint = game[frozenset({HOME})], games.shapley(tuple(p.needs), game)[HOME]
        rows.append((choice, alone, joint, 100 * (1 - joint / alone)))
    table = pd.DataFrame(rows, columns=["choice", "own_musd", "joint_musd", "saving_percent"])
    return table.assign(own_change_percent=100 * (table["own_musd"] / table["own_musd"].iloc[0] - 1))


def checks(found: Answer) -> list[Check]:
    """Unit prices as the trade press printed them, and the published example of nested needs."""
    contracts = found.tables["prices"]
    first = contracts[contracts["series"].str.endswith("Tranche 1")].set_index("recipient")
    needs = {"A": 20, "B": 40, "C": 72}
    game = {s: float(max(needs[i] for i in s)) for s in games.coalitions(needs)}
    return [
        Check(
            "L3Harris, Tranche 1, a satellite",
            float(first.loc["L3Harris", "nominal_musd"]),
            50.0,
            0.5,
            "million USD",
            SOURCES["unit costs"],
            "unit costs by vendor",
        ),
        Check(
            "Northrop Grumman, Tranche 1, a satellite",
            float(first.loc["Northrop Grumman", "nominal_musd"]),
            44.0,
            0.5,
            "million USD",
            SOURCES["unit costs"],
            "unit costs by vendor",
        ),
        Check(
            "Shapley value and airport rule on needs of 20, 40 and 72: largest difference",
            max(abs(games.shapley(needs, game)[i] - sharing.airport(needs, float)[i]) for i in needs),
            0.0,
            1e-9,
            "satellites",
            SOURCES["nested needs"],
            "theorem: the rule is the Shapley value",
        ),
    ]


def _percent(split: dict) -> dict[str, float]:
    total = sum(split.values())
    return {country: 100 * x / total for country, x in split.items()}
