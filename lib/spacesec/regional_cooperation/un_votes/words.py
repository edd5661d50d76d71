"""The words of the question ``un_votes``."""

from spacesec.answers import Answer
from spacesec.importing import own
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.un_votes.model import WASHINGTON
from spacesec.words.sentences import (
    Choice,
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    within,
    year,
    years_of,
)

FEW = 20  # texts under which a share is told as a count
EXACT = ":p_abstention = 'distinct'"
# What a share of agreement counts, as a verb and as a measure.
AGREED = choose(
    (EXACT, say("cast the same vote")), otherwise=say("agreed, an abstention counting half a vote,")
)
MEASURE = choose(
    (EXACT, say("Share of texts on which Japan and the partner cast the same vote")),
    otherwise=say("Agreement of Japan and the partner, an abstention counting half way between yes and no"),
)
BREAK = year(parameter("break_year"))


def answer(found: Answer) -> list[Told]:
    return [
        say(
            "Over {n} of {years} Japan and the United States {agreed} in **{share}** (95%"
            " interval {low} to"
            " {high}). {nearest}",
            n=counted(_us("agreement_n"), "{n} text", "{n} texts"),
            years=years_of(result("first_text_year"), result("last_text_year")),
            agreed=AGREED,
            share=percent(result("agreement_percent", WASHINGTON, "all")),
            low=percent(result("agreement_low", WASHINGTON, "all"), rounded="down"),
            high=percent(result("agreement_high", WASHINGTON, "all"), rounded="up"),
            nearest=_nearest(found),
        ),
        *_change(found),
        _placement(),
        *_left_out(found),
        *twice.paragraphs(found),
    ]


def _us(name: str) -> Value:
    return drawn(f"json_extract(:{name}, '$.\"{WASHINGTON}\".all')")


def _the(state: str) -> str:
    return f"CASE WHEN {state} LIKE 'United%' THEN 'the ' ELSE '' END || {state}"


def _nearest(found: Answer) -> Told:
    first = found["closest_partners"]
    partners = listed(
        [named(drawn(_the(f"json_extract(:closest_partners, '$[{place}]')"))) for place in range(len(first))]
    )
    beyond = choose(
        (
            ":closest_beyond_chance IS NULL",
            say(" in raw agreement, and nothing can be said of any beyond chance"),
        ),
        (
            (
                "json_array_length(:closest_partners) = 1 AND"
                " :closest_beyond_chance = json_extract(:closest_partners, '$[0]')"
            ),
            say(", in raw agreement and beyond chance"),
        ),
        otherwise=say(
            " in raw agreement, {beyond} beyond chance", beyond=named(drawn(_the(":closest_beyond_chance")))
        ),
    )
    one = counted(
        drawn("json_array_length(:closest_partners)"),
        "The partner nearest to Japan is",
        "The partners nearest to Japan are",
    )
    return say("{one} {partners}{beyond}.", one=one, partners=partners, beyond=beyond)


def _change(found: Answer) -> list[Told]:
    if found["washington_before_percent"] is None or found["washington_after_percent"] is None:
        return []
    return [
        say(
            "Agreement with Washington was {before} before {year} ({n_before}) and {after} since"
            " ({n_after}). Of this"
            " change {votes} points come from votes on the same topics and {mix} from which texts were put"
            " to the"
            " vote.",
            before=percent(result("washington_before_percent")),
            n_before=counted(result("washington_before_n"), "{n} text", "{n} texts"),
            year=BREAK,
            after=percent(result("washington_after_percent")),
            n_after=counted(result("washington_after_n"), "{n} text", "{n} texts"),
            votes=number(result("change_from_votes"), sign=True),
            mix=number(result("change_from_mix"), sign=True),
        )
    ]


