"""The words of the question ``joint_or_independent``."""

from spacesec.answers import Answer
from spacesec.missile_warning.joint_or_independent.model import HOME, RULES
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    given,
    month,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

NEEDS = named(drawn("group_concat(key || ' ' || value, ', ') FROM json_each(:p_needs)"))
# The prices of the answer and whether later spending is discounted.
MONEY = say(
    "{basis} prices, {rate}",
    basis=named(parameter("price_basis")),
    rate=choose(
        (":p_discount_percent = 0", say("not discounted")),
        otherwise=say("discounted at {rate}% a year", rate=given(parameter("discount_percent"))),
    ),
)
# The year of the GDP used, and whose is an older one.
NEWEST = "(SELECT max(value) FROM json_each(:gdp_years))"
GDP_YEARS = say(
    "{newest}{older}",
    newest=year(drawn(NEWEST)),
    older=choose(
        (f"(SELECT min(value) FROM json_each(:gdp_years)) = {NEWEST}", say("")),
        otherwise=say(
            " ({older}, the last on record)",
            older=named(
                drawn(
                    "group_concat(key || ' of ' || value, ', ') FROM json_each(:gdp_years) WHERE value <"
                    f" {NEWEST}"
                )
            ),
        ),
    ),
)
# Contract years whose US prices are not known yet; nothing where all are.
CARRIED = choose(
    ("(SELECT count(*) FROM json_each(:carried_price_years)) = 0", say("")),
    otherwise=say(
        " US prices of {years} are taken as those of {last}, the last on record.",
        years=named(drawn("group_concat(value, ', ') FROM json_each(:carried_price_years)")),
        last=year(result("prices_known_to")),
    ),
)
RULE_NAMES = " ".join(f"WHEN '{key}' THEN '{name}'" for key, name in RULES.items())
CORE_RULES = named(drawn(f"group_concat(CASE value {RULE_NAMES} END, ', ') FROM json_each(:rules_in_core)"))


def _band(name: str, scale: float = 1, digits: int = 0) -> dict[str, Told]:
    """Median and both ends of a result of three numbers, as places ``mid``, ``low`` and ``high``."""
    places = zip(("mid", "low", "high"), range(3), strict=True)
    return {place: number(drawn(f"{scale} * json_extract(:{name}, '$[{i}]')"), digits) for place, i in places}


def _share(rule: str) -> Told:
    return percent(result(f"{rule}_share", HOME))


def learned(series: str) -> Choice:
    """What a price ratio per doubling and its interval say; one that holds 1 shows nothing either way."""
    ratio, low, high = (f"json_extract(:learning_ratio, '$.\"{series}\"[{i}]')" for i in range(3))
    return choose(
        (f"{low} <= 1 AND {high} >= 1", say("learning neither shown nor ruled out")),
        (f"{ratio} < 1", say("{less} less a doubling", less=percent(drawn(f"100 * (1 - {ratio})")))),
        otherwise=say("prices {more} up a doubling", more=percent(drawn(f"100 * ({ratio} - 1)"))),
    )


def answer(found: Answer) -> list[Told]:
    flat, real = (
        say(
            "{learned} in " + basis + " dollars (ratio {ratio}, 95% {low} to {high})",
            learned=learned(f"L3Harris, {basis}"),
            ratio=number(result("learning_ratio", f"L3Harris, {basis}", 0), 2),
            low=number(result("learning_ratio", f"L3Harris, {basis}", 1), 2),
            high=number(result("learning_ratio", f"L3Harris, {basis}", 2), 2),
        )
        for basis in ("nominal", "real")
    )
    return [
        say(
            "{costs} {saves} {shares} {cheaper} Observed prices of L3Harris: {flat}, {real}; contract prices"
            " are not unit costs.{carried} {gone} How far one layer serves several needs is the assumption"
            " that decides; satellites are taken as alike and no capability is valued.",
            costs=_costs(),
            saves=_saves(),
            shares=_shares(),
            cheaper=_cheaper(),
            flat=flat,
            real=real,
            carried=CARRIED,
            gone=_gone(),
        )
    ]


