"""Reading and counting texts: a reader's own folder, English or Japanese; only counts leave this module."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from spacesec.errors import ParameterError
from spacesec.importing import texts as files
from spacesec.importing.decoded import KANA
from spacesec.importing.found import digest
from spacesec.importing.texts import SUFFIXES
from spacesec.words.numerals import counted

# A word is letters, accents included, with hyphens or apostrophes inside; addresses are no words.
_LETTERS = "[A-Za-zÀ-ÖØ-öø-ɏ]+"
WORD = re.compile(rf"{_LETTERS}(?:[-'’]{_LETTERS})*")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# English words that carry grammar, not subject.
FUNCTION_WORDS = frozenset(
    "a about above after again all also although among an and any are as at be because been before being"
    " between both but by can could did do does doing down during each e.g either et al etc even few first"
    " for from further had has have having he her here him his how however i.e if in into is it its itself"
    " just last latter less like made make many may might more most much must my near new no nor not now of"
    " off often on once one only or other our out over own p per pp rather s same second see she should since"
    " so some such than that the their them then there these they third this those three through thus to too"
    " toward towards two under until up upon us use used using vol no very via was we well were what when"
    " where whether which while who whom whose why will with within without would yet you your".split()
)


@dataclass(frozen=True)
class Measured:
    """A text's counts: its language, word tokens, words that carry meaning, and terms of the dictionary."""

    language: str
    tokens: int
    words: Counter
    terms: dict[str, int]


def language_of(text: str) -> str:
    """``ja`` when a fifth or more of the letters are kana or kanji, else ``en``."""
    letters = sum(character.isalpha() for character in text)
    return "ja" if letters and len(JAPANESE.findall(text)) >= 0.2 * letters else "en"


def measure(text: str, language: str, terms: pd.DataFrame) -> Measured:
    """Count a text: ``terms`` has the columns ``term``, ``english`` and ``japanese`` (regular
    expressions).
    """
    clean = ADDRESS.sub(" ", text)
    column = "japanese" if language == "ja" else "english"
    matches = {
        row.term: len(re.findall(getattr(row, column), clean, re.IGNORECASE)) for row in terms.itertuples()
    }
    words = (
        japanese_words(clean)
        if language == "ja"
        else [word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(clean)]
    )
    carrying = Counter(
        word for word in words if word not in FUNCTION_WORDS and len(word) > (1 if language == "ja" else 2)
    )
    return Measured(language, len(words), carrying, matches)


def japanese_words(text: str) -> list[str]:
    """Words of a Japanese text as janome divides it, punctuation left out; particles and endings become empty
    of meaning.

    Nouns keep their form; verbs and adjectives their dictionary form; everything else counts as a token only
    (given as one letter).
    """
    words = []
    for token in _divider().tokenize(text):
        kind, detail = token.part_of_speech.split(",")[:2]
        if kind == "記号" or not token.surface.strip():
            continue
        carries = (kind == "名詞" and detail not in ("数", "非自立", "代名詞", "接尾")) or kind in (
            "動詞",
            "形容詞",
        )
        words.append((token.surface if kind == "名詞" else token.base_form) if carries else "・")
    return words


@cache
def _divider():
    """janome's tokenizer, loaded once: its dictionary takes seconds."""
    try:
        from janome.tokenizer import Tokenizer
    except ImportError:
        raise ParameterError(
            "Japanese texts need the word divider janome, which is not installed; install it with: pip"
            " install 'spacesec[japanese]'."
        ) from None
    return Tokenizer()


def read_folder(texts_dir: str) -> dict[str, str]:
    """The texts of a folder by file stem, in order; ParameterError in one sentence for a folder or file that
    cannot be used.
    """
    found: dict[str, Path] = {}
    for path in text_files(texts_dir):
        name = unicodedata.normalize("NFC", path.stem)
        if name in found:
            raise ParameterError(
                f"{found[name].name} and {path.name} are one document by their names; rename one."
            )
        found[name] = path
    return {name: _read(path) for name, path in found.items()}


def hashes(texts_dir: str) -> list[dict[str, str]]:
    """Name and SHA-256 of every text of a folder, in order."""
    return [{"name": path.name, "sha256": digest(path)} for path in text_files(texts_dir)]


def text_files(texts_dir: str) -> list[Path]:
    """The texts of a folder (`spacesec.importing.texts`), two or more; ParameterError in one sentence
    otherwise.
    """
    folder = Path(texts_dir).expanduser()
    if not folder.exists():
        raise ParameterError(
            f"texts_dir = {texts_dir!r} is not possible: there is no such folder; give one that holds texts."
        )
    if not folder.is_dir():
        raise ParameterError(
            f"texts_dir = {texts_dir!r} is not possible: it is a file; give the folder that holds the texts."
        )
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
        )
    except OSError as error:
        raise ParameterError(
            f"texts_dir = {texts_dir!r} cannot be read ({error.strerror}); mend its permissions."
        ) from None
    if len(files) < 2:
        raise ParameterError(
            f"texts_dir = {texts_dir!r} holds {counted(len(files), 'text')}; a comparison needs at least"
            " two (.txt, .pdf, .docx or .html, one document a file)."
        )
    for path in files:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ParameterError(f"{path.name} is a link out of the folder; put the text itself there.")
    return files


def _read(path: Path) -> str:
    try:
        text = files.whole(path)
    except files.Unplaced as error:
        raise ParameterError(f"{error}.") from None
    if language_of(text) == "ja" and not KANA.search(text):
        raise ParameterError(
            f"{path.name} has Chinese characters and no kana, so that it is no Japanese text that can be"
            " counted; take it out of the folder."
        )
    return text