def _placement() -> Choice:
    def first(state: str, column: str) -> Choice:
        begins = f"(SELECT min(CAST(key AS INTEGER)) FROM json_each(:first_placement_{column}))"
        return choose(
            (f":first_no_{column} IS NULL", say(f"{state} cast no vote against in these years")),
            (
                f":first_no_{column} > {begins}",
                say(f"{state} first voted against in {{year}}", year=year(result(f"first_no_{column}"))),
            ),
            otherwise=say(
                f"{state} voted against from the first vote in these years ({{year}})",
                year=year(result(f"first_no_{column}")),
            ),
        )

    return choose(
        (
            ":first_placement_both = 0",
            say(
                "No vote of both Japan and South Korea on no first placement is known {span}.",
                span=within(parameter("start_year"), parameter("end_year")),
            ),
        ),
        otherwise=say(
            "On no first placement Japan and South Korea voted alike {shared} times of {all}; {japan},"
            " {korea}.",
            shared=result("first_placement_shared"),
            all=result("first_placement_both"),
            japan=first("Japan", "japan"),
            korea=first("South Korea", "south_korea"),
        ),
    )


def _left_out(found: Answer) -> list[Told]:
    texts = [
        say(
            "{text} ({year})",
            text=named(result("without_japan", place, "resolution")),
            year=year(result("without_japan", place, "year")),
        )
        for place in range(len(found["without_japan"]))
    ]
    if not texts:
        return []
    return [say("Left out, because no vote of Japan was found: {texts}.", texts=listed(texts, last=", "))]


@own.named_file("votes_file")
def agreement() -> Words:
    whole = "FROM drawn WHERE topic = 'all'"
    top = f"{whole} AND percent = (SELECT max(percent) {whole})"
    washington = f"{whole} AND partner = '{WASHINGTON}'"
    us = percent(drawn(f"percent {washington}"))
    best = percent(drawn(f"max(percent) {whole}"))
    return Words(
        title=choose(
            (
                f"(SELECT count(*) {top}) > 1 AND '{WASHINGTON}' IN (SELECT partner {top})",
                say(
                    "{n} partners, Washington among them, stand nearest to Japan on space texts, at {best}",
                    n=drawn(f"count(*) {top}"),
                    best=best,
                ),
            ),
            (
                f"(SELECT count(*) {top}) > 1",
                say(
                    "{n} partners stand nearest to Japan on space texts, at {best}; Washington at {us}",
                    n=drawn(f"count(*) {top}"),
                    best=best,
                    us=us,
                ),
            ),
            (
                f"(SELECT partner {top}) = '{WASHINGTON}'",
                say(
                    "Of all partners Washington stands nearest to Japan on space texts, at {best}", best=best
                ),
            ),
            otherwise=choose(
                (
                    f"{EXACT} AND min((SELECT n {top}), (SELECT n {washington})) < {FEW}",
                    say(
                        "Japan votes like {nearest} on {best} of {best_of} space texts, like Washington on"
                        " {us} of {us_of}",
                        nearest=named(drawn(f"{_the('partner')} {top}")),
                        best=drawn(f"round(percent * n / 100) {top}"),
                        best_of=drawn(f"n {top}"),
                        us=drawn(f"round(percent * n / 100) {washington}"),
                        us_of=drawn(f"n {washington}"),
                    ),
                ),
                (
                    EXACT,
                    say(
                        "Japan votes like {nearest} on {best} of space texts, like Washington on {us}",
                        nearest=named(drawn(f"{_the('partner')} {top}")),
                        best=best,
                        us=us,
                    ),
                ),
                otherwise=say(
                    "Japan agrees with {nearest} at {best} on space texts, with Washington at {us}",
                    nearest=named(drawn(f"{_the('partner')} {top}")),
                    best=best,
                    us=us,
                ),
            ),
        ),
        subtitle=say(
            "{measure}, {years}; small figures: number of texts, pale: fewer than {few}",
            measure=MEASURE,
            years=years_of(drawn("min(first_year) FROM drawn"), drawn("max(last_year) FROM drawn")),
            few=result("few_texts"),
        ),
        caption=say(
            "Votes for which no list of sides was found are {unlisted}. Blue: alike, red: apart; white is"
            " one half.",
            unlisted=choose(
                (":p_unlisted = 'as_yes'", say("counted as in favor")), otherwise=say("left out")
            ),
        ),
        alt=say(
            "Table of {partners} and {topics} shaded by agreement with Japan; the United States stands at"
            " {us}"
            " overall, the range is {low} to {high}.",
            partners=counted(drawn(f"count(*) {whole}"), "{n} partner", "{n} partners"),
            topics=counted(
                drawn("count(DISTINCT topic) FROM drawn WHERE topic <> 'all'"), "{n} topic", "{n} topics"
            ),
            us=us,
            low=percent(drawn(f"min(percent) {whole}")),
            high=best,
        ),
        note=say(
            "{most} of {all} texts with Washington are on one topic{again}; blue: alike, red: apart.",
            again=choose(
                ("(SELECT min(first_year) = max(last_year) FROM drawn)", say("")),
                otherwise=say(", put to the vote year after year"),
            ),
            most=drawn(f"max(n) FROM drawn WHERE partner = '{WASHINGTON}' AND topic <> 'all'"),
            all=drawn(f"n {whole} AND partner = '{WASHINGTON}'"),
        ),
    )


