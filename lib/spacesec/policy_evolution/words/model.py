"""What do the documents that can be read say? Terms per thousand words, key words, distances, and how little
short texts carry.

Only counts of the five documents are stored. A reader's own folder of texts gets the same analysis through
``texts_dir``.
"""

import functools
import math
import unicodedata
from collections import Counter
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.parameters import value
from spacesec.policy_evolution.words import texts
from spacesec.policy_evolution.words.texts import Measured
from spacesec.words.numerals import counted

METHOD, SECOND = "dunning-1993", "schelter-2018-recoreco-llr"


CRITICAL = 3.841458820694124  # chi-square with one degree of freedom, 5 percent


POWER = 0.80


PERMUTATIONS, SEED = 400, 20261122


SHOWN_WORDS = 12


NAMES = {
    "fatton": "Fatton 2020",
    "csis_digest": "Digest of CSIS 2024",
    "umeda_wilson": "Umeda and Wilson 2024",
    "wilson": "Wilson 2025",
    "fang": "Fang (summary)",
}


# Dunning (1993), table 1: words A and B of a bigram, counts of both, A only, B only, neither, and the
# published statistic. The table was
# not read here; a program's test that was read repeats the first two.
DUNNING = {
    "the swiss": (110, 2442, 111, 29114, 270.72),
    "can be": (29, 13, 123, 31612, 263.90),
    "previous year": (31, 23, 139, 31584, 256.84),
    "mineral water": (10, 0, 3, 31764, 167.23),
}


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    texts_dir: str | None = value(
        None,
        "folder with texts of your own (.txt, .pdf, .docx or .html, one document a file); null: the counts of"
        " the five documents",
    )
    language: Literal["auto", "en", "ja"] = value(
        "auto", "language of the texts compared; auto takes the one language the folder holds"
    )
    target: str | None = value(
        None, "document whose key words are shown, by name or file name without ending; null: the longest"
    )
    minimum_count: int = value(
        6, "words that occur less often in all documents together are left out", "occurrences", ge=1, le=1000
    )

    @field_validator("texts_dir")
    @classmethod
    def _usable(cls, folder: str | None):
        if folder is not None:
            texts.text_files(folder)
        return folder

    @field_validator("minimum_count")
    @classmethod
    def _stored(cls, count: int, info):
        if info.data.get("texts_dir") is None and count < 6:
            raise ValueError(
                f"minimum_count = {count} is not possible with the stored counts, which begin at 6; give"
                " texts_dir or a count of 6 or more."
            )
        return count


def g2(a, b, c, d):
    """Log-likelihood statistic of a 2 x 2 table, 2 sum O ln(O/E) (Dunning 1993); arrays or numbers, zero
    cells add nothing.
    """
    cells = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (a, b, c, d)))
    a, b, c, d = cells
    whole = a + b + c + d
    expected = ((a + b) * (a + c), (a + b) * (b + d), (c + d) * (a + c), (c + d) * (b + d))
    total = sum(_term(observed, product / whole) for observed, product in zip(cells, expected, strict=True))
    return np.maximum(2 * total, 0.0)


def _term(observed, expected):
    safe = np.where(observed > 0, observed, 1.0)
    return np.where(observed > 0, safe * np.log(safe / np.where(expected > 0, expected, 1.0)), 0.0)


def keyness(
    target: Counter, target_tokens: int, reference: Counter, reference_tokens: int, minimum_count: int
) -> pd.DataFrame:
    """Words that tell two texts apart: counts, rates per 1,000 words, G2, its p value after Bonferroni, and
    the log2 of the ratio of rates.

    A zero count enters the ratio as one half (Hardie). Sorted by G2, then by word.
    """
    words = sorted(
        word for word in target.keys() | reference.keys() if target[word] + reference[word] >= minimum_count
    )
    a, b = (np.array([counts[word] for word in words], dtype=float) for counts in (target, reference))
    statistic = g2(a, b, target_tokens - a, reference_tokens - b)
    from scipy.stats import chi2

    ratio = np.log2(
        (np.where(a == 0, 0.5, a) / target_tokens) / (np.where(b == 0, 0.5, b) / reference_tokens)
    )
    made = pd.DataFrame(
        {
            "word": words,
            "target": a.astype(int),
            "reference": b.astype(int),
            "target_per_1000": 1000 * a / target_tokens,
            "reference_per_1000": 1000 * b / reference_tokens,
            "g2": statistic,
            "log_ratio": ratio,
            "p_adjusted": np.minimum(1.0, chi2.sf(statistic, 1) * max(len(words), 1)),
        }
    )
    return made.sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)


def jensen_shannon(first: np.ndarray, second: np.ndarray) -> float:
    """Jensen-Shannon divergence in bits between two count vectors: 0 for equal proportions, 1 for no word in
    common.
    """
    p, q = first / first.sum(), second / second.sum()
    middle = (p + q) / 2

    def entropy(x):
        x = x[x > 0]
        return float(-np.sum(x * np.log2(x)))

    return max(0.0, entropy(middle) - (entropy(p) + entropy(q)) / 2)


