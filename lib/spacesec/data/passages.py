"""Would a passage that a row relies on be known again, on the page or in an archive?

A locator of the form ``sentence beginning "..."`` quotes the first words of the sentence that says the
fact; its source carries the sentence's fingerprint in ``custom.fingerprint``: the same words and a hash
of the whole sentence. The hash is SHA-256 over the letters and digits in lower case, so that quotation
marks, hyphens and line breaks, which differ from copy to copy, do not count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container

from spacesec.data import extent, sources, tables

WORDS, LETTERS = 8, 24  # first words that are quoted; letters where a language writes without spaces
WORD = 15  # letters of a word at the most, on average; more are words without spaces
_SENTENCE = re.compile(r'sentence beginning "([^"]+)"')


def fingerprint(passage: str) -> dict[str, str]:
    """First words and hash of a sentence, as a source carries them."""
    plain = unicodedata.normalize("NFKC", passage).casefold()
    letters = "".join(letter for letter in plain if letter.isalnum())
    return {"begins": begins(passage), "sha256": hashlib.sha256(letters.encode()).hexdigest()}


def begins(passage: str) -> str:
    """The first words of a sentence, without quotation marks; letters where nothing parts its words."""
    words = re.sub(r'["“”]', "", passage).split()[:WORDS]
    text = " ".join(words)
    return text if len(text) <= WORD * len(words) else text[:LETTERS]


def problems() -> list[str]:
    """Sentences that a locator names and whose source has no fingerprint of them, and fingerprints that no
    locator names.
    """
    store, faults = sources.store(), []
    known = {(name, print_["begins"]) for name, item in store.items() for print_ in _prints(item)}
    named = set()
    for table, row in _rows():
        for words in _SENTENCE.findall(row["locator"]):
            if (row["source_id"], words) not in known and row["source_id"] in store:
                faults.append(
                    f"data/{table}.csv, {row['row_id']}: {row['source_id']} has no fingerprint of the"
                    f" sentence beginning {words!r}; add it to custom.fingerprint in data/sources.json"
                )
            named.add((row["source_id"], words))
    faults += [
        f"data/sources.json: {name} has the fingerprint of a sentence beginning {words!r} that no locator"
        " names; name it in a row, or take it out"
        for name, words in sorted(known - named)
    ]
    return faults


def held(among: Container[str]) -> dict[str, int]:
    """How many of these sources could be known again: by the fingerprint of a passage, at an archive."""
    items = [item for name, item in sources.store().items() if name in among]
    return {
        "sources": len(items),
        "fingerprint": sum(bool(_prints(item)) for item in items),
        "archive": sum(bool(item.get("archive_location")) for item in items),
        "either": sum(bool(_prints(item) or item.get("archive_location")) for item in items),
    }


def _rows():
    for name in tables.names():
        for row in extent.rows(name):
            if row.get("source_id") and row.get("locator"):
                yield name, row


def _prints(item: dict) -> list[dict[str, str]]:
    return item.get("custom", {}).get("fingerprint", [])