@own.named_file("votes_file")
def first_placement() -> Words:
    def first(state: str) -> tuple[str, str]:
        of = f"FROM drawn WHERE state = '{state}'"
        return f"(SELECT min(year) {of} AND vote = 'no')", f"(SELECT min(year) {of})"

    (japan, japan_begins), (korea, korea_begins) = first("Japan"), first("South Korea")
    return Words(
        title=choose(
            (
                "(SELECT count(*) FROM drawn) = 0",
                say("No vote on “no first placement” falls in the chosen years"),
            ),
            (
                f"{japan} > {japan_begins} AND {korea} > {korea_begins}",
                say(
                    "Japan began to vote against “no first placement” in {japan}, South Korea in {korea}",
                    japan=year(drawn(japan)),
                    korea=year(drawn(korea)),
                ),
            ),
            (
                f"{japan} > {japan_begins}",
                say("Japan began to vote against “no first placement” in {japan}", japan=year(drawn(japan))),
            ),
            (
                f"{japan} IS NULL",
                say(
                    "Japan cast no vote against “no first placement” {span}",
                    span=within(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn")),
                ),
            ),
            otherwise=say(
                "Japan voted against “no first placement” {n} {span}",
                n=counted(
                    drawn("count(*) FROM drawn WHERE state = 'Japan' AND vote = 'no'"), "once", "{n} times"
                ),
                span=within(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn")),
            ),
        ),
        subtitle=say(
            "Votes on the yearly General Assembly text “No first placement of weapons in outer space”"
        ),
        caption=say(
            "States are ordered by how often they voted in favor or against. Hatched: a year for which"
            " printed totals"
            " only were found; texts after the last year shown are not collected."
        ),
        alt=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("Empty axes: no vote falls in the chosen years.")),
            otherwise=say(
                "Dot grid of {states} and {years} with {yes} votes in favor, {abstain} abstentions and {no}"
                " against."
                " Japan voted against in {against}.",
                states=counted(drawn("count(DISTINCT state) FROM drawn"), "{n} state", "{n} states"),
                years=counted(drawn("count(DISTINCT year) FROM drawn"), "{n} year", "{n} years"),
                yes=drawn("count(*) FROM drawn WHERE vote = 'yes'"),
                abstain=drawn("count(*) FROM drawn WHERE vote = 'abstain'"),
                no=drawn("count(*) FROM drawn WHERE vote = 'no'"),
                against=named(
                    drawn(
                        "coalesce(group_concat(year, ', '), 'no year') FROM (SELECT year FROM drawn WHERE"
                        " state = 'Japan'"
                        " AND vote = 'no' ORDER BY year)"
                    )
                ),
            ),
        ),
        note=say(
            "roll calls found for {n}; an empty place is a state in no published list.",
            n=counted(drawn("count(DISTINCT year) FROM drawn"), "{n} year", "{n} years"),
        ),
    )


