"""Another language says the same: forms of Japanese against outside rules, catalogues whole and not stale,
equal values in both languages, labels that fit, one glossary.
"""

import ast
import collections
import json
import os
import re

import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from spacesec import lessons
from spacesec.collection import cli, execution, messages, prose, usage, wording
from spacesec.collection.questions import LIBRARY, all_questions
from spacesec.collection.site import rows
from spacesec.data import extent, tables
from spacesec.drawing import amounts, figures, labels, layout, stamp
from spacesec.errors import ParameterError
from spacesec.importing.found import LEFT_OUT, tallied
from spacesec.machine import paths
from spacesec.run import record, records
from spacesec.words import forms, japanese, language
from spacesec.words.sentences import (
    Context,
    choose,
    counted,
    day,
    drawn,
    fiscal_year,
    listed,
    number,
    percent,
    result,
    retold,
    say,
    year,
)

QUESTIONS = {question.name: question for question in all_questions()}
# The questions whose catalogue is not whole yet; a name leaves when its last message is translated.
BEGUN: set[str] = set()
COMPLETE = sorted(QUESTIONS.keys() - BEGUN)
# Both languages at every choice of every parameter; else at the defaults.
EVERY_CHOICE = os.environ.get("SPACESEC_LANGUAGE") == "all"


@pytest.fixture
def in_japanese():
    with language.speaking("ja"):
        yield


# Amounts as the budget papers print them: four digits a step, no sign between steps.
@pytest.mark.parametrize(
    "value, style, digits, words",
    [
        (0.1, "十億円", 1, "1億円"),
        (999.9, "十億円", 1, "9,999億円"),
        (1000.0, "十億円", 1, "1兆円"),
        (1001.0, "十億円", 1, "1兆10億円"),
        (999.94, "十億円", 1, "9,999億円"),
        (999.96, "十億円", 1, "1兆円"),
        (0.04, "十億円", 1, "0円"),
        (-3.2, "十億円", 1, "−32億円"),
        (12.345, "十億ドル", 2, "123億5,000万ドル"),
        (230, "百万円", 0, "2億3,000万円"),
        (1.5, "兆円", 1, "1兆5,000億円"),
        (444, "十億", 0, "4,440億"),
        # As a figure in 億円 or 万ドル has it: the next step from ten thousand on.
        (0.1, "十億円数", 1, "1"),
        (0.01, "十億円数", 2, "0.1"),
        (17.5, "十億円数", 1, "175"),
        (999.9, "十億円数", 1, "9,999"),
        (999.94, "十億円数", 1, "9,999"),
        (999.96, "十億円数", 1, "1兆"),
        (1000.0, "十億円数", 0, "1兆"),
        (1001.0, "十億円数", 1, "1兆10億"),
        (2500, "十億円数", 0, "2.5兆"),
        (1210, "十億円数", 0, "1兆2,100億"),
        (-20, "十億円数", 0, "−200"),
        (0, "十億円数", 0, "0"),
        (1.2, "兆円数", 1, "1.2"),
        (52, "百万ドル数", 0, "5,200"),
        (100, "百万ドル数", 0, "1億"),
    ],
)
def test_money_in_steps_of_ten_thousand(value, style, digits, words):
    assert japanese.money(value, style, digits) == words


def test_an_amount_is_rounded_as_the_english_sentence_rounds_it():
    for value in (0.05, 0.15, 12.25, 999.949, 999.951, 1234.5678):
        english = float(language.FORMS["en"]["number"](value, 1).replace(",", ""))
        assert japanese.money(value, "十億円", 1) == japanese.money(english, "十億円", 1)


# Orders on the names of eras: Heisei from 8 January 1989, Reiwa from 1 May 2019.
@pytest.mark.parametrize(
    "when, words",
    [
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"),
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2026-11-29", "令和8年11月29日"),
    ],
)
def test_a_day_has_the_era_in_force(when, words):
    assert japanese.day(when, "和暦") == words


# As the budgets of these years are named; that of 2019 by the government's notice on the change of era.
@pytest.mark.parametrize(
    "when, words",
    [
        (1988, "1988年度（昭和63年度）"),
        (1989, "1989年度（平成元年度）"),
        (2018, "2018年度（平成30年度）"),
        (2019, "2019年度（令和元年度）"),
        (2026, "2026年度（令和8年度）"),
    ],
)
def test_a_fiscal_year_has_the_era_of_its_budget(when, words):
    assert japanese.fiscal_year(when, "和暦") == words
    assert japanese.fiscal_year(when) == words[:6]


def test_a_parameter_keeps_the_digits_it_was_given_in_both_languages():
    told = [language.shown(1234.5, {"form": "given"}, into) for into in (language.ENGLISH, "ja")]
    assert told == ["1,234.5", "1,234.5"]
    assert japanese.given(1234.5, "十億円") == "1兆2,345億円" and japanese.given(1000.0, "十億円") == "1兆円"


def test_days_before_the_eras_and_unknown_styles_are_refused():
    with pytest.raises(ValueError):
        japanese.day("1868-10-22", "和暦")
    with pytest.raises(ValueError):
        japanese.money(1, "billion")
    with pytest.raises(ValueError):
        japanese.year(2020, "漢数字")


def test_a_label_has_its_money_and_signs_as_japanese_has_them(in_japanese, monkeypatch):
    known = {"{n1} or {n2} billion yen": "{n1:十億円}又は{n2:十億円}", "asked {n1}": "要求{n1:.4}"}
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    assert language.text("1,200 or 43.6 billion yen") == "1兆2,000億円又は436億円"
    assert language.text("−0.5 or 283.12 billion yen") == "−5億円又は2,831億2,000万円"
    alone = ["175 (57%)", "13.5\n(18%)", "22 + 24", "1,001.0", "−3"]
    assert [language.text(one) for one in alone] == [
        "175（57％）",
        "13.5\n（18％）",
        "22＋24",
        "1,001.0",
        "−3",
    ]
    assert language.text("asked 2026.5") == "要求2026"  # other styles are those of texts
    assert language.text("asked 12 (3%)") == "asked 12 (3%)"  # no message: English whole