def permutation_p(
    first: np.ndarray, second: np.ndarray, seed: int = SEED, draws: int = PERMUTATIONS
) -> float:
    """Share of random splits of the pooled words (of the same lengths) at least as far apart as the two
    texts; never zero.
    """
    generator = np.random.default_rng(seed)
    observed = jensen_shannon(first, second)
    pooled = (first + second).astype(int)
    splits = generator.multivariate_hypergeometric(pooled, int(first.sum()), size=draws, method="marginals")
    further = sum(jensen_shannon(split, pooled - split) >= observed - 1e-12 for split in splits)
    return (further + 1) / (draws + 1)


def detection_power(ratio: float, tokens: int, reference_tokens: int, per_1000: float) -> float:
    """Chance that G2 passes its 5 percent limit, on the right side, for a word ``ratio`` times as frequent as
    ``per_1000`` in the reference.
    """
    from scipy.stats import poisson

    means = per_1000 / 1000 * ratio * tokens, per_1000 / 1000 * reference_tokens
    a, b = (np.arange(0, int(poisson.ppf(1 - 1e-7, mean)) + 2) for mean in means)
    chance = np.outer(poisson.pmf(a, means[0]), poisson.pmf(b, means[1]))
    grid_a, grid_b = np.meshgrid(a, b, indexing="ij")
    known = (grid_a < tokens) & (grid_b < reference_tokens)
    more = grid_a * reference_tokens > grid_b * tokens
    with np.errstate(invalid="ignore"):
        passes = (
            g2(grid_a, grid_b, np.maximum(tokens - grid_a, 0), np.maximum(reference_tokens - grid_b, 0))
            >= CRITICAL
        )
    return float(chance[known & more & passes].sum())


@functools.cache
def detectable_ratio(tokens: int, reference_tokens: int, per_1000: float, power: float = POWER) -> float:
    """The smallest ratio of rates found with the given power, to within two percent; infinite above 64."""
    low, high = 1.0, 64.0
    if detection_power(high, tokens, reference_tokens, per_1000) < power:
        return math.inf
    while high / low > 1.02:
        middle = math.sqrt(low * high)
        low, high = (
            (low, middle)
            if detection_power(middle, tokens, reference_tokens, per_1000) >= power
            else (middle, high)
        )
    return high


def stored() -> dict[str, Measured]:
    """The counts of the five documents."""
    terms, words = tables.load("policy_evolution/term_counts"), tables.load("policy_evolution/word_counts")
    made = {}
    for name, part in terms.groupby("document", observed=True, sort=False):
        own = words[words["document"] == name]
        made[str(name)] = Measured(
            "en",
            int(part["tokens"].iloc[0]),
            Counter(dict(zip(own["word"], own["count"].astype(int), strict=True))),
            dict(zip(part["term"], part["count"].astype(int), strict=True)),
        )
    return made


def own(texts_dir: str, language: str) -> dict[str, Measured]:
    """The counts of a reader's folder, in one language; ParameterError in one sentence where that cannot
    be.
    """
    read = texts.read_folder(texts_dir)
    spoken = {name: texts.language_of(text) for name, text in read.items()}
    if language == "auto":
        if len(set(spoken.values())) > 1:
            told = "; ".join(
                f"{tongue}: {', '.join(name for name, own in spoken.items() if own == tongue)}"
                for tongue in sorted(set(spoken.values()))
            )
            raise ParameterError(
                f"the folder holds texts in two languages ({told}), which cannot be compared word by word;"
                " choose language = en or ja."
            )
        language = next(iter(spoken.values()))
    chosen = [name for name, tongue in spoken.items() if tongue == language]
    if len(chosen) < 2:
        raise ParameterError(
            f"language = {language!r} is not possible: the folder holds"
            f" {counted(len(chosen), 'such text')}; a comparison needs two."
        )
    dictionary = tables.load("policy_evolution/terms")
    measured = {name: texts.measure(read[name], language, dictionary) for name in chosen}
    if empty := [name for name, found in measured.items() if not found.tokens]:
        raise ParameterError(
            f"{empty[0]}.txt holds no word in Latin letters or Japanese; take it out of the folder."
        )
    return measured