@own.named_file("votes_file")
def with_washington() -> Words:
    early, late = "FROM drawn WHERE year < :p_break_year", "FROM drawn WHERE year >= :p_break_year"
    alike = "kind = 'alike'"
    common = f"count(*) {late} AND topic IN (SELECT topic {early})"

    def share(part: str) -> Told:
        return say(
            "{alike} of {all} texts",
            alike=drawn(f"count(*) {part} AND {alike}"),
            all=drawn(f"count(*) {part}"),
        )

    return Words(
        title=choose(
            (
                f"(SELECT count(*) {early}) > 0 AND (SELECT count(*) {late}) > 0",
                say(
                    "Japan and Washington voted alike on {before} before {year} and on {after} since",
                    before=share(early),
                    year=BREAK,
                    after=say(
                        "{alike} of {all}",
                        alike=drawn(f"count(*) {late} AND {alike}"),
                        all=drawn(f"count(*) {late}"),
                    ),
                ),
            ),
            otherwise=say(
                "Japan and Washington voted alike on {share}, {years}",
                share=share("FROM drawn WHERE year > 0"),
                years=years_of(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn")),
            ),
        ),
        subtitle=say(
            "Each mark is one text on which the votes of Japan and the United States are known; several of"
            " one year"
            " stand one above the other"
        ),
        caption=choose(
            (
                f"(SELECT avg(topic = 'arms_race') {early}) > 0.5 AND"
                f" (SELECT avg(topic = 'arms_race') {late}) < 0.5",
                say(
                    "What is put to the vote changes too: the old yearly text on an arms race gave way to"
                    " texts that the West wrote or opposed. Alike: both cast the same vote."
                ),
            ),
            otherwise=say("Alike: both cast the same vote."),
        ),
        alt=say(
            "Marks by topic and year for {n} of {years}: {alike} alike, {one} where one"
            " abstained, {opposed}"
            " opposed.",
            n=counted(drawn("count(*) FROM drawn"), "{n} text", "{n} texts"),
            years=years_of(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn")),
            alike=drawn("count(*) FROM drawn WHERE kind = 'alike'"),
            one=drawn("count(*) FROM drawn WHERE kind = 'one abstained'"),
            opposed=drawn("count(*) FROM drawn WHERE kind = 'opposed'"),
        ),
        note=choose(
            (
                f"(SELECT count(*) {early}) > 0 AND (SELECT count(*) {late}) > 0 AND (SELECT {common}) ="
                f" (SELECT count(*) {late})",
                say("all texts since {year} are on topics that were put to the vote before.", year=BREAK),
            ),
            (
                f"(SELECT count(*) {early}) > 0 AND (SELECT count(*) {late}) > 0",
                say(
                    "the texts differ: {common} of {late} since {year} are on topics that were put to the"
                    " vote before.",
                    common=drawn(common),
                    late=drawn(f"count(*) {late}"),
                    year=BREAK,
                ),
            ),
            otherwise=say("texts on which one of the two votes is not known are left out."),
        ),
    )


@own.named_file("votes_file")
def periods() -> Words:
    both = (
        "FROM drawn AS a JOIN drawn AS b ON a.partner = b.partner AND a.period LIKE 'before%' AND b.period"
        " LIKE"
        " 'from%'"
    )
    change = "b.percent - a.percent"
    most, least = (f"(SELECT {end}({change}) {both})" for end in ("max", "min"))

    def who(end: str) -> Told:
        level = f"{both} WHERE abs({change} - {end}) < 1e-6"
        names = f"group_concat({_the('a.partner')}, ' and ') {level}"
        return choose(
            (f"(SELECT count(*) {level}) > 2", say("{n} partners alike", n=drawn(f"count(*) {level}"))),
            otherwise=say("{names}", names=named(drawn(names))),
        )

    return Words(
        title=choose(
            (
                f"{most} > 0 AND {least} < 0",
                say(
                    "Since {year} agreement rose most with {up} and fell most with {down}",
                    year=BREAK,
                    up=who(most),
                    down=who(least),
                ),
            ),
            otherwise=say("Agreement with Japan before and from {year}", year=BREAK),
        ),
        subtitle=say("{measure}, two periods", measure=MEASURE),
        caption=say(
            "The intervals treat texts as independent draws, which yearly repeats of one text are not;"
            " they are narrower"
            " than the truth."
        ),
        alt=say(
            "Dots with intervals for {n} before and from {year}; the United States stands at {shares}.",
            n=counted(drawn("count(DISTINCT partner) FROM drawn"), "{n} partner", "{n} partners"),
            year=BREAK,
            shares=named(
                drawn(
                    "group_concat(printf('%.0f%% %s', percent, period), ', ') FROM (SELECT percent, period"
                    " FROM drawn"
                    f" WHERE partner = '{WASHINGTON}' ORDER BY period)"
                )
            ),
        ),
        note=say(
            "at most {n} since {year}; intervals take texts as independent and are narrower than the truth.",
            n=counted(
                drawn("coalesce(max(n), 0) FROM drawn WHERE period LIKE 'from%'"), "{n} text", "{n} texts"
            ),
            year=BREAK,
        ),
    )


@own.named_file("votes_file")
def counting_rules() -> Words:
    """Agreement with Washington in both periods under every rule of counting."""
    rules = ("abstention", "unlisted", "bodies", "break_year")
    same = " AND ".join(f"late.{rule} = early.{rule}" for rule in rules)
    both = (
        f"FROM drawn AS late JOIN drawn AS early ON {same} AND late.period = 'later' AND early.period ="
        " 'earlier' AND late.percent IS NOT NULL AND early.percent IS NOT NULL"
    )
    pairs, nearer = (
        f"(SELECT count(*) {both}{more})" for more in ("", " WHERE late.percent > early.percent")
    )

    def span(period: str) -> Told:
        low, high = (f"(SELECT {end}({period}.percent) {both})" for end in ("min", "max"))
        return choose(
            (f"{low} IS NULL", say("no share known")),
            (f"round({low}) = round({high})", say("{low}", low=percent(drawn(low)))),
            otherwise=say(
                "{low} to {high}",
                low=percent(drawn(low), rounded="down"),
                high=percent(drawn(high), rounded="up"),
            ),
        )

    every = "(SELECT count(*) FROM drawn WHERE period = 'later')"
    ways = counted(drawn(every), "{n} way of counting", "{n} ways of counting")
    return Words(
        title=choose(
            (f"{pairs} = 0", say("The chosen years hold texts of one period only: nothing to compare")),
            otherwise=say(
                "Under {held} counting rules{known} Japan votes nearer to Washington later: {late}, before"
                " {early}",
                known=choose((f"{pairs} = {every}", say("")), otherwise=say(" with texts in both periods")),
                held=choose(
                    (f"{nearer} = {pairs}", say("all {n}", n=drawn(pairs))),
                    (f"{nearer} = 0", say("none of {all}", all=drawn(pairs))),
                    otherwise=say("{n} of {all}", n=drawn(nearer), all=drawn(pairs)),
                ),
                late=span("late"),
                early=span("early"),
            ),
        ),
        subtitle=say(
            "Agreement with the United States under {ways}; periods: before, and from, the year named; bars:"
            " 95% interval",
            ways=ways,
        ),
        caption=say(
            "Exact: an abstention is a vote of its own. Graded: it is half way between yes and no. Unlisted:"
            " states outside printed no and abstention lists."
        ),
        alt=say("Pairs of dots for {ways}; the later period: {late}.", ways=ways, late=span("late")),
        note=say(
            "the texts differ between the periods; at most {n} in the later one, and intervals take texts as"
            " independent.",
            n=counted(
                drawn("coalesce(max(n), 0) FROM drawn WHERE period = 'later'"), "{n} text", "{n} texts"
            ),
        ),
    )