def test_values_stand_in_a_japanese_sentence_without_spaces(in_japanese, monkeypatch):
    known = {
        "From {first} to {last} {share} of {n}, on {day}": (
            "{first:和暦}から{last}まで、{n}のうち{share}（{day}）"
        ),
        "{n} act": "{n}件",
        "{n} acts": "{n}件",
    }
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    sentence = say(
        "From {first} to {last} {share} of {n}, on {day}",
        first=fiscal_year(result("first")),
        last=year(result("last")),
        share=percent(result("share"), 1),
        n=counted(result("n"), "{n} act", "{n} acts"),
        day=day(result("day")),
    )
    context = Context(
        {"first": 2019, "last": 2026, "share": 12.34, "n": 1200, "day": "2026-04-18"}, {}, language="ja"
    )
    text, record = sentence.tell(context)
    assert text == "2019年度（令和元年度）から2026年まで、1,200件のうち12.3％（2026年4月18日）"
    assert retold(json.loads(json.dumps(record)), context) == text


def test_one_that_english_tells_in_words_may_be_a_number(in_japanese, monkeypatch):
    monkeypatch.setattr(language, "catalogue", lambda *_: {"one year": "{n}年間", "{n} years": "{n}年間"})
    told = counted(result("n"), "one year", "{n} years")
    assert [told.tell(Context({"n": n}, {}, language="ja"))[0] for n in (1, 3)] == ["1年間", "3年間"]


def test_lists_and_branches_and_contexts(in_japanese, monkeypatch):
    known = {
        ", ": "、",
        " and ": "と",
        "up": "増",
        language.in_context("up", "名詞"): "増加",
        "{a}: {a:x}": "",
    }
    known |= {"{way} by {n}": "{n}の{way:名詞}"}
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    context = Context({"n": 3}, {}, language="ja")
    assert listed([result("n")] * 3).tell(context)[0] == "3、3と3"
    way = choose((":n > 0", say("up")), otherwise=say("down"))
    assert say("{way} by {n}", way=way, n=number(result("n"))).tell(context)[0] == "3の増加"


def test_parts_of_a_list_are_looked_up_one_by_one_and_parted_in_japanese(in_japanese, monkeypatch):
    # ； stands only where a part is a list itself.
    known = {"; ": "；", ", ": "、", " and ": "と", "launch": "打上げ", "up": "増加", "down": "減少"}
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    assert language.text("launch: up") == "打上げ：増加"
    assert language.text("launch; up") == "打上げ、増加"
    assert language.text("launch, up; down") == "打上げ、増加；減少"
    assert language.names("up; down") == "増加、減少"
    nested = [listed([say("up"), say("down")], ", "), say("up")]
    for parts, words in ((nested, "増加、減少；増加"), (nested[1:] * 2, "増加、増加")):
        assert listed(parts, "; ", "; ").tell(Context({}, {}, language="ja"))[0] == words


def test_what_is_not_translated_stays_english_and_is_noted(in_japanese, monkeypatch):
    monkeypatch.setattr(language, "catalogue", lambda *_: {"{n1} km": "{n1}km"})
    assert language.text("1,000 km") == "1,000km"
    assert language.text("1,001.0") == "1,001.0"
    assert language.text("FY2026") == "2026年度"
    assert language.text("18 April 2026") == "2026年4月18日"
    assert language.lacking() == []
    assert language.text("QZS-7 flew 3 times") == "QZS-7 flew 3 times"
    assert language.lacking() == ["QZS-7 flew {n1} times"]
    assert say("grew {n}", n=number(drawn("1"))).tell(Context({}, {}, language="ja"))[0] == "grew 1"


def test_english_is_told_without_a_catalogue(monkeypatch):
    monkeypatch.setattr(language, "catalogue", lambda *_: pytest.fail("a catalogue was read"))
    assert language.text("fiscal year") == language.template("fiscal year") == "fiscal year"
    assert language.asked == {}


def test_an_error_is_told_by_the_message_that_fits_it(in_japanese, monkeypatch):
    known = {
        "{name} is off": "{name}は切",
        "the year {year} of {name} is off": "{name}の{year}年は切",
        "a whole number": "整数",
    }
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    assert language.error("the year 2019 of 'a {b}' is off") == "'a {b}'の2019年は切"
    assert language.error("a whole number is off") == "整数は切"
    assert language.error("nothing fits") == "nothing fits" and language.lacking() == ["nothing fits"]


def test_every_sentence_of_an_error_is_in_japanese():
    raised = {text for domain, text, _ in messages.written() if domain == language.ERRORS}
    assert sorted(raised ^ set(language.catalogue("ja", language.ERRORS))) == [], "run `make messages`"


def test_a_sentence_is_told_whole_whatever_it_quotes(in_japanese):
    """Every message, with signs of no language in its places, is told by its own translation."""
    told = language.catalogue("ja", language.ERRORS)
    wrong = []
    for message, words in told.items():
        places = dict.fromkeys(re.findall(r"(?<!\{)\{(\w+)\}", message))
        quoted = {place: f"⟨{number}⟩" for number, place in enumerate(places)}
        if language.error(message.format(**quoted)) != words.format(**quoted):
            wrong.append(message)
    assert wrong == []