def _costs() -> Told:
    return say(
        "With needs of {needs} satellites over {years} ({money}) an own layer costs Japan {own} and its"
        " Shapley share of a joint one {joint}.",
        needs=NEEDS,
        years=counted(parameter("years"), "one year", "{n} years"),
        money=MONEY,
        own=say("**{mid} million dollars** (95% {low} to {high})", **_band("independent_cost_musd")),
        joint=say("**{mid}** ({low} to {high})", **_band("joint_cost_musd")),
    )


def _saves() -> Choice:
    chance = percent(result("chance_of_saving_percent"), rounded="down")
    return choose(
        (
            "json_extract(:saving_percent, '$[0]') > 0",
            say(
                "Partnering saves Japan **{mid}%** ({low}% to {high}%), in {chance} of draws something.",
                chance=chance,
                **_band("saving_percent"),
            ),
        ),
        otherwise=say(
            "Partnering costs Japan **{mid}%** more than its own layer ({high}% to {low}%) and saves"
            " something in {chance} of draws.",
            chance=chance,
            **_band("saving_percent", -1),
        ),
    )


def _shares() -> Told:
    return say(
        "Japan's share is {shapley} by Shapley, {airport} by the airport rule, {nucleolus} by the nucleolus"
        " and {gdp} by GDP of {years}; {core}.",
        **{rule: _share(rule) for rule in RULES},
        years=GDP_YEARS,
        core=choose(
            ("NOT :core_nonempty", say("the core is empty: no split satisfies every coalition")),
            ("json_array_length(:rules_in_core) = 0", say("no rule lies in the core")),
            ("json_array_length(:rules_in_core) = 1", say("{rules} lies in the core", rules=CORE_RULES)),
            otherwise=say("{rules} lie in the core", rules=CORE_RULES),
        ),
    )


def _cheaper() -> Choice:
    return choose(
        (
            "json_extract(:saving_percent, '$[0]') <= 0",
            say("The own layer is the cheaper choice even where nobody is let down."),
        ),
        (
            "json_extract(:abandonment_probability_break_even, '$[0]') >= 1",
            say("Joining stays the cheaper choice however likely Japan is let down."),
        ),
        otherwise=say(
            "The own layer becomes the cheaper choice once the chance of being let down exceeds **{mid}**"
            " ({low} to {high}).",
            **_band("abandonment_probability_break_even", digits=2),
        ),
    )


def _gone() -> Choice:
    return choose(
        (
            ":premium_break_even > 0",
            say(
                "With all else in the middle Japan's saving is gone at an integration premium of {premium};"
                " studies of joint aircraft found premiums that ate the saving.",
                premium=percent(drawn("100 * :premium_break_even")),
            ),
        ),
        otherwise=say("With all else in the middle Japan saves nothing even without an integration premium."),
    )


def options() -> Words:
    cost = "FROM drawn WHERE option = '{}'"
    saves = say(
        "A share of a joint layer costs Japan {mid}% less than its own ({low}% to {high}%)",
        **_band("saving_percent"),
    )
    low, high = (f"json_extract(:saving_percent, '$[{i}]')" for i in (1, 2))
    return Words(
        title=choose(
            (f"{low} > 0", saves),
            (
                f"{high} < 0",
                say(
                    "A share of a joint layer costs Japan {mid}% more than its own ({high}% to {low}%)",
                    **_band("saving_percent", -1),
                ),
            ),
            otherwise=say(
                "Whether a share of a joint layer is cheaper for Japan is open: {low}% to {high}% saved",
                low=number(drawn(low)),
                high=number(drawn(high)),
            ),
        ),
        subtitle=say(
            "Cost over {years}, median and 95% range of {draws} draws; satellites needed: {needs}",
            years=counted(parameter("years"), "one year", "{n} years"),
            draws=parameter("draws"),
            needs=NEEDS,
        ),
        caption=say(
            "Geostationary: estimates of {estimated} as stated; hosted: the price Japan paid for one sensor,"
            " the fee and half the non-recurring cost. {entered} of {amounts} amounts on record enter so;"
            " launch and ground enter as the parameters say. {rate} yen a dollar.",
            estimated=fiscal_year(result("geostationary_estimate_year")),
            entered=result("amounts_entered"),
            amounts=result("amounts_on_record"),
            rate=result("jpy_per_usd"),
        ),
        alt=say(
            "Dots with ranges: {dots}.",
            dots=named(
                drawn("group_concat(printf('%s %.1f billion dollars', option, musd / 1000), '; ') FROM drawn")
            ),
        ),
        note=say(
            "options are not equal in what they see: geostationary satellites hold no gliders in track. The"
            " saving is by the Shapley rule{gdp}.",
            gdp=choose(
                (
                    f"(SELECT musd {cost.format('joint layer, by GDP')}) IS NULL",
                    say(""),
                ),
                otherwise=say(
                    "; by GDP Japan would pay {gdp} of the whole instead of {shapley}",
                    gdp=_share("gdp"),
                    shapley=_share("shapley"),
                ),
            ),
        ),
        until=fiscal_year(result("newest_contract_year")),
    )


