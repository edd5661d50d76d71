"""Names of persons and bodies as references have them, several in one field taken apart where that is sure.

Names in kanji stand family name first, whatever parts them; a name that nothing parts is kept whole. EndNote
marks a body by a comma too many: after its name, or a second one beside the first of its own.
"""

import re

KANJI = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff々ヶ]")
_HALF = r"[\u3041-\u30fa\u4e00-\u9fff々ヶー]{1,5}"
_PERSON = re.compile(rf"({_HALF}) ({_HALF})")
# How the names of ministries, firms and schools end; a given name of one letter (学) is no such end.
_BODY = re.compile(
    r"[^\s,](?:[省庁府局部課室院会党所社学署隊団台館]|機構|機関|財団|新聞|通信|放送|工業|重工|産業|銀行|組合|政府|内閣|連合"
    r"|連盟|大使|大使館|グループ|センター|ホールディングス)(?: ?[(（].*)?$"
)
_ENGLISH_BODY = re.compile(
    r"\b(Ministry|Agency|Office|Institutes?|Department|Council|Committee|Commission|Cent(?:er|re)|University|College"
    r"|Corporation|Corp|Inc|Ltd|LLC|GmbH|Company|Government|Cabinet|Secretariat|Bureau|Association|Society"
    r"|Foundation|Federation|Organi[sz]ation|Laborator(?:y|ies)|Administration|Authority|Division|Embassy|Library"
    r"|Prefecture|Nations|Parliament|Congress|Senate|Diet)\b"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|[IVX]+|\d(?:st|nd|rd|th)|Ph\. ?D|PhD|M\. ?D|MD|Esq)\.?", re.IGNORECASE)
_FULL = re.compile(r"(?:[A-Z][\w'’.-]* ){1,2}[A-Z][\w'’-]+")  # John Smith, J. A. Smith
_INITIALED = re.compile(r"[A-Z][\w'’-]+ (?:[A-Z]\.? ?-?){1,3}")  # Smith JA
_FURTHER = re.compile(r"[\s,、]*[(（\[]?(?:\bet\.? al\b\.?|ほか\s*\d*\s*名?|他\s*\d*\s*名?|外\d+名)[)）\]]?$")
_YEARS = re.compile(r", ?(?:\d{4}-(?:\d{4})?|b\. ?\d{4}|\d{4}- )\.?$")  # of life, as libraries add them
_PART = re.compile(r"[ ∥|/／\[(（]*(?:共著|編著|編集|監修|共編|監訳|[著訳編])者?[\])）]?$")


def further(text: str) -> tuple[str, bool]:
    """The names without the word for further ones (et al., ほか), and whether it stood there."""
    named = _FURTHER.sub("", text)
    return named, named != text


def people(text: str) -> list[dict[str, str]]:
    """The persons and bodies of a field, ``family, given, suffix`` each; raises ValueError where they cannot
    be told apart.
    """
    text = " ".join(text.replace("，", ",").replace("；", ";").replace("\u3000", " ").split())
    if ",," in text or text.endswith(","):
        return [{"literal": text.replace(",,", ",", 1).removesuffix(",").strip()}]
    return [one for part in text.split(";") if part.strip() for one in _told_apart(part.strip())]


def doubtful() -> ValueError:
    """What is raised where a field does not tell whether it names one or several."""
    return ValueError(
        "it may be one author or several; give each a field of its own, and mark a body: in BibTeX by braces,"
        " in RIS by a comma after its name"
    )


def body(text: str) -> bool:
    """Whether a name in Latin letters has a word that stands in those of bodies alone."""
    return bool(_ENGLISH_BODY.search(text))


def suffix(text: str) -> bool:
    """Whether it follows a name: Jr., III, PhD."""
    return bool(_SUFFIX.fullmatch(text))


def _told_apart(text: str) -> list[dict[str, str]]:
    if not KANJI.search(text):
        return _in_latin(_YEARS.sub("", text))
    text = _YEARS.sub("", text)
    if _PART.search(text):
        raise ValueError("it says what somebody did (著, 編, 訳); write the name alone, an editor as editor")
    listed = [part.strip() for part in text.split("、")]
    return [one for part in listed for one in _in_kanji(part)]


def _in_kanji(text: str) -> list[dict[str, str]]:
    parts = re.split(r" ?[,・] ?", text)
    if len(parts) == 1:
        return [_one(text)]
    if all(_PERSON.fullmatch(part) and not _BODY.search(part) for part in parts):
        return [_one(part) for part in parts]
    if "," not in text:
        # 科学技術・学術政策研究所, ジョン・スミス and マイケル・山田 are one; 山田太郎・鈴木花子 may be two.
        kanji = sum(bool(re.search(r"[\u4e00-\u9fff]", part)) for part in parts)
        if _BODY.search(parts[-1]) or kanji < min(len(parts), 2):
            return [{"literal": text}]
    elif all(_BODY.search(part) for part in parts):
        return [{"literal": text}]  # 内閣府, 宇宙開発戦略推進事務局
    elif len(parts) == 2 and "・" not in text and _pair(*parts):
        return [{"family": parts[0], "given": parts[1]}]
    raise doubtful()


def _one(text: str) -> dict[str, str]:
    found = _PERSON.fullmatch(text)
    if not found or _BODY.search(text):
        return {"literal": text}
    if not _pair(found[1], found[2]):
        raise doubtful()
    return {"family": found[1], "given": found[2]}


def _pair(family: str, given: str) -> bool:
    """Whether two words in kanji are a person's; 安倍晋三 and 林芳正 are too long for halves of one name."""
    halves = [
        len(half) for half in (family, given) if re.fullmatch(r"[\u3041-\u3096\u4e00-\u9fff々ヶ]+", half)
    ]
    return len(halves) < 2 or min(halves) < 3 or sum(halves) < 7


def _in_latin(text: str) -> list[dict[str, str]]:
    parts = [[half.strip() for half in part.split(",")] for part in re.split(r",? (?:and|&) ", text)]
    if len(parts) == 1:
        return [_parted(parts[0])]
    # A person with a comma beside anything else, or two names in full; Stars and Stripes is one.
    inverted = [len(halves) > 1 and not body(",".join(halves)) for halves in parts]
    if all(inverted) and all(len(halves) == 2 for halves in parts):
        return [_parted(halves) for halves in parts]
    if any(inverted) or (not body(text) and all(_FULL.fullmatch(halves[0]) for halves in parts)):
        raise doubtful()
    return [{"literal": text}]


def _parted(parts: list[str]) -> dict[str, str]:
    if len(parts) == 1 or body(", ".join(parts)):
        return {"literal": ", ".join(parts)}
    if len(parts) > 3 or not all(parts) or all(_INITIALED.fullmatch(part) for part in parts):
        raise doubtful()
    if len(parts) == 3 and not suffix(parts[2]):
        raise doubtful()
    return dict(zip(("family", "given", "suffix"), parts))


def one_line(person: dict[str, str]) -> str:
    """The name as RIS has it, so that it is read again as it is."""
    if "literal" in person:
        name = person["literal"]
        if "," in name:
            return name.replace(",", ",,", 1)
        try:
            whole = further(name) == (name, False) and people(name) == [person]
        except ValueError:
            whole = False
        return name if whole else f"{name},"
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person["family"])))
    return ", ".join(filter(None, (family, person.get("given"), person.get("suffix"))))