# The place of a fault, what it quotes of two tables, and its mend are sentences of their own.
def test_a_fault_is_told_to_its_last_part(in_japanese):
    said = (
        "data/a/b.csv, row-1, has date 2021-01-12, but data/c.csv, row-2, has day 2021-01-21 (launch of the"
        " satellite); mend one, or hold both rows in data/conflicts.csv"
    )
    told = (
        "data/a/b.csvのrow-1ではdateが2021-01-12であるが、data/c.csvのrow-2ではdayが2021-01-21である"
        "（衛星の打上げ）。一方を直すか、両方の行をdata/conflicts.csvに書く。"
    )
    assert language.error(said) == told
    said = (
        "data/a.csv, line 3, column year: '1,234' has a comma in it; write 1234, or 1.234 where the comma is"
    )
    told = "data/a.csvの3行目、列year：'1,234'にコンマがある。1234と書く。コンマが小数点なら1.234と書く。"
    assert language.error(f"{said} a decimal one") == told


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_a_parameter_takes_is_told_in_japanese(name, in_japanese):
    """But for the words that it takes, which a reader types as they are."""
    model = QUESTIONS[name].module.Parameters
    for parameter, about in {entry["name"]: entry for entry in model.describe()}.items():
        with pytest.raises(ParameterError) as refused:
            model.of({parameter: {"x": {}}})
        told = language.error(str(refused.value))
        assert "is not possible" not in told and "は指定できない" in told, told
        for words in ("a number", "a whole", "a text", "a list", "one of", "at least", "at most", "above"):
            assert words not in told, told
        assert not about["unit"] or "（" in told, told


def test_no_line_that_a_command_prints_escapes_the_catalogue():
    """What is printed is told by `said`, `text`, `known` or `usage.tell`; no sentence stands in a print."""
    printed = {
        f"{path.relative_to(LIBRARY)}:{node.lineno}": text
        for path in LIBRARY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if wording.name_of(node) == "print"
        for told in node.args
        for text in wording.texts(told)
        if text
    }
    assert set(printed.values()) <= {"  output_dir = None"}, printed


def test_no_note_of_a_reader_of_files_escapes_the_catalogue():
    """What a reader notes is told by `said` or `tallied`; what it counts is `noted` for the catalogue."""
    loose = {
        f"{path.name}:{node.lineno}": text
        for path in (LIBRARY / "importing").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for told in _notes(node)
        for text in wording.texts(told)
        if text
    }
    assert loose == {}