def learning() -> Words:
    def of(column: str, basis: str) -> str:
        return f"(SELECT {column} FROM drawn WHERE part = 'fit' AND basis = '{basis}')"

    def change(column: str, basis: str = "real") -> Told:
        return number(drawn(f"100 * ({of(column, basis)} - 1)"), sign=True)

    points, later = of("points", "nominal"), "FROM drawn WHERE part = 'contract' AND later"
    return Words(
        title=choose(
            (
                f"{of('low', 'real')} <= 1 AND {of('high', 'real')} >= 1",
                say(
                    "{n} prices neither show nor rule out learning: {ratio}% a doubling ({low} to {high}%)",
                    n=drawn(points),
                    ratio=change("ratio"),
                    low=change("low"),
                    high=change("high"),
                ),
            ),
            otherwise=say(
                "Real prices of L3Harris changed {ratio}% with each doubling of satellites ({low} to"
                " {high}%)",
                ratio=change("ratio"),
                low=change("low"),
                high=change("high"),
            ),
        ),
        subtitle=say(
            "Tracking Layer price a satellite against the vendor's cumulative satellites; dashed: fit to"
            " L3Harris; title: in dollars of {year}",
            year=year(result("newest_contract_year")),
        ),
        caption=say(
            "{n} points leave {free} degrees of freedom. Deflated by the US GDP deflator, known to {known}."
            " Contracts since the demonstrators ran from {least} to {most} million a satellite, the draws"
            " from {low} to {high}.{carried}",
            n=drawn(points),
            free=drawn(f"{points} - 2"),
            known=month(result("deflator_known_to")),
            least=number(drawn(f"min(nominal_musd) {later}")),
            most=number(drawn(f"max(nominal_musd) {later}")),
            low=given(parameter("unit_price_musd_low")),
            high=given(parameter("unit_price_musd_high")),
            carried=CARRIED,
        ),
        alt=say(
            "Two scatter plots of {n} prices with L3Harris joined and fitted: {flat}% a doubling in nominal"
            " dollars, {real}% in real ones.",
            n=drawn("count(*) FROM drawn WHERE part = 'contract' AND recipient <> 'all primes'"),
            flat=change("ratio", "nominal"),
            real=change("ratio"),
        ),
        note=say(
            "contracts mix design, satellites, ground and incentives and differ in payload; prices are no"
            " unit costs."
        ),
    )


def who_pays() -> Words:
    home = f"FROM drawn WHERE country = '{HOME}'"
    low, high = f"min(percent) {home}", f"max(percent) {home}"
    return Words(
        title=choose(
            (
                f"(SELECT count(*) {home} AND in_core) = 0",
                say(
                    "By rule Japan pays {low} to {high} of a joint layer, and each split leaves a group"
                    " better off apart",
                    low=percent(drawn(low)),
                    high=percent(drawn(high)),
                ),
            ),
            otherwise=say(
                "By rule Japan pays {low} to {high} of a joint layer; nobody is better off apart at {stable}",
                low=percent(drawn(low)),
                high=percent(drawn(high)),
                stable=choose(
                    (
                        f"round((SELECT {low} AND in_core)) = round((SELECT {high} AND in_core))",
                        say("{least}", least=percent(drawn(f"{low} AND in_core"))),
                    ),
                    otherwise=say(
                        "{least} to {most}",
                        least=percent(drawn(f"{low} AND in_core")),
                        most=percent(drawn(f"{high} AND in_core")),
                    ),
                ),
            ),
        ),
        subtitle=say(
            "Share of the joint layer's mean cost by rule of splitting, %; satellites needed: {needs}",
            needs=NEEDS,
        ),
        caption=say(
            "Stable: in the core, where no group pays more than its own layer would cost it, at mean costs."
            " GDP of {years}.",
            years=GDP_YEARS,
        ),
        alt=say(
            "Stacked bars of shares by rule: {shares}.",
            shares=named(
                drawn("group_concat(printf('%s %s %.0f%%', rule_name, country, percent), '; ') FROM drawn")
            ),
        ),
        note=say("the rules split cost alone; what each country would get to see is not valued."),
        until=fiscal_year(result("newest_contract_year")),
    )


