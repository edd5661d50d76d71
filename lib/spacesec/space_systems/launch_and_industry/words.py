"""The words of the question ``launch_and_industry``."""

from spacesec.answers import Result
from spacesec.space_systems.launch_and_industry.model import Parameters
from spacesec.words.sentences import (
    Words,
    choose,
    day,
    drawn,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

JAPAN = "FROM drawn WHERE state = 'Japan'"
DEFENSE = "FROM drawn WHERE payload_class = 'defence'"
MINE = f"(SELECT share {DEFENSE} AND state = 'Japan')"
TOTAL = number(drawn(f"sum(payloads) {JAPAN}"))
COUNT = number(drawn(f"payloads {JAPAN} AND payload_class = 'defence'"))
STATES = number(drawn("count(DISTINCT state) FROM drawn"))
PERIOD = choose(
    (":p_first_year = :p_last_year", say("in {first}", first=year(parameter("first_year")))),
    otherwise=say(
        "from {first} to {last}", first=year(parameter("first_year")), last=year(parameter("last_year"))
    ),
)
RANKED = say(
    "number {rank} of {states} states by that share{tied}",
    rank=number(drawn(f"1 + count(*) {DEFENSE} AND share > {MINE}")),
    states=STATES,
    tied=choose((f"(SELECT count(*) {DEFENSE} AND share = {MINE}) > 1", say(" (tied)")), otherwise=say("")),
)
# The first year that the count of a year not over speaks of.
PART = "CAST(substr(:payloads_part_counted, 1, 4) AS INTEGER)"
PART_COUNTED = day(result("payloads_part_counted"))
PAYLOADS = Words(
    title=choose(
        (f"(SELECT count(*) {JAPAN}) = 0", say("Japan flew no payload {period}", period=PERIOD)),
        (
            f"{MINE} = 0",
            say(
                "None of Japan's payloads {period} counts as defense ({total} flew)",
                period=PERIOD,
                total=TOTAL,
            ),
        ),
        (
            f"(SELECT sum(payloads) {JAPAN}) < 20",
            say(
                "Defense is {count} of Japan's {total} payloads {period}, {ranked}",
                count=COUNT,
                total=TOTAL,
                period=PERIOD,
                ranked=RANKED,
            ),
        ),
        otherwise=say(
            "Defense is {share} of Japan's payloads {period}, {ranked}",
            share=percent(drawn(f"share {JAPAN} AND payload_class = 'defence'")),
            period=PERIOD,
            ranked=RANKED,
        ),
    ),
    subtitle=say(
        "Payloads by the class that the catalog gives them, as shares of each state, most defense first;"
        " numbers in the bars, totals by the names"
    ),
    caption=say(
        "{number}The catalog's state is that of registration, and its class that of the main user: Japan's"
        " imaging satellites count as defense, its positioning satellites do not.{left}",
        number=choose(
            (f"(SELECT count(*) {JAPAN}) = 0", say("")),
            otherwise=say(
                "By number Japan's defense payloads, {count}, are exceeded by those of {more} of the other"
                " states. ",
                count=COUNT,
                more=number(
                    drawn(
                        f"count(*) {DEFENSE} AND payloads > (SELECT payloads {DEFENSE} AND state = 'Japan')"
                    )
                ),
            ),
        ),
        left=choose(
            (
                f":payloads_part_counted <> '' AND :p_last_year < {PART}",
                say(
                    " Counts of {year} (to {day}) are left out: a year counts when it is over.",
                    year=year(result("payloads_part_counted")),
                    day=PART_COUNTED,
                ),
            ),
            otherwise=say(""),
        ),
    ),
    alt=say(
        "Stacked bars of class shares of {states} states; the largest share of defense is {most}, that of"
        " business {business}.",
        states=STATES,
        most=percent(drawn(f"max(share) {DEFENSE}")),
        business=percent(drawn("max(share) FROM drawn WHERE payload_class = 'business'"), rounded="down"),
    ),
    note=choose(
        (
            f":payloads_part_counted <> '' AND :p_last_year >= {PART}",
            say(
                "{year} was not over when it was counted ({day}); shares hide how many fly.",
                year=year(result("payloads_part_counted")),
                day=PART_COUNTED,
            ),
        ),
        otherwise=say("shares hide how many fly: totals are in brackets."),
    ),
    until=year(parameter("last_year")),
)

ALL = "failure + partial + success"
FULLEST = f"SELECT year FROM drawn WHERE {ALL} = (SELECT max({ALL}) FROM drawn) ORDER BY year"
FIRST = "CAST(substr(:first_success, 1, 4) AS INTEGER)"
EMPTY = f"SELECT year FROM drawn WHERE {ALL} = 0 AND year > {FIRST} ORDER BY year"
BEST = number(drawn(f"max({ALL}) FROM drawn"))
ATTEMPTS = Words(
    title=say(
        "{attempts} attempts at orbit since {first}, {failures} of them failures; never more than {best} in a"
        " year",
        attempts=number(drawn(f"sum({ALL}) FROM drawn")),
        first=year(drawn("min(year) FROM drawn")),
        failures=number(drawn("sum(failure) FROM drawn")),
        best=BEST,
    ),
    subtitle=say(
        "Japanese attempts at orbit by outcome, {first} to {last}",
        first=year(drawn("min(year) FROM drawn")),
        last=day(result("last_attempt")),
    ),
    caption=say(
        "Most in one year: {best}, in {years}. Attempts by companies count as well.",
        best=BEST,
        years=named(drawn(f"group_concat(year, ' and ') FROM ({FULLEST})")),
    ),
    alt=say(
        "Stacked bars by year: {early} attempts without success in the years before {success}, at most {best}"
        " a year from then on{empty}.",
        early=number(drawn(f"sum({ALL}) FROM drawn WHERE year < {FIRST}")),
        success=year(result("first_success")),
        best=number(drawn(f"max({ALL}) FROM drawn WHERE year >= {FIRST}")),
        empty=choose(
            (f"(SELECT count(*) FROM ({EMPTY})) = 0", say("")),
            otherwise=say(
                ", none in {years}", years=named(drawn(f"group_concat(year, ' and ') FROM ({EMPTY})"))
            ),
        ),
        when=f"(SELECT sum(success) FROM drawn WHERE year < {FIRST}) = 0",
    ),
    note=say("a partial success put its payload into a wrong orbit; the last year drawn may not be over."),
)


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
