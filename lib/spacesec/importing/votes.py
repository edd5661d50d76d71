"""Roll calls of the United Nations: the voting data of its Digital Library, Voeten's file, and sheets with a
column a resolution; states as they are named at the time, and as the tables name them.

Not voting is no vote: absent, not participating and not a member are told apart where a file does, and no row
of `un_votes` holds them. The library's own file tells only that a member did not vote.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from spacesec.data import row_ids
from spacesec.importing import decoded, eras
from spacesec.importing.found import LEFT_OUT, Found, Row, Unplaced, ahead, digest, tallied
from spacesec.importing.member_states import CODES, DISSOLVED, NAMES, SEAT_OF_CHINA, STATES, seat_from
from spacesec.words.language import noted, said

COLUMNS = ("row_id", "resolution_id", "state", "vote", "locator", "evidence", "quality", "note")
FURTHER = ("resolution", "topic", "body", "session", "date", "date_precision", "as_voted", "title")
# How headers of the library's releases, of Voeten's file and of sheets name what is read.
KNOWN = {
    "undl_id": "record",
    "rcid": "record",
    "ms_code": "code",
    "ms_codes": "code",
    "ms_name": "name",
    "ms_names": "name",
    "member_state": "name",
    "country": "name",  # of Voeten a code, where a column has the name
    "countryname": "name",
    "state": "name",
    "ms_vote": "vote",
    "ms_votes": "vote",
    "vote": "vote",
    "date": "date",
    "session": "session",
    "resolution": "resolution",
    "resolutions": "resolution",
    "unres": "resolution",
    "meeting": "meeting",
    "title": "title",
    "descr": "title",
    "total_yes": "yes",
    "yes": "yes",
    "total_no": "no",
    "no": "no",
    "total_abstentions": "abstain",
    "abstentions": "abstain",
    "total_non_voting": "silent",
    "non_voting": "silent",
    "amend": "part",
    "para": "part2",
    "total_ms": "members",
    "total_voting": "members",
}
NEEDED = ("name", "vote", "resolution")
MOST_MEMBERS = 200  # 193 since 2011
YES, ABSTAIN, NO = "yes", "abstain", "no"
NOT_VOTING, ABSENT, NOT_PARTICIPATING, NO_MEMBER = "not voting", "absent", "not participating", "not a member"
NOT_CAST = {
    NOT_VOTING: noted("states that did not vote"),
    ABSENT: noted("states that were absent"),
    NOT_PARTICIPATING: noted("states that were not participating"),
    NO_MEMBER: noted("states that were not a member"),
}
WORDS = {
    "y": YES,
    "yes": YES,
    "in favour": YES,
    "in favor": YES,
    "賛成": YES,
    "a": ABSTAIN,
    "abstain": ABSTAIN,
    "abstained": ABSTAIN,
    "abstention": ABSTAIN,
    "棄権": ABSTAIN,
    "n": NO,
    "no": NO,
    "against": NO,
    "反対": NO,
    "x": NOT_VOTING,
    "nv": NOT_VOTING,
    "non-voting": NOT_VOTING,
    "not voting": NOT_VOTING,
    "": NOT_VOTING,  # as the library's pages show it
    "absent": ABSENT,
    "欠席": ABSENT,
    "not participating": NOT_PARTICIPATING,
    "non-participating": NOT_PARTICIPATING,
    "不参加": NOT_PARTICIPATING,
    "not a member": NO_MEMBER,
}
VOETEN = {"1": YES, "2": ABSTAIN, "3": NO, "8": ABSENT, "9": NO_MEMBER}
CAST = (YES, ABSTAIN, NO)
# Words of a title -> topic of `un_resolutions`, the first that fits.
TOPICS = {
    r"no first placement": "no_first_placement",
    r"further practical measures": "further_measures",
    r"reducing space threats|responsible behaviou?r": "responsible_behaviours",
    r"destructive direct-ascent anti-satellite": "test_ban",
    r"weapons of mass destruction in outer space": "mass_destruction",
    r"confidence-building measures in outer space": "confidence_building",
    r"prevention of an arms race in outer space": "arms_race",
}
FIRST_SESSION_YEAR = 1945
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NAME, _CODE = re.compile(r"[^\W\d_]{2}"), re.compile("[A-Z]{3}")
_SYMBOL = re.compile(r"(?:A/RES/|R/|RES/)?(\d{1,3})/(\d{1,3})(?:\[?([A-Z])\]?)?$")
_SPECIAL = re.compile(
    r"(?:A/RES/|R/|RES/)?"
    r"(?:(ES|S)-(\d+)/(\d+)([A-Z])?|(\d+)([A-Z])? ?\(([IVXLC]+|ES-[IVX]+|S-[IVX]+)\)([A-Z])?)$"
)


TEXT_COLUMNS = (
    "row_id",
    "resolution",
    "topic",
    "body",
    "session",
    "date",
    "date_precision",
    "total_yes",
    "total_no",
    "total_abstain",
    "roll_call",
    "locator",
    "evidence",
    "quality",
)


class Reader:
    """One file: what was left out, and what each resolution was said to total."""

    def __init__(self, path: Path, subjects: str, absent: bool, states: str = "table"):
        self.path, self.subjects, self.absent, self.states = path, subjects, absent, states
        self.Unplaced = partial(Unplaced, path)
        self.left: Counter = Counter()
        self.differ = 0
        self.whole: dict[str, _Roll] = {}
        self.records: dict[str, str] = {}
        self.votes: dict[tuple[str, str], tuple[str, int]] = {}

    def notes(self) -> list[str]:
        differ = said("kept roll calls whose totals say otherwise ({count})", count=f"{self.differ:,}")
        return tallied(self.left, LEFT_OUT) + [differ] * bool(self.differ)


def read(path: Path, subjects: str = "space", absent: str = "no", states: str = "table") -> Found:
    """Candidate rows of `un_votes`, with what `un_resolutions` needs beside them.

    subjects: ``space`` keeps the resolutions that name a topic of the tables, ``all`` every one. absent:
    ``yes`` also gives who did not vote, which no row of the table holds. states: ``table`` keeps those that
    the table holds, ``all`` every one. Raises Unplaced for a vote, a state,
    a resolution or a day that cannot be placed, for two votes of one state on one text, for totals that the
    roll call passes, and for a last roll call that is cut off.
    """
    for name, given, words in (
        ("subjects", subjects, ("space", "all")),
        ("absent", absent, ("no", "yes")),
        ("states", states, ("table", "all")),
    ):
        if given not in words:
            raise Unplaced(path, None, given, f"{name} takes {' or '.join(words)}")
    reader = Reader(path, subjects, absent == "yes", states)
    wide = _wide(path)
    rows = list(_sheet(reader, wide) if wide else _long(reader))
    if not rows:
        raise Unplaced(
            path,
            None,
            None,
            "it holds no vote of these states on these subjects; take subjects or states = all",
        )
    dated = max(row.cells["date"] for row in rows)
    return Found(rows, COLUMNS, path.name, digest(path), dated, reader.notes())


def resolutions(path: Path, subjects: str = "space") -> Found:
    """Candidate rows of `un_resolutions`: the texts of the file with totals counted from the roll call, which
    is complete where every member stands in it. Raises Unplaced as `read` does.
    """
    if _wide(path):
        raise Unplaced(
            path, None, None, "a sheet does not say which states voted in all; give the library's file"
        )
    reader = Reader(path, subjects, True, "all")
    texts: dict[str, dict[str, str]] = {}
    counts: dict[str, Counter] = {}
    for row in _long(reader):
        name = row.cells["resolution"]
        texts.setdefault(name, row.cells)
        counts.setdefault(name, Counter())[row.cells["vote"]] += 1
    members = {
        symbol(reader, roll.line, roll.text, "")[0]: roll.said.get("members")
        for roll in reader.whole.values()
    }
    rows = []
    for name, cells in texts.items():
        totals = {f"total_{vote}": str(counts[name][vote]) for vote in CAST}
        complete = members.get(name) == counts[name].total()
        made = {
            **cells,
            **totals,
            "row_id": cells["resolution_id"],
            "roll_call": "complete" if complete else "partial",
        }
        place = f"{path.name}, resolution {name}"
        rows.append(Row(place, {column: made[column] for column in TEXT_COLUMNS}))
    if not rows:
        raise Unplaced(
            path,
            None,
            None,
            "it holds no vote of these states on these subjects; take subjects or states = all",
        )
    dated = max(row.cells["date"] for row in rows)
    return Found(rows, TEXT_COLUMNS, path.name, digest(path), dated, [])


def _long(reader: Reader) -> Iterator[Row]:
    table = decoded.table(reader.path, KNOWN, NEEDED, ("country",))
    voeten = "record" in table.columns and "code" not in table.columns and "date" in table.columns
    whole = reader.whole
    for line, cells in table:
        title = cells.get("title", "")
        if "1" in (cells.get("part", "")[:1], cells.get("part2", "")[:1]):
            reader.left[noted("votes on amendments and paragraphs")] += 1
            continue
        topic = topic_of(title)
        text = cells["resolution"]
        roll = whole.setdefault(f"{cells.get('record', '')} {text}", _Roll(line, text))
        vote = _vote(reader, line, cells["vote"], voeten)
        roll.add(reader, line, vote, cells)
        if not topic and reader.subjects == "space":
            reader.left[noted("votes on texts of other subjects")] += 1
            continue
        if voeten and text in ("", "NA"):
            reader.left[noted("votes on what is no resolution")] += 1
            continue
        roll.refuse_sum(reader, line, cells)
        record = cells.get("record", "")
        if record and reader.records.setdefault(record, text) != text:
            why = f"its record {record} stands before with {reader.records[record]}; correct one of the two"
            raise reader.Unplaced(line, text, why)
        resolution, session = symbol(reader, line, text, cells.get("session", ""))
        day, precision = _day(reader, line, cells.get("date", ""), session)
        state, note = _state(reader, line, cells, day)
        yield from _row(
            reader,
            line,
            vote,
            {
                "resolution": resolution,
                "session": str(session or ""),
                "date": day,
                "date_precision": precision,
                "state": state,
                "note": note,
                "as_voted": cells["name"],
                "topic": topic,
                "title": title,
            },
            record,
            cells.get("code", ""),
        )
    _complete(reader, list(whole.values()))


class _Roll:
    """The count of one roll call while it is read."""

    def __init__(self, line: int, text: str):
        self.line, self.text, self.count, self.said, self.summed = line, text, Counter(), {}, False

    def add(self, reader: Reader, line: int, vote: str, cells: dict[str, str]) -> None:
        self.count[vote] += 1
        for name in (*CAST, NOT_VOTING, "members"):
            if told := cells.get({NOT_VOTING: "silent"}.get(name, name), ""):
                if not re.fullmatch(r"\d{1,3}(\.0)?", told):
                    raise reader.Unplaced(line, told, "a total of votes is a whole number; correct it")
                if self.said.setdefault(name, int(float(told))) != int(float(told)):
                    raise reader.Unplaced(
                        line, told, f"a line before has another total for {self.text}; keep one"
                    )
        if vote in self.said and self.count[vote] > self.said[vote]:
            raise reader.Unplaced(
                line, self.text, f"more states stand there with {vote} than its total of {self.said[vote]}"
            )
        if self.count.total() > self.said.get("members", 1000):
            raise reader.Unplaced(line, self.text, "more states stand there than its total of members")

    def refuse_sum(self, reader: Reader, line: int, cells: dict[str, str]) -> None:
        """Totals of votes and of states that did not vote are those of the members, and no more."""
        if self.summed:
            return
        self.summed = True
        parts = [cells.get(name, "") for name in ("yes", "no", "abstain", "silent", "members")]
        if self.said.get("members", 0) > MOST_MEMBERS:
            raise reader.Unplaced(
                line, parts[-1], f"no more than {MOST_MEMBERS} states are members; correct it"
            )
        if all(re.fullmatch(r"\d{1,3}(\.0)?", part) for part in parts):
            *some, members = (int(float(part)) for part in parts)
            if sum(some) != members:
                why = f"the totals of {self.text} give {sum(some)} states together; correct one of them"
                raise reader.Unplaced(line, parts[-1], why)


def _complete(reader: Reader, rolls: list[_Roll]) -> None:
    """Raises Unplaced where all roll calls but the last are complete; tells where complete ones have other
    counts than totals.
    """
    short = [roll for roll in rolls if roll.count.total() < roll.said.get("members", 0)]
    if short and len(rolls) > 1 and short == rolls[-1:]:
        last = rolls[-1]
        raise reader.Unplaced(
            last.line,
            last.text,
            "its roll call is shorter than its total of members; the file may be cut off",
        )
    for roll in rolls:
        if roll not in short and any(
            roll.count[vote] != roll.said.get(vote, roll.count[vote]) for vote in CAST
        ):
            reader.differ += 1


def _row(
    reader: Reader, line: int, vote: str, cells: dict[str, str], record: str, code: str = ""
) -> Iterator[Row]:
    key = (cells["resolution"], cells["as_voted"] if cells["state"] is None else cells["state"])
    before = reader.votes.setdefault(key, (vote, line))
    if before[0] != vote:
        raise reader.Unplaced(
            line,
            cells["as_voted"],
            f"line {before[1]} has another vote of this state on {cells['resolution']}",
        )
    if before[1] != line:
        reader.left[noted("votes that stand there again")] += 1
        return
    if reader.states == "table" and cells["state"] not in STATES:
        reader.left[noted("votes of states that the table does not hold")] += 1
        return
    if vote not in CAST:
        reader.left[NOT_CAST[vote]] += 1
        if not reader.absent:
            return
    elif (day := _latest(cells)) < (first := seat_from(cells["state"], code)):
        raise reader.Unplaced(line, cells["as_voted"], f"it took its seat on {first}, and the day is {day}")
    told = f", record {record} of the Digital Library" if re.fullmatch(r"\d{5,}", record) else ""
    yield Row(
        f"{reader.path.name}, line {line}",
        {
            "row_id": f"vote-{row_ids.slug(cells['resolution'])}-{row_ids.slug(cells['state'])}",
            "resolution_id": f"resolution-{row_ids.slug(cells['resolution'])}",
            "vote": vote,
            "locator": f"roll call of resolution {cells['resolution']}{told}",
            "evidence": "independent",
            "quality": "A",
            "body": "plenary",
            **cells,
        },
    )


def _latest(cells: dict[str, str]) -> str:
    """The last day on which the vote may have been, where only its session is told."""
    return cells["date"] if cells["date_precision"] == "day" else _sitting(int(cells["session"]))[1]


def _vote(reader: Reader, line: int, told: str, voeten: bool) -> str:
    found = VOETEN.get(told) if voeten and told.isdigit() else WORDS.get(eras.plain(told).casefold())
    if not found:
        raise reader.Unplaced(line, told, "it is no vote; a vote is Y, N, A or X")
    return found


def topic_of(title: str) -> str:
    """The topic of `un_resolutions` that a title names; nothing for another subject."""
    return next((topic for words, topic in TOPICS.items() if re.search(words, title, re.IGNORECASE)), "")


def symbol(reader: Reader, line: int, text: str, session: str) -> tuple[str, int | None]:
    """``75/36`` of ``A/RES/75/36``, and its session, None for a special one; raises Unplaced for what is no
    resolution's symbol, or one of another session than the file's.
    """
    plain = text.strip().upper().replace(" ", "")
    special, found = _SPECIAL.fullmatch(plain), _SYMBOL.fullmatch(plain)
    if not special and not found:
        raise reader.Unplaced(line, text, "it is no symbol of a resolution, as in A/RES/75/36")
    own = _session(found[1] if found else special[7] or f"{special[1]}-{special[2]}")
    if session and (beside := _session(session)) and beside != own:
        raise reader.Unplaced(line, text, f"it is not of session {session}, which stands beside it")
    number = None if own[0] else own[1]
    if special:
        return re.sub("^(?:A/RES|R|RES)/", "", plain), number
    return f"{number}/{int(found[2])}{found[3] or ''}", number


def _session(text: str) -> tuple[str, int] | None:
    """Kind (nothing, S, ES) and number of a session such as 75, XXV, ES-10 or ES-I; None for other words."""
    found = re.fullmatch(r"(?:(E?S)-?)?(?:(\d{1,3})(?:\.0)?|([IVXLC]+))", text.strip().upper())
    if not found:
        return None
    letters = [ROMAN[letter] for letter in found[3] or ""]
    counted = sum(-one if one < after else one for one, after in zip(letters, [*letters[1:], 0]))
    return found[1] or "", int(found[2] or counted)


def _day(reader: Reader, line: int, told: str, session: int | None) -> tuple[str, str]:
    """The ISO day and its precision; a session's first year where none is told. Raises Unplaced for a day
    that is no ISO day, outside the session or to come.
    """
    opened, closed = _sitting(session) if session else ("", "9999")
    if not told and session:
        if ahead(opened, timedelta(0)):
            raise reader.Unplaced(line, f"{session}", "this session is one to come; correct its number")
        return f"{FIRST_SESSION_YEAR + session}-01-01", "year"
    found = re.fullmatch(r"(\d{4})([-/])(\d\d?)\2(\d\d?)(?:[T ]0?0:00(?::00)?(?:\.0+)?Z?)?", told)
    try:
        day = date(*map(int, found.group(1, 3, 4))) if found else None
    except ValueError:
        day = None
    if not day:
        raise reader.Unplaced(line, told, "it is no day as the library writes it, as in 2020-12-07")
    if ahead(day, timedelta(1)):
        raise reader.Unplaced(line, told, "it is a day to come, on which nobody has voted; correct its year")
    if not opened <= day.isoformat() <= closed:
        raise reader.Unplaced(line, told, f"it does not lie in session {session}; correct one of the two")
    return day.isoformat(), "day"


def _sitting(session: int) -> tuple[str, str]:
    """First and last day that a session may have: it opens in September, and the next one closes it."""
    year, month = FIRST_SESSION_YEAR + session, 1 if session == 1 else 9
    return f"{year}-{month:02}-01", f"{year + 1}-09-30"


def _state(reader: Reader, line: int, cells: dict[str, str], day: str) -> tuple[str, str]:
    """The state as the tables name it, and a note; raises Unplaced for no name, a code of another state, and
    a state that was no more.
    """
    name, code = cells["name"].strip(), cells.get("code", "").strip().upper()
    plain = re.sub(r"\s+", " ", name.casefold().replace("’", "'")).strip()
    if not _NAME.search(name) or plain in WORDS or (_CODE.fullmatch(name) and plain not in NAMES):
        raise reader.Unplaced(line, name, "it is no name of a state; the columns may be swapped")
    state, note = NAMES.get(plain, ""), ""
    if plain in DISSOLVED:
        state, last = DISSOLVED[plain]
        note = f"Voted as {name}"
        if day > last.isoformat():
            raise reader.Unplaced(line, name, f"it held its seat until {last}, and the day is {day}")
    if code and not _CODE.fullmatch(code):
        raise reader.Unplaced(line, code, "a code of a state has three letters; the columns may be swapped")
    if code and (coded := CODES.get(code, "")) != state and (coded or (state and plain not in DISSOLVED)):
        raise reader.Unplaced(line, name, f"its code {code} is that of another state; correct one of the two")
    if state == "China" and day <= SEAT_OF_CHINA.isoformat():
        return "Republic of China", "Held the seat of China until 25 October 1971"
    return state or _as_written(name), note


def _as_written(name: str) -> str:
    """A state that the tables do not hold: its name with small letters, small words small."""
    if name.upper() != name:
        return name
    words = re.sub(r"[^\W\d_]+('S\b)?", lambda word: word[0].capitalize(), name)
    return re.sub(r"(?<!^)\b(And|Of|The)\b", lambda word: word[0].lower(), words)


# --- sheets with a column a resolution, or a column a state


def _wide(path: Path) -> list[tuple[int, list[str]]] | None:
    """The records of a sheet that has resolutions or states as columns; None for the long form."""
    source, _ = decoded.lines(path)
    head = next((line for line in source if line.strip() and not line.startswith("sep=")), "")
    names = [name.strip() for name in re.split(r"[,;\t|]", head)]
    symbols = sum(bool(_SYMBOL.fullmatch(name.upper().strip('"'))) for name in names[1:])
    states = sum(name.strip('"').casefold() in NAMES for name in names[1:])
    if max(symbols, states) < max(1, len(names) // 2):
        return None
    whole, _ = decoded.text(path)
    return list(decoded.records(path, whole))


def _sheet(reader: Reader, records: list[tuple[int, list[str]]]) -> Iterator[Row]:
    (top, header), *below = records
    by_resolution = any(_SYMBOL.fullmatch(cell.strip().upper()) for cell in header[1:])
    if doubled := next((cell for cell in header[1:] if cell.strip() and header.count(cell) > 1), None):
        raise reader.Unplaced(top, doubled, "two columns have this name; remove one")
    for line, cells in below:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise reader.Unplaced(line, cells[len(header)], "it stands beyond the last column; remove it")
        for over, told in zip(header[1:], cells[1:]):
            if not told.strip():
                reader.left[noted("empty cells")] += 1
                continue
            text, name = (over, cells[0]) if by_resolution else (cells[0], over)
            resolution, session = symbol(reader, line, text, "")
            day, precision = _day(reader, line, "", session)
            vote = _vote(reader, line, told, voeten=False)
            state, note = _state(reader, line, {"name": name}, day)
            given = {
                "resolution": resolution,
                "session": str(session),
                "date": day,
                "date_precision": precision,
            }
            given |= {"state": state, "note": note, "as_voted": name, "topic": "", "title": ""}
            yield from _row(reader, line, vote, given, "")