def _notes(node: ast.AST) -> list[ast.expr]:
    """What is put among the notes of a file, or is counted for them."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("notes.append", "told.append"):
        return node.args
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        goal = node.targets[0] if isinstance(node, ast.Assign) else node.target
        counter = ast.unparse(goal.value) if isinstance(goal, ast.Subscript) else ""
        if counter.endswith((".left", ".aside", ".settled")):
            return [goal.slice]
        return [node.value] if ast.unparse(goal) == "notes" else []
    return []


def test_the_notes_on_a_file_are_told_in_japanese(in_japanese):
    """Counts, names of fields as the file has them, and the words for what was left out."""
    counts = {"votes that stand there again": 1200, "abstract": 2, "pages in all": 0}
    assert tallied(counts, LEFT_OUT) == [
        "除いたもの：abstract（2件）",
        "除いたもの：再び出てくる票（1,200件）",
    ]


# Raised where a reader meets them: a question, a parameter's name and value, a source; the notebook's own way
# to show an error and the command's.
@pytest.mark.parametrize(
    "arguments, words",
    [
        (["describe", "budgets/nothing"], "設問'budgets/nothing'はない。"),
        (["who", "nothing"], "行'nothing'はどの表にもない。"),
        (["cite", "nothing"], "data/sources.jsonに出典'nothing'はない。"),
        (["claims", "C9-999"], "主張'C9-999'はない。"),
    ],
)
def test_the_command_tells_an_error_in_the_readers_language(arguments, words, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert cli.main(arguments) != 0
    assert capsys.readouterr().err.startswith(f"spacesec: {words}")


def test_a_notebook_shows_an_error_in_its_language(in_japanese):
    module = QUESTIONS["missile_warning/flight_time"].module
    with pytest.raises(ParameterError, match="is not possible") as caught:
        module.Parameters.of({"range_km": -5})
    shown = "".join(caught.value._render_traceback_())
    assert shown.startswith("ParameterError: range_km = -5は指定できない。")
    with language.speaking("en"):
        assert caught.value._render_traceback_() == [f"ParameterError: {caught.value}"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["tables"], "政府全体の宇宙関係予算"),
        (["claims"], "判定"),
        (["claims", "C3-045", "--language", "ja"], "検証："),
        (["fresh", "--language", "ja"], "見直しの時期が来た表"),
    ],
)
def test_the_command_prints_its_lines_in_the_readers_language(arguments, words, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C" if "--language" in arguments else "ja_JP.UTF-8")
    assert cli.main(arguments) == 0
    assert words in capsys.readouterr().out


def test_progress_and_faults_are_told_while_all_else_stays_english(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    execution.show(execution.Outcome("budgets/comparison", None), 1, 2)
    execution.show(execution.Outcome("budgets/comparison", 3.21, "data/a.csv is missing; restore it"), 2, 2)
    assert cli._report(["data/a.csv, line 2: the row is empty; remove it"], "the tables are sealed") == 1
    assert cli._report([], "the tables are sealed") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "[1/2] budgets/comparison：変更なし",
        "[2/2] budgets/comparison：3.2秒で失敗",
    ]
    assert out.splitlines()[-1] == "spacesec: 表を確定した。"
    assert err == "spacesec: data/a.csvの2行目：空の行である。取り除く。\n"
    assert language.in_force() == language.ENGLISH


@pytest.mark.parametrize("name", COMPLETE)
def test_a_run_in_japanese_leaves_a_record_that_can_be_told_again(name, tmp_path):
    module = QUESTIONS[name].module
    try:
        run = record.start(module, {"output_language": "ja", "output_dir": str(tmp_path / "out")})
        answer = run.answer()
        run.publish(module.FIGURES[0](answer))
        (tmp_path / records.NAME).write_text(json.dumps(run.record(), ensure_ascii=False), encoding="utf-8")
        assert language.lacking() == []
        assert "意味" in repr(run.settings)
    finally:
        language.use("en")
    kept = records.read(tmp_path)
    assert kept.language == "ja" and kept.notebook == name and language.OTHER_LETTERS.search(kept.question)
    context = Context(
        {key: one.value for key, one in kept.results.items()}, kept.parameters, None, "ja", kept.notebook
    )
    with language.speaking("ja"):
        assert "\n\n".join(retold(told, context) for told in kept.told) == kept.answer


def test_a_run_in_japanese_writes_nothing_into_the_default_folder():
    module = QUESTIONS["budgets/government_space"].module
    try:
        assert record.start(module, {"output_language": "ja"}).folder is None
    finally:
        language.use("en")
    with pytest.raises(ParameterError, match="output_language = 'fr' is not possible"):
        record.start(module, {"output_language": "fr"})


MARKED = re.compile(r"\$\$[^$]+\$\$|\$[^$]+\$|`[^`]+`")
FORMULA = re.compile(r"\s*\$\$.*\$\$\s*", re.DOTALL)


@pytest.mark.parametrize("name", COMPLETE)
def test_a_notebooks_prose_is_told_in_japanese(name):
    translated = prose.translated(QUESTIONS[name], "ja")["cells"]
    for cell, own in zip(translated, QUESTIONS[name].stored()["cells"], strict=True):
        if own["cell_type"] == "code":
            assert cell == own
            continue
        words = language.blocks("".join(cell["source"]))
        assert len(words) == len(language.blocks("".join(own["source"])))
        assert all(language.OTHER_LETTERS.search(body) for _, _, body in words if not FORMULA.fullmatch(body))
        # Formulas and names in code are the same.
        marked = [MARKED.findall("".join(one["source"])) for one in (cell, own)]
        assert collections.Counter(marked[0]) == collections.Counter(marked[1])


def test_the_command_lists_and_describes_in_japanese(capsys):
    assert cli.main(["list", "--language", "ja"]) == 0
    assert "日本政府の宇宙関係予算はどれほど増えたか" in capsys.readouterr().out
    assert cli.main(["describe", "budgets/government_space", "--language", "ja"]) == 0
    assert "比較の最初の年度" in capsys.readouterr().out


COMMANDS = cli.parser()._subparsers._group_actions[0].choices


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS if name != "lab")])
def test_help_is_told_in_japanese_within_the_width_of_a_terminal(words, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        cli.main([*words, "--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0 and shown.startswith("書式: spacesec")
    assert not re.findall(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", shown)
    assert max(map(usage.columns, shown.splitlines())) <= 80


def test_the_language_of_help_is_the_one_that_the_command_names(capsys, monkeypatch):
    for given, named, begins in (("ja_JP.UTF-8", "en", "usage: "), ("C", "ja", "書式: ")):
        monkeypatch.setenv("LC_ALL", given)
        with pytest.raises(SystemExit):
            cli.main(["run", "--language", named, "--help"])
        assert capsys.readouterr().out.startswith(begins)


@pytest.mark.parametrize(
    "words, told",
    [
        (["run", "--jobs", "x"], "引数--jobsの'x'はintの値ではない"),
        (["run", "--jobs"], "引数--jobsには値が一つ必要である"),
        (["run", "-p", "year"], "引数-pには値が2個必要である"),
        (["verify", "--kernel", "hot"], "引数--kernelに'hot'は選択できない（"),
        (["diff", "--json", "--changelog"], "引数--changelogは、引数--jsonとともには指定できない"),
        (["who"], "次の引数が必要である：row_id"),
        (["seal", "--now"], "不明な引数：--now"),
    ],
)
def test_what_is_off_with_the_commands_words_is_told_in_japanese(words, told, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2 and f"：エラー：{told}" in capsys.readouterr().err


def test_the_readers_settings_choose_the_language(monkeypatch):
    for given, found in (("ja_JP.UTF-8", "ja"), ("C.UTF-8", "en"), ("de_DE", "en")):
        monkeypatch.setenv("LC_ALL", given)
        assert language.of_reader() == found


@pytest.mark.parametrize(
    "names, turn, told, left",
    [
        (["United\nStates", "France"], 90, ["米\n国", "フ\nラ\nン\nス"], 0),
        (["United\nStates", "Europe"], 90, ["米国", "欧州連合（EU）"], 90),
        (["United\nStates", "France"], 0, ["米国", "フランス"], 0),
    ],
)
def test_names_on_their_side_are_written_downward(names, turn, told, left, in_japanese, monkeypatch):
    known = {"United\nStates": "米国", "France": "フランス", "Europe": "欧州連合（EU）"}
    monkeypatch.setattr(language, "catalogue", lambda *_: known)
    figure = Figure()
    axes = figure.subplots()
    axes.set_xticks([0, 1], names, rotation=turn)
    labels.translate(figure, "")
    assert [one.get_text() for one in axes.get_xticklabels()] == told
    assert {one.get_rotation() for one in axes.get_xticklabels()} == {left}


def test_money_in_a_figure_is_counted_in_its_unit():
    assert amounts.short("1,001.0") == "1,001.0"  # English stays
    with language.speaking("ja"):
        assert amounts.short("9.3 to 10.5") == "93 to 105" and amounts.short("<0.01") == "<0.1"
        assert amounts.short("1,001.0") == "1兆10億" and amounts.short("0.45", "share") == "0.45"
        assert amounts.short("52", "unit price, million USD") == "5,200"
        assert language.text("MEXT\n1兆10億", "budgets/strategy_fund") == "文部科学省\n1兆10億"


def test_an_axis_without_a_name_counts_what_those_beside_it_do(in_japanese):
    figure = Figure()
    one, two, three = figure.subplots(1, 3)
    one.set_ylabel("billion yen paid, nominal")
    one.set_xlabel("fiscal year")
    assert set(amounts.counted(figure)) == {one.yaxis, two.yaxis, three.yaxis}
    two.set_ylabel("percent")
    assert set(amounts.counted(figure)) == {one.yaxis}


def test_axes_that_share_their_ticks_are_told_once(in_japanese):
    figure = Figure()
    one, two = figure.subplots(1, 2, sharey=True)
    one.set(ylabel="billion yen, nominal", ylim=(0, 1500))
    labels.translate(figure, "budgets/strategy_fund")
    told = [label.get_text() for label in one.get_yticklabels()]
    assert told[:3] == ["0", "2,000", "4,000"] and told[5:7] == ["1兆", "1.2兆"]


def test_lines_break_between_phrases_and_at_spaces(in_japanese):
    text = "日本の宇宙関係予算は2026年度に初めて1兆円を超えた。出典：Cabinet Office 2026"
    pieces = labels.pieces(text)
    assert "".join(pieces) == f"{text} " and len(pieces) > 6
    # No line may begin with these signs (JIS X 4051), nor end with an opening bracket.
    assert not [one for one in pieces if one[0] in "、。，．）」』】ーぁぃぅぇぉっゃゅょ％"]
    assert not [one for one in pieces if one.rstrip()[-1] in "（「『【"]


@pytest.mark.parametrize(
    "text", ["全地点（6か所の平均）", "台湾中部で衛星が見える時間", "3か月以内", "12か国で"]
)
def test_no_line_breaks_within_a_word_or_between_a_number_and_its_counter(text, in_japanese):
    cuts = [one[-1] + other[0] for one, other in zip(labels.pieces(text), labels.pieces(text)[1:])]
    assert not [cut for cut in cuts if re.search(r"[\u4e00-\u9fff]{2}|か[所月国\d]", cut)]


# Bodies and papers by the names they print themselves; who carries another's words stays named.
@pytest.mark.parametrize(
    "short, words",
    [
        ("Cabinet Office 2012, 2015", "内閣府（2012、2015）"),
        (
            "Ministry of Foreign Affairs of Japan (copy at expydoc.com) 2016",
            "外務省〔expydoc.comの写し〕（2016）",
        ),
        ("Jiji Press via nippon.com 2025", "時事通信〔nippon.com経由〕（2025）"),
        ("Emmert et al. 2022", "Emmertほか（2022）"),
        ("METI 2024", "経済産業省（2024）"),
        ("House of Representatives of Japan 2008", "衆議院（2008）"),
        ("National Diet of Japan (mirror: kokalog.net) 2008", "国会〔kokalog.netの写し〕（2008）"),
        (
            "The World and Japan Database (GRIPS / Univ. of Tokyo) 2009",
            "データベース「世界と日本」〔政策研究大学院大学／東京大学〕（2009）",
        ),
        ("SuperMap n.d", "SuperMap（年不明）"),
        ("and 12 more", "ほか12件"),
    ],
)
def test_a_source_line_names_its_authors_in_japanese(short, words):
    assert stamp.cited(short) == short
    with language.speaking("ja"):
        assert stamp.cited(short) == words


def test_whoever_wrote_in_japanese_is_named_in_every_credit(in_japanese):
    names = {name for _, name, _ in messages.authors("ja")}
    assert len(names) > 150 and [name for name in names if language.translation(name) is None] == []


def leaves(record: dict) -> set[tuple[str, str]]:
    """The values in a told sentence, each with where it comes from."""
    inner = [*record.get("values", {}).values(), *record.get("parts", [])]
    own = {(json.dumps(record["from"]), json.dumps(record["value"]))} if "value" in record else set()
    return own.union(*map(leaves, inner))


def equal(english: dict, other: dict) -> None:
    """The same values: none left out, and none added but a one that English tells in words."""
    ours, theirs = leaves(english), leaves(other)
    assert ours <= theirs, (english["shown"], other["shown"], ours - theirs)
    assert all(value == "1" for _, value in theirs - ours), (english["shown"], other["shown"], theirs - ours)


def told(question, parameters: dict, into: str) -> tuple[list[dict], dict[str, figures.Picture]]:
    with language.speaking(into):
        answer = question.module.answer(question.module.Parameters.of(parameters))
        return list(answer.told), {draw.__name__: draw(answer) for draw in question.module.FIGURES}


@pytest.mark.parametrize("name", COMPLETE)
def test_both_languages_tell_the_same_values(name):
    choices = messages.choices(QUESTIONS[name].module.Parameters) if EVERY_CHOICE else ()
    for parameters in ({}, *choices):
        (paragraphs, pictures), (others, drawn_too) = (
            told(QUESTIONS[name], parameters, into) for into in ("en", "ja")
        )
        assert len(paragraphs) == len(others)
        for one, other in zip(paragraphs, others):
            equal(one, other)
        for key, picture in pictures.items():
            assert set(picture.told) == set(drawn_too[key].told)
            assert figures.csv_of(picture.data) == figures.csv_of(drawn_too[key].data)
            for part, one in picture.told.items():
                equal(one, drawn_too[key].told[part])


def told_wrongly(axis, unit: str) -> list[tuple[float, str]]:
    """The ticks of a Japanese axis of money whose words are another amount than where they stand."""
    scale = {"trillion": 1e12, "billion": 1e9, "million": 1e6}[unit.split()[0]]
    bare = {"trillion": 1e12, "billion": 1e8, "million": 1e4}[unit.split()[0]]
    wrong = []
    for place, label in zip(axis.get_majorticklocs(), axis.get_ticklabels()):
        told = re.findall(r"([\d,.]+)([万億兆]?)", label.get_text())
        amount = sum(float(n.replace(",", "")) * (STEPS[step] if step else bare) for n, step in told)
        if told and abs(amount - abs(place) * scale) > 1e-9 * amount:
            wrong.append((place, label.get_text()))
    return wrong


@pytest.mark.parametrize("name", COMPLETE)
def test_labels_keep_clear_in_japanese_too(name, in_japanese):
    question = QUESTIONS[name]
    answer = question.module.answer(question.module.Parameters.of({}))
    for draw in question.module.FIGURES:
        picture = draw(answer)
        money = amounts.counted(picture.figure)
        with figures._style():
            figures._frame(picture)
            assert not (found := layout.clashes(picture.figure)), f"{picture.name}: {found}"
        wrong = [one for axis, unit in money.items() for one in told_wrongly(axis, unit)]
        assert not wrong, f"{picture.name}: {wrong}"
        names = [axis.get_label_text() for axis in money if axis.get_label_text()]
        assert all(
            re.search("億|兆|万(ドル|円)", one) and not re.search("[十百1]0?[億万]", one) for one in names
        ), names


@pytest.mark.parametrize("name", COMPLETE)
def test_a_whole_catalogue_lacks_nothing_and_holds_nothing_stale(name):
    found = messages.Messages()
    with language.speaking("ja"):
        messages.hear(QUESTIONS[name], found)
    for domain, message, note in messages.written():
        if domain == name:
            found.add(message, domain, note)
    with language.speaking("ja"):
        used = {message: uses for message, uses in found.uses.items() if name in uses or "common" in uses}
        lacking = [message for message in used if language.found(message, name) is None]
    assert lacking == []
    own = {key.split(language.END_OF_CONTEXT)[-1] for key in language.catalogue("ja", name)}
    pairs = {form for message in used for form in language.plurals.get(message, (message,))}
    assert sorted(own - pairs) == [], "run `make messages`"


@pytest.mark.parametrize("domain", messages.stored("ja"))
def test_a_catalogue_fills_the_places_it_is_given(domain):
    for entry in messages._stored(domain, "ja"):
        if not messages._translated(entry):
            continue
        forms = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        if all("{" not in form or re.search(r"\$.*\{", form) for form in forms):
            continue  # no places, or a formula
        given = set().union(*(re.findall(r"(?<!\{)\{(\w+)\}", form) for form in forms))
        for text in messages._strings(entry):
            assert set(re.findall(r"(?<!\{)\{(\w+)[:}]", text)) <= given, (entry.id, text)
            prose = text.removeprefix("- ")  # the mark of a point in a list
            assert not re.search(r"(?<![A-Za-z.,:;)])[ ](?=[\u3040-\u30ff\u4e00-\u9fff])", prose), (
                entry.id,
                text,
            )


@pytest.mark.parametrize("weight", [400, 600])
def test_the_faces_have_every_sign_of_the_catalogues(weight, in_japanese):
    # Made anew by tools/japanese_face.py where a sign is missing.
    with figures._style():
        faces = [FontProperties(family, weight=weight) for family in labels.FACES["ja"]]
        found = [font_manager.findfont(face, fallback_to_default=False) for face in faces]
    signs = set().union(*(font_manager.get_font(path).get_charmap() for path in found))
    # Errors are told in terminals and notebooks; the face of pages is cut from the regular one.
    undrawn = {language.ERRORS} | ({*messages.OWN, lessons.NAME} if weight > 400 else set())
    drawn = {domain for domain in messages.stored("ja") if domain.split("/")[0] not in undrawn}
    texts = (text for domain in drawn for text in language.catalogue("ja", domain).values())
    written = {sign for text in texts for sign in text if ord(sign) > 32}
    assert sorted(sign for sign in written if ord(sign) not in signs) == []


READ = [one for one in tables.names() if not one.startswith("checks/")]


@pytest.mark.parametrize("name", READ)
def test_a_table_is_told_in_japanese_headings_values_and_notes(name):
    for domain, message, _ in messages.cells(tables.describe(name)):
        homes = [language.entries("ja", home) for home in language.domains(domain)]
        assert any(message in home for home in homes), "write it in the catalog of " + domain


def test_a_cell_is_told_by_its_column_and_stays_where_nothing_has_it(in_japanese):
    fields = {field["name"]: field for field in tables.describe("budgets/defense_space")["schema"]["fields"]}
    assert language.cell(fields["stage"], "contract") == "契約"
    assert language.cell(fields["basis"], "contract") == "契約ベース"
    assert language.cell(fields["note"], "contract basis inferred from its size")[:6] == "契約ベースで"
    assert language.cell(fields["note"], "a note of tomorrow") == "a note of tomorrow"
    assert language.cell(fields["fiscal_year"], "2026") == "2026"
    assert language.heading("state", "regional_cooperation/un_votes") == "国"
    assert language.heading("state", "space_systems/satellites") == "状態"
    assert language.heading("column_of_tomorrow") == "column_of_tomorrow"


@pytest.mark.parametrize(
    "english, told",
    [
        ("third paragraph", "第3段落"),
        ('section "Strike capabilities", paragraph 2', "「Strike capabilities」の節、第2段落"),
        ('sentence beginning "In 2023, the fund, in short"', "「In 2023, the fund, in short」で始まる文"),
        ("roll call of resolution 48/74A", "決議48/74Aの投票記録"),
        ("pp. 15-06 to 15-07", "15-06から15-07ページ"),
        (
            'sheet 0057, budget table, FY2024, line "initial budget"',
            "シート0057、予算額・執行額の表、2024年度、「当初予算」の行",
        ),
        ("items of Promotion fund (MEXT, MIC), total", "「Promotion fund (MEXT, MIC)」の項目、合計"),
        ("Executive Summary", "Executive Summary"),
        ("section on a matter of tomorrow", "section on a matter of tomorrow"),
    ],
)
def test_a_place_in_a_source_is_told_and_what_it_quotes_is_kept(in_japanese, english, told):
    assert language.place(english) == told


def test_places_in_sources_are_told_with_all_of_their_numbers(in_japanese):
    places = [row["locator"] for name in READ for row in extent.rows(name) if row.get("locator")]
    assert len(places) > 12_000
    left = [one for one in places if language.place(one) == one and re.search("[a-z]{2} [a-z]{2}", one)]
    assert len(left) < 0.04 * len(places)  # our words that no message has; names and headings stay anyway
    for one in set(places):
        told = language.place(one).replace(",", "")
        lost = [digits for digits in re.findall(r"\d+", one.replace(",", "")) if digits not in told]
        assert not lost or "sheet of the project" in one, one  # a project has its own name there


def test_a_row_is_known_by_its_cells_in_one_language():
    known = rows.rows().by_id
    votes = next(row for row in known.values() if row.table == "regional_cooperation/un_votes")
    money = known["defense-space-removed-items-2014"]
    assert money.told_with_unit("amount_bn_jpy") == "50.2 billion yen"
    with language.speaking("ja"):
        assert money.told_with_unit("amount_bn_jpy") == "502億円"
        assert money.told_with_unit("fiscal_year") == "2014年度"
        assert not re.search("[A-Za-z] [A-Za-z]", votes.title)
        assert language.OTHER_LETTERS.search(votes.title)


# A capital that stands for its government (docs/language.md) is told as the state.
GOVERNMENTS = {"Tokyo": "日", "Seoul": "韓", "Pyongyang": "北朝鮮"}
OTHER_SENSE = {"summit": "山頂"}  # of a mountain
# Names that hold a name of the glossary and have a form of their own, and what is said of English words.
OWN_FORMS = {
    "Hiroshima Peace Media Center": "ヒロシマ平和メディアセンター",
    "Fukuoka Keizai": "ふくおか経済",
    "Sendai podcast": "Sendai podcast",
    "K. Kodama": "K. Kodama",
    "Called Strategic Headquarters for Space Development in earlier English texts.": "以前の英語の文書では"
    "Strategic Headquarters for Space Developmentと呼ばれた。",
}


def test_messages_use_the_words_of_the_glossary():
    terms = [
        (row.english, [row.japanese, *row.also.split("|"), GOVERNMENTS.get(row.english, "")])
        for row in tables.load("glossary").fillna("").itertuples()
    ]
    faults = collections.defaultdict(list)
    for domain in messages.stored("ja"):
        for message, text in language.catalogue("ja", domain).items():
            if OWN_FORMS.get(message) == text:
                continue
            for english, known in terms:
                if english not in message:  # quick: a pattern a term is more than Python keeps compiled
                    continue
                stands = re.search(rf"(?<![\w-]){re.escape(english)}(?![\w-])", message)
                if stands and not any(form and form in text for form in (*known, OTHER_SENSE.get(english))):
                    faults[domain].append((english, known[0], text))
    assert not faults, dict(faults)


# One Japanese term a meaning: what proves a thing apart from its maker is 独立, what a state has itself is
# 独自, what stands by itself is 自立.
APART = re.compile(r"\bindependent(ly)? (source|row|result|evidence|ground|fact|test)s?\b")
MIXED = re.compile(
    r"独自の(出典|根拠|証拠|事実|検定|行(?!動|政))|独立の(衛星網|衛星群|整備|計画|センサー)|独立した(サービス|衛星網|衛星群)"
    r"|掃引|符号化者|変わり目|封印"
)


@pytest.mark.parametrize("domain", messages.stored("ja"))
def test_independent_and_own_are_one_term_each(domain):
    told = language.catalogue("ja", domain)
    assert [words for words in told.values() if MIXED.search(words)] == []
    apart = [words for english, words in told.items() if APART.search(english.lower())]
    assert [words for words in apart if "独立" not in words] == []


# Numbers that English tells in words and Japanese may write in digits; a one may be "a" or "each".
SINGLE = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
IN_WORDS = {word: n for n, word in enumerate(SINGLE.split(), 1)} | {
    **{
        "zero": 0,
        "none": 0,
        "first": 1,
        "twice": 2,
        "second": 2,
        "double": 2,
        "doubled": 2,
        "dual": 2,
        "both": 2,
    },
    **{
        "third": 3,
        "triple": 3,
        "trilateral": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "quarter": 4,
        "tenth": 10,
        "tenths": 10,
    },
    **{"tenfold": 10, "twenty": 20, "half a": 0.5},
}
LONG = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
STEPS = {"": 1, "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12}
MONTHS = {part: n for n, name in enumerate(forms.MONTHS, 1) for part in (name, name[:3], name[:4])}
NUMBER = r"\d[\d,]*(?:\.\d+)?"


def either(words: dict) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


ENGLISH = re.compile(
    rf"\b(?P<month>{either(MONTHS)})\b|\b(?P<scale>{either(LONG)})\b"
    rf"|(?P<number>{NUMBER}|\b(?i:{either(IN_WORDS)})\b)(?:[ -](?P<times>{either(LONG)})\b)?"
)
SPAN = re.compile(r"(?<!\d)(\d\d)(\d\d)-(\d\d)\b")


def ends(span: re.Match[str]) -> str:
    """Both years of 2024-28; a month, as in 2024-07, stays one."""
    century, first, last = span.groups()
    return f"{century}{first}, {century}{last}" if last > first else f"{century}{first}, {last}"


def english_numbers(text: str) -> tuple[set[str], set[str]]:
    """The numbers of a text that stand in digits (or as months), and those in words."""
    digits, words = set(), {1.0}
    for match in ENGLISH.finditer(SPAN.sub(ends, text)):
        if match["month"]:
            digits.add(MONTHS[match["month"]])
        elif match["scale"]:
            words.add(LONG[match["scale"]])
        elif match["number"].lower() in IN_WORDS:
            words.add(IN_WORDS[match["number"].lower()] * LONG.get(match["times"], 1))
        else:
            digits.add(float(match["number"].replace(",", "")) * LONG.get(match["times"], 1))
    return written(digits), written(words)


def japanese_numbers(text: str) -> set[str]:
    """The same of a Japanese text, where 1兆2,000億 is one number."""
    told = re.findall(rf"(?:{NUMBER}[千万億兆]?)+", text)
    parts = [re.findall(rf"({NUMBER})([千万億兆]?)", one) for one in told]
    return written({sum(float(n.replace(",", "")) * STEPS[step] for n, step in one) for one in parts})


def written(numbers: set[float]) -> set[str]:
    return {f"{number:.9g}" for number in numbers}


def same_numbers(english: str, other: str) -> bool:
    digits, words = english_numbers(english)
    return digits <= japanese_numbers(other) <= digits | words


@pytest.mark.parametrize(
    "english, other, same",
    [
        ("About 2,800 pieces in July 2017", "2017年7月に約2,800個", True),
        ("About 2,800 pieces in July 2017", "2017年に約2,800個", False),
        ("FY2024-28 at 1.2 trillion yen", "2024年度から2028年度までに1兆2,000億円", True),
        ("a period (2024-07) of a billion dollars", "期間（2024-07）に10億ドル", True),
        ("3.3 billion yen (31 million dollars)", "33億円（3,100万ドル）", True),
        ("3.3 billion yen (31 million dollars)", "330億円（3,100万ドル）", False),
        ("half a million pieces, four of ten", "50万個、10のうち四つ", True),
        ("two of them", "うち3機", False),
    ],
)
def test_a_number_that_only_one_language_has_is_seen(english, other, same):
    assert same_numbers(english, other) == same


def test_both_readmes_have_the_same_numbers_section_by_section():
    """Outside commands, names and generated parts, which other tests hold."""
    left_out = r"```.*?```|<!-- (\w+):begin -->.*?<!-- \1:end -->|`[^`\n]*`|\]\([^)]*\)"
    texts = [(paths.root() / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md")]
    own, other = (re.sub(left_out, "", text, flags=re.DOTALL).split("\n## ") for text in texts)
    assert len(own) == len(other) > 8
    assert [(one, two) for one, two in zip(own, other) if not same_numbers(one, two)] == []


# Frozen sentences that count in billions of yen without saying so; Japanese says the amount.
WITH_UNITS = {
    "200 of about 1,000 are left": "200 billion yen of about 1,000 billion yen are left",
    "800 were voted": "800 billion yen were voted",
    "It asked for 176.8 for FY2026 and got about 174": "It asked for 176.8 billion yen for FY2026 and got"
    " about 174 billion yen",
    "brought 27.5, 32.5 and 32.8": "brought 27.5 billion, 32.5 billion and 32.8 billion",
    "between 61.9 and 62.6 in": "between 61.9 billion and 62.6 billion in",
    "between 61.5 and 63.0 billion": "between 61.5 billion and 63.0 billion",
}


@pytest.mark.parametrize("domain", sorted({language.ERRORS, *messages.OWN}))
def test_what_pages_and_errors_say_has_the_same_numbers_in_both_languages(domain):
    told = {}
    for english, other in language.catalogue("ja", domain).items():
        for bare, whole in WITH_UNITS.items():
            english = english.replace(bare, whole)
        told[english] = other
    assert [(one, other) for one, other in told.items() if not same_numbers(one, other)] == []


# A message of several questions that counts without a noun has one Japanese counter: all tell of that.
BARE = {
    "{n} is": "space_systems/counterspace space_systems/reconnaissance",  # satellites, {n}機
    "{n} was": "policy_evolution/recommendations space_systems/exploration_and_investment",  # {n}件
    "{n} has": "policy_evolution/claims policy_evolution/promises space_systems/counterspace"
    " space_systems/exploration_and_investment",  # {n}件
}


@pytest.mark.parametrize("message", BARE)
def test_what_is_counted_without_a_noun_has_one_counter(message):
    told = {
        "/".join(path.relative_to(LIBRARY).parts[:2])
        for path in LIBRARY.glob("*/*/words.py")
        if f'"{message}"' in path.read_text(encoding="utf-8")
    }
    assert told == set(BARE[message].split())


@pytest.mark.parametrize("command, named", [("forecasts", r"\d{4}-\d\d-\d\d .*"), ("fresh", r"gap-.*")])
def test_forecasts_and_gaps_are_told_in_a_terminal_in_the_readers_language(
    command, named, monkeypatch, capsys
):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    cli.main([command])
    lines = re.findall(named, capsys.readouterr().out)
    assert len(lines) > 40 and [one for one in lines if not language.OTHER_LETTERS.search(one)] == []
