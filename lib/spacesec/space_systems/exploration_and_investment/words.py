"""The words of the question ``exploration_and_investment``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    choose,
    counted,
    day,
    drawn,
    given,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

FEW = 5  # dated promises under which nothing is told of delays
DAY = day(parameter("as_of"))
MEDIAN = ":median_slip_months"
LOW, HIGH = (f"json_extract(:median_slip_interval_months, '$[{place}]')" for place in (0, 1))
STOCK = "json_extract(:direct_investment_bn_usd, '$.japan')"
OTHER = "json_extract(:direct_investment_bn_usd, '$.' || lower(:compared_investor))"
OTHERS = named(result("compared_investor"))
DATED = "(:promises - :undated)"
SURE = 0.05  # probability below which a difference is told
LEAST = 0.01  # probability below which it is told no more closely
PROMISES = counted(result("promises"), "{n} promise", "{n} promises")
# Promises of some domains only are told as such.
CHOSEN = choose(("json_array_length(:p_domains) > 0", say(" of the chosen domains")), otherwise=say(""))
YEARS = say("{n} years", n=given(parameter("doubling_years")))  # three at the least
# What became of promises that fell due and were not met.
BECAME = {
    "late": "{n} came late",
    "not met": "{n} not done",
    "failed": "{n} lost",
    "overtaken": "{n} dropped",
    "open": "{n} within the grace",
}


def answer(found: Answer) -> list[Told]:
    return [_promises(found), _barter(), _sums(found), *_left_out(found)]


def _promises(found: Answer) -> Told:
    return say(
        "**{due}.** Besides, {undue} not due yet{undated}.{ahead} {delay} {sides}",
        due=_due(found, dated=True),
        undue=counted(drawn(":promises - :due - :undated"), "{n} was", "{n} were"),
        undated=choose((":undated = 0", say("")), otherwise=say(" and {n} had no date", n=result("undated"))),
        ahead=choose(
            (":kept_ahead = 0", say("")),
            otherwise=say(
                " {n} before the window closed.",
                n=counted(result("kept_ahead"), "{n} was kept", "{n} were kept"),
            ),
        ),
        delay=choose(
            (f"{DATED} = 0", say("None has a date from which a delay could count.")),
            (f"{DATED} < {FEW}", say("So few dates tell nothing of delays.")),
            (
                f"{MEDIAN} IS NULL",
                say("Fewer than half have come in the time followed, so no median delay exists."),
            ),
            otherwise=say(
                "Counting those undelivered as still going, half come by estimate {late} ({interval}).",
                late=choose(
                    (f"{MEDIAN} <= 0", say("by their date")),
                    otherwise=say("about {months} late or sooner", months=_months(MEDIAN)),
                ),
                interval=_interval(),
            ),
        ),
        sides=_sides(),
    )


def _due(found: Answer, *, dated: bool) -> Choice:
    """How many promises had fallen due and were met, and what became of the others."""
    others = [
        say(words, n=result("due_outcomes", outcome))
        for outcome, words in BECAME.items()
        if found["due_outcomes"][outcome]
    ]
    met = "json_extract(:due_outcomes, '$.met')"
    by = say(" by {day}", day=DAY) if dated else say("")
    return choose(
        (
            ":due = 0",
            say(
                "None of {promises}{chosen} had fallen due by {day}",
                promises=PROMISES,
                chosen=CHOSEN,
                day=DAY,
            ),
        ),
        otherwise=say(
            "{met} of {due}{chosen}{by} {were} met{others}",
            chosen=CHOSEN,
            met=drawn(met),
            due=counted(result("due"), "{n} promise due", "{n} promises due"),
            by=by,
            were=choose((f"{met} = 1 OR :due = 1", say("was")), otherwise=say("were")),
            others=say("; {others}", others=listed(others)) if others else say(""),
        ),
    )


def _months(sql: str) -> Choice:
    """A time in whole months; ``never`` where it is not reached."""
    whole = drawn(f"CAST(round({sql}) AS INTEGER)")
    return choose(
        (f"({sql}) IS NULL", say("never")),
        otherwise=say("{n}", n=counted(whole, "{n} month", "{n} months")),
    )


def _interval() -> Choice:
    return choose(
        (f"{LOW} IS NULL AND {HIGH} IS NULL", say("too few for an interval")),
        otherwise=say("95%: {low} to {high}", low=_months(LOW), high=_months(HIGH)),
    )


def _sides() -> Choice:
    chance = choose(
        (f":log_rank_p < {LEAST}", say("p < {p}", p=number(drawn(str(LEAST)), 2))),
        otherwise=say("p = {p}", p=number(result("log_rank_p"), 2)),
    )
    return choose(
        (":log_rank_p IS NULL", say("Civil promises and those with a security side cannot be compared.")),
        (
            f":log_rank_p < {SURE}",
            say("Civil promises and those with a security side differ ({p}).", p=chance),
        ),
        otherwise=say(
            "Civil promises and those with a security side do not differ beyond chance ({p}).", p=chance
        ),
    )


def _barter() -> Told:
    def all_of(side: str) -> str:
        return f"(SELECT coalesce(sum(value), 0) FROM json_each(:japan_{side}))"

    def dropped(side: str) -> str:
        return f"coalesce(json_extract(:japan_{side}, '$.overtaken'), 0)"

    gives = counted(drawn(all_of("gives")), "{n} thing", "{n} things")
    arrangements = counted(result("arrangements"), "{n} arrangement", "{n} arrangements")
    return say(
        "**What Japan gives and gets is bartered, not paid.** {what} No sum stands in the sources for the"
        " rover or the modules, so who gave most cannot be told.",
        what=choose(
            (":arrangements = 0", say("No arrangement had been signed by {day}.", day=DAY)),
            (
                f"{dropped('gives')} + {dropped('gets')} = 0",
                say(
                    "In {arrangements} Japan gives {gives} and gets {gets}; none had been dropped by {day}.",
                    arrangements=arrangements,
                    gives=gives,
                    gets=drawn(all_of("gets")),
                    day=DAY,
                ),
            ),
            otherwise=say(
                "Of {gives} given in {arrangements} {lost} dropped with the Gateway, of {gets} got {gone};"
                " {seats}.",
                gives=gives,
                arrangements=arrangements,
                lost=counted(drawn(dropped("gives")), "{n} was", "{n} were"),
                gets=drawn(all_of("gets")),
                gone=drawn(dropped("gets")),
                seats=choose(
                    (":seats_open = 0", say("no arrangement that stands gives Japan a seat")),
                    otherwise=counted(
                        result("seats_open"),
                        "{n} arrangement that stands gives Japan seats, with no date",
                        "{n} arrangements that stand give Japan seats, with no date",
                    ),
                ),
            ),
        ),
    )


def _sums(found: Answer) -> Told:
    return say(
        "Japan's stock of direct investment in the United States, {stock} billion dollars at the end of"
        " {year}, lies {beside} {investor}'s {their}; {pledge}. To double in {years} the space industry must"
        " grow {growth} a year, from {narrow} trillion yen by one count or {wide} by another; the target, for"
        " {target_year} or soon after, is {target}.",
        target_year=year(result("target_year")),
        target=given(result("target_tn_jpy")),
        pledge=choose(
            (
                ":pledge_gap_bn_usd <= 0",
                say("the {amount} billion spoken of are reached", amount=number(result("pledge_bn_usd"))),
            ),
            otherwise=say(
                "the {amount} billion spoken of are {gap} away, {years} at {growth} a year",
                amount=number(result("pledge_bn_usd")),
                gap=number(result("pledge_gap_bn_usd"), 1),
                years=say("{n} years", n=number(result("pledge_years"), 1)),
                growth=say("{n}%", n=given(parameter("direct_investment_growth_percent"))),
            ),
        ),
        years=YEARS,
        growth=percent(result("doubling_growth_percent"), 2),
        narrow=given(result("industry_counts_tn_jpy", "narrow")),
        wide=given(result("industry_counts_tn_jpy", "wide")),
        stock=number(drawn(STOCK), 1),
        year=year(result("compared_year")),
        beside=choose(
            (f"{STOCK} > {OTHER}", say("ahead of")),
            (f"{STOCK} < {OTHER}", say("behind")),
            otherwise=say("level with"),
        ),
        investor=OTHERS,
        their=number(drawn(OTHER), 1),
    )


def _left_out(found: Answer) -> list[Told]:
    """What the tables hold and the answer does not use, and why: a sentence a reason."""
    said: list[Told] = [
        say(
            "The stock of direct investment of {investor} at the end of {year} is left out: no other stands"
            " beside it.",
            investor=named(result("stocks_left_out", place, 0)),
            year=year(result("stocks_left_out", place, 1)),
        )
        for place in range(len(found["stocks_left_out"]))
    ]
    if found["sums_not_compared"]:
        said.append(
            say(
                "{n} listed and compared with nothing.",
                n=counted(
                    result("sums_not_compared"),
                    "{n} stake, share of a program or contract is",
                    "{n} stakes, shares of programs and contracts are",
                ),
            )
        )
    if found["arrangements_later"]:
        said.append(
            say(
                "{n} signed after {day} and left out.",
                n=counted(result("arrangements_later"), "{n} arrangement was", "{n} arrangements were"),
                day=DAY,
            )
        )
    if found["looked_at_before"]:
        said.append(
            say(
                "{n} last looked at before {day}: the slip counts to that look.",
                n=counted(
                    result("looked_at_before"),
                    "{n} promise not delivered was",
                    "{n} promises not delivered were",
                ),
                day=DAY,
            )
        )
    return [listed(said, " ", " ")] if said else []


def ledger(found: Answer) -> Words:
    """Promised windows and what became of them."""
    rows = "FROM drawn WHERE window_end IS NOT NULL"
    made = "substr(promised_on, 1, 4)"
    year_most = f"(SELECT {made} FROM drawn GROUP BY {made} ORDER BY count(*) DESC, {made} LIMIT 1)"
    outcomes = "SELECT outcome, count(*) AS n FROM drawn GROUP BY outcome ORDER BY n DESC, outcome"
    return Words(
        title=_due(found, dated=False),
        subtitle=say(
            "Promised window (dashed) and outcome on {day} (dotted line); {plans}",
            day=DAY,
            plans=choose(
                (":p_plans = 'first'", say("the first plan counts")),
                (":p_plans = 'latest'", say("the latest plan counts")),
                otherwise=say("every plan has its row"),
            ),
        ),
        caption=say(
            "Met: {grace}. Dropped: by a decision of the partner. Of {promises} {dated} a date; windows are"
            " as promised at the time.",
            grace=choose(
                (":p_grace_months = 0", say("not a day late")),
                (":p_grace_months = 1", say("no more than a month late")),
                otherwise=say("no more than {n} months late", n=given(parameter("grace_months"))),
            ),
            promises=counted(drawn("count(*) FROM drawn"), "{n} promise", "{n} promises"),
            dated=counted(drawn(f"count(*) {rows}"), "{n} has", "{n} have"),
        ),
        alt=say(
            "Timeline of {promises} with promised windows and outcomes: {outcomes}.",
            promises=counted(drawn("count(*) FROM drawn"), "{n} promise", "{n} promises"),
            outcomes=named(drawn(f"group_concat(outcome || ' ' || n, ', ') FROM ({outcomes})")),
        ),
        note=say(
            "{most} of {all} promised in {year}; promises that nobody wrote down are missing, kept ones among"
            " them.",
            most=drawn(f"count(*) FROM drawn WHERE {made} = {year_most}"),
            all=counted(drawn("count(*) FROM drawn"), "{n} was", "{n} were"),
            year=year(drawn(year_most)),
        ),
        until=DAY,
    )


def slips() -> Words:
    """Share of dated promises not delivered, by months after their window."""
    every = "FROM drawn WHERE part = 'all'"
    dated = counted(drawn(f"coalesce(sum(events + censored), 0) {every}"), "{n} promise", "{n} promises")
    done = counted(drawn(f"coalesce(sum(events), 0) {every}"), "{n} has", "{n} have")
    last = "survival FROM drawn WHERE part = 'all' ORDER BY time DESC LIMIT 1"
    end = f"(SELECT max(time) {every})"
    return Words(
        title=choose(
            (f"{DATED} = 0", say("No promise of this choice has a date")),
            (
                f"{DATED} < {FEW} OR {MEDIAN} IS NULL",
                say("Of {dated} with a date {done} been delivered by {day}", dated=dated, done=done, day=DAY),
            ),
            (f"{MEDIAN} <= 0", say("By estimate half of {dated} come by their date or before", dated=dated)),
            otherwise=say(
                "By estimate half of {dated} come about {months} late or sooner ({interval})",
                dated=dated,
                months=_months(MEDIAN),
                interval=_interval(),
            ),
        ),
        subtitle=say(
            "Share of dated promises{chosen} not delivered by {day} (Kaplan-Meier, 95% band); ticks: followed"
            " so far",
            chosen=CHOSEN,
            day=DAY,
        ),
        caption=say(
            "As a count: of {dated} {done} been delivered. Promises lost or dropped count as undelivered to"
            " the end.",
            dated=dated,
            done=done,
        ),
        alt=choose(
            (f"{DATED} = 0", say("An empty frame: no promise of this choice has a date.")),
            otherwise=say(
                "Step curves of the share not delivered by months after the promised window; that of all"
                " {dated} ends at {last} {end}.",
                dated=dated,
                last=percent(drawn(f"100 * {last}")),
                end=choose(
                    (f"{end} < 0", say("{months} before that of the last", months=_months(f"-{end}"))),
                    otherwise=say("after {months}", months=_months(end)),
                ),
            ),
        ),
        note=choose(
            (f"{DATED} < 2", say("{dated}: of others it tells nothing.", dated=dated)),
            otherwise=say("{dated}; some wait for one another, so the band is too narrow.", dated=dated),
        ),
        until=DAY,
    )


def barter() -> Words:
    """What Japan gives and gets, arrangement by arrangement."""

    def of(side: str, more: str = "") -> str:
        return f"count(*) FROM drawn WHERE side = 'Japan {side}'{more}"

    lost = " AND status = 'overtaken'"
    cause = "SELECT DISTINCT agreement FROM drawn WHERE status = 'overtaken' ORDER BY agreement"
    things = {
        "gives": counted(drawn(of("gives")), "{n} thing", "{n} things"),
        "gets": drawn(of("gets")),
        "signed": counted(
            drawn("count(DISTINCT arrangement) FROM drawn"), "{n} arrangement", "{n} arrangements"
        ),
    }
    return Words(
        title=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("No barter in space had been signed by {day}", day=DAY)),
            (
                "(SELECT count(*) FROM drawn WHERE status = 'overtaken') = 0",
                say("Japan gives {gives} and gets {gets} in {signed}; none was dropped", **things),
            ),
            otherwise=say(
                "{gone} of {gives} that Japan gives and {lost} of {gets} that it gets fell with the {cause}",
                gone=drawn(of("gives", lost)),
                lost=drawn(of("gets", lost)),
                gives=things["gives"],
                gets=things["gets"],
                cause=named(drawn(f"group_concat(agreement, ' and the ') FROM ({cause})")),
            ),
        ),
        subtitle=say(
            "What the arrangements say that Japan gives and gets, as of {day}; partner: United States unless"
            " named",
            day=DAY,
        ),
        caption=choose(
            (
                f"(SELECT count(*) FROM drawn WHERE true{lost}) = 0",
                say("Nothing had been dropped by {day}.", day=DAY),
            ),
            otherwise=say("What becomes of hardware already built for what was dropped was not found."),
        ),
        alt=say(
            "Two columns with the items of {signed}: {gives} given, {gone} of them marked dropped, and {gets}"
            " got, {lost} of them dropped.",
            gone=drawn(of("gives", lost)),
            lost=drawn(of("gets", lost)),
            **things,
        ),
        note=say("no source puts a value on any of these, so the sides cannot be weighed."),
        until=DAY,
    )


def money() -> Words:
    """Direct investment in the United States against the sum spoken of."""
    bars = (
        "SELECT investor || ' ' || group_concat(printf('%g in %s', value, substr(date, 1, 4)), ', ') AS told"
        " FROM (SELECT * FROM drawn WHERE measure LIKE 'stock%' ORDER BY date) GROUP BY investor"
        " ORDER BY investor DESC"
    )
    return Words(
        title=choose(
            (
                f"abs({STOCK} - {OTHER}) < 0.05",
                say("Japan and {investor} are level in direct investment in the US", investor=OTHERS),
            ),
            otherwise=say(
                "Japan {leads} {investor} in direct investment in the US by {apart} billion dollars",
                leads=choose((f"{STOCK} > {OTHER}", say("leads")), otherwise=say("trails")),
                investor=OTHERS,
                apart=number(drawn(f"abs({STOCK} - {OTHER})"), 1),
            ),
        ),
        subtitle=say("Stocks of direct investment in the United States at the year's end, billion dollars"),
        caption=say(
            "All industries, not space alone: stakes of Japanese houses in foreign space firms have no amount"
            " in what was read. The sum spoken of was worded as a will, without a year."
        ),
        alt=say(
            "Bars of direct investment in billion dollars: {bars}; a dashed line at {pledge}.",
            bars=named(drawn(f"group_concat(told, '; ') FROM ({bars})")),
            pledge=number(drawn("value FROM drawn WHERE measure LIKE 'pledged%'")),
        ),
        note=say(
            "all industries, not space; the basis of ownership of {first} is not stated, so the years may not"
            " compare.",
            first=year(drawn("min(date) FROM drawn WHERE measure LIKE 'stock%'")),
        ),
    )


def doubling() -> Words:
    """Growth that doubles the space industry by a year."""
    soon = "FROM drawn WHERE target_year BETWEEN 2030 AND 2033"  # the "early 2030s" of the strategy
    ends = "SELECT count || ' ' || printf('%.1f to %.1f', max(growth_percent), min(growth_percent)) AS told"
    return Words(
        title=say(
            "Doubling Japan's space industry in {years} takes growth of {growth} a year",
            years=YEARS,
            growth=percent(result("doubling_growth_percent"), 1),
        ),
        subtitle=say(
            "Steady growth that doubles the industry by a year, from two counts; dashed line: doubling in"
            " {years}",
            years=YEARS,
        ),
        caption=say(
            "In the years that the strategy names, {first} to {last}, the two counts ask for {low} to {high}"
            " a year.",
            first=year(drawn(f"min(target_year) {soon}")),
            last=year(drawn(f"max(target_year) {soon}")),
            low=percent(drawn(f"min(growth_percent) {soon}"), rounded="down"),
            high=percent(drawn(f"max(growth_percent) {soon}"), rounded="up"),
        ),
        alt=say(
            "Falling curves of the growth needed by year of doubling, percent a year: {ends}; a dashed line"
            " at {growth}.",
            ends=named(
                drawn(f"group_concat(told, '; ') FROM ({ends} FROM drawn GROUP BY count ORDER BY count)")
            ),
            growth=percent(result("doubling_growth_percent"), 1),
        ),
        note=say(
            "the counts, {counts}, differ in scope; neither is a series, so past growth is not known.",
            counts=named(
                drawn(
                    "group_concat(told, ' and ') FROM (SELECT DISTINCT printf('%g trillion yen in %d',"
                    " base_tn_jpy, base_year) AS told FROM drawn ORDER BY base_year DESC)"
                )
            ),
        ),
    )