def abandonment() -> Words:
    even = "FROM drawn WHERE part = 'break-even'"
    return Words(
        title=choose(
            (f"(SELECT risk {even}) <= 0", say("Joining does not pay even if nobody is let down")),
            (f"(SELECT risk {even}) >= 1", say("Joining pays however likely Japan is let down")),
            otherwise=say(
                "Joining pays while the chance of being let down stays below about {mid} ({low} to {high})",
                mid=number(drawn(f"risk {even}"), 2),
                low=number(drawn(f"low {even}"), 2),
                high=number(drawn(f"high {even}"), 2),
            ),
        ),
        subtitle=say(
            "Expected cost to Japan of joining, as a multiple of its own layer; lost then: {sunk} of the"
            " share, rebuilding {dearer} dearer",
            sunk=percent(drawn("100 * :p_sunk_share")),
            dearer=percent(drawn("100 * :p_rebuild_premium")),
        ),
        caption=say("Gray: 95% range of the break-even over {draws} draws.", draws=parameter("draws")),
        alt=say(
            "Rising line of expected cost, from {low} to {high} times the own layer.",
            low=number(drawn("min(relative_cost) FROM drawn"), 2),
            high=number(drawn("max(relative_cost) FROM drawn"), 2),
        ),
        note=say(
            "money only: the months without warning while rebuilding are not priced, so the true break-even"
            " lies lower."
        ),
        until=fiscal_year(result("newest_contract_year")),
    )


def tornado() -> Words:
    def driver(place: int) -> Told:
        return named(
            drawn(
                f"driver FROM drawn GROUP BY driver ORDER BY max(swing) DESC, driver LIMIT 1 OFFSET {place}"
            )
        )

    return Words(
        title=choose(
            (
                "(SELECT min(saving_percent) FROM drawn) > 0",
                say("Japan's saving hangs most on {first} and {second}", first=driver(0), second=driver(1)),
            ),
            (
                "(SELECT max(saving_percent) FROM drawn) <= 0",
                say("No one quantity drawn makes a joint layer cheaper for Japan"),
            ),
            otherwise=say("Whether Japan saves at all hangs most on {first}", first=driver(0)),
        ),
        subtitle=say(
            "Saving by Shapley share with one quantity at its low (plain) or high (hatched) end, the others"
            " in the middle; dashed: no saving"
        ),
        caption=say("Numbers at the bars are the ends used.{life}", life=_life()),
        alt=say(
            "Bars for {n} quantities around a saving of {base}, from {low} to {high}.",
            n=drawn("count(DISTINCT driver) FROM drawn"),
            base=percent(drawn("max(base_percent) FROM drawn")),
            low=percent(drawn("min(saving_percent) FROM drawn")),
            high=percent(drawn("max(saving_percent) FROM drawn")),
        ),
        note=say("one quantity moves at a time; the range with all moving at once is wider."),
        until=fiscal_year(result("newest_contract_year")),
    )


def _life() -> Choice:
    return choose(
        (":satellite_life_stated IS NULL", say("")),
        otherwise=say(
            " Satellite life: {years} years as stated in {stated}; {others} on record {do} not enter.",
            years=given(drawn("json_extract(:satellite_life_stated, '$.years')")),
            stated=month(drawn("json_extract(:satellite_life_stated, '$.date')")),
            others=counted(
                drawn("json_extract(:satellite_life_stated, '$.other_terms')"),
                "{n} other term",
                "{n} other terms",
            ),
            do=choose(
                ("json_extract(:satellite_life_stated, '$.other_terms') = 1", say("does")),
                otherwise=say("do"),
            ),
        ),
    )