def answer(parameters: Parameters) -> Answer:
    """Terms, key words, distances and power for the stored documents or the reader's own."""
    p = parameters
    measured = stored() if p.texts_dir is None else own(p.texts_dir, p.language)
    if p.texts_dir is None and p.language == "ja":
        raise ParameterError(
            "language = 'ja' is not possible with the stored counts, which are of English documents; give"
            " texts_dir."
        )
    longest = max(measured, key=lambda name: measured[name].tokens)
    target = unicodedata.normalize("NFC", p.target) if p.target else longest
    if target not in measured:
        raise ParameterError(f"target = {target!r} is not possible: the documents are {', '.join(measured)}.")
    labels = {name: NAMES.get(name, name) if p.texts_dir is None else name for name in measured}
    rest = sum((m.words for name, m in measured.items() if name != target), Counter())
    rest_tokens = sum(m.tokens for name, m in measured.items() if name != target)
    key = keyness(measured[target].words, measured[target].tokens, rest, rest_tokens, p.minimum_count)
    if len(key) < 2:
        found = "only one word" if len(key) else "no word"
        raise ParameterError(
            f"minimum_count = {p.minimum_count} is not possible: {found}"
            " occurs so often; choose a smaller count."
        )
    terms = _term_rates(measured)
    if p.texts_dir is None:
        terms = terms.merge(
            tables.load("policy_evolution/term_counts")[["document", "term", "row_id"]].astype(object),
            on=["document", "term"],
        )
    distance = _distances(measured, p.minimum_count)
    power = _power(measured)
    results = _results(measured, target, terms, key, distance, power)
    results["labels"] = Result(labels, "names", "how the pictures and the answer call each document")
    if p.texts_dir is not None:
        results["texts_files"] = Result(
            texts.hashes(p.texts_dir), "files", "the texts that this run rests on"
        )
    results["power_percent"] = Result(100 * POWER, "%", "power at which a ratio counts as detectable")
    return Answer(
        results,
        {
            "terms": terms,
            "key_words": key,
            "distances": distance,
            "power": power,
            "labels": pd.DataFrame(labels.items(), columns=["document", "label"]),
        },
        p,
    )


def _term_rates(measured: dict[str, Measured]) -> pd.DataFrame:
    from spacesec.methods.statistics import poisson_interval

    rows = []
    for name, m in measured.items():
        for term, count in m.terms.items():
            interval = poisson_interval(int(count))
            rows.append(
                {
                    "document": name,
                    "term": term,
                    "count": int(count),
                    "tokens": m.tokens,
                    "per_1000": 1000 * count / m.tokens,
                    "low": 1000 * interval.low / m.tokens,
                    "high": 1000 * interval.high / m.tokens,
                }
            )
    return pd.DataFrame(rows)


def _distances(measured: dict[str, Measured], minimum_count: int) -> pd.DataFrame:
    total = sum((m.words for m in measured.values()), Counter())
    words = sorted(word for word, count in total.items() if count >= minimum_count)
    vectors = {name: np.array([m.words[word] for word in words]) for name, m in measured.items()}
    names = [name for name, vector in vectors.items() if vector.sum()]
    rows = [
        {
            "first": one,
            "second": other,
            "divergence": jensen_shannon(vectors[one], vectors[other]),
            "p": permutation_p(vectors[one], vectors[other]),
        }
        for i, one in enumerate(names)
        for other in names[i + 1 :]
    ]
    return pd.DataFrame(rows, columns=["first", "second", "divergence", "p"])


def _power(measured: dict[str, Measured]) -> pd.DataFrame:
    whole = sum(m.tokens for m in measured.values())
    return pd.DataFrame(
        [
            {
                "document": name,
                "tokens": m.tokens,
                "per_1000": rate,
                "ratio": detectable_ratio(m.tokens, whole - m.tokens, rate),
            }
            for name, m in measured.items()
            for rate in (0.5, 1.0, 2.0, 5.0, 10.0)
        ]
    )


def _results(measured, target, terms, key, distance, power) -> dict[str, Result]:
    rates = {
        name: {row.term: row.per_1000 for row in part.itertuples()}
        for name, part in terms.groupby("document", sort=False)
    }
    strong = key[key["p_adjusted"] < 0.05]
    at_two = power[power["per_1000"] == 2.0].set_index("document")["ratio"]
    return {
        "documents": Result(len(measured), "documents", "documents compared"),
        "tokens": Result(
            {name: m.tokens for name, m in measured.items()}, "words", "length of each document"
        ),
        "terms_per_1000": Result(rates, "per 1,000 words", "frequency of each term of the dictionary"),
        "target": Result(target, "document", "document whose key words are shown"),
        "key_words": Result(
            strong[strong["log_ratio"] > 0]["word"].head(SHOWN_WORDS).tolist(),
            "words",
            "words the target uses more than the rest (5% after Bonferroni)",
        ),
        "avoided_words": Result(
            strong[strong["log_ratio"] < 0]["word"].head(SHOWN_WORDS).tolist(),
            "words",
            "words the target uses less than the rest",
        ),
        "words_compared": Result(len(key), "words", "words frequent enough to compare"),
        "words_told_apart": Result(len(strong), "words", "of those, words whose difference passes"),
        "mean_divergence": Result(
            float(distance["divergence"].mean()),
            "bits",
            "mean Jensen-Shannon divergence between two documents",
        ),
        "smallest_detectable_ratio": Result(
            {name: float(r) if math.isfinite(r) else None for name, r in at_two.items()},
            "times",
            "ratio of rates found with 80% power for a term at 2 per 1,000 words; null: none up to 64",
        ),
    }


def checks(answer: Answer) -> list[Check]:
    """The statistic reproduces the values Dunning printed."""
    places = [(SECOND, "tests, function llr: counts and value; Dunning 1993, table 1")] * 2 + [
        (METHOD, "table 1, not read in a second place")
    ] * 2
    return [
        Check(f"G2 of “{words}”", float(g2(*cells)), published, 0.005, "G2", *place)
        for (words, (*cells, published)), place in zip(DUNNING.items(), places)
    ]
