"""Keyness against Dunning's printed table and identities; a reader's own folder, good and bad, English and
Japanese.
"""

import builtins
import hashlib
import math
import textwrap
import unicodedata
from collections import Counter

import numpy as np
import pytest

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing.texts import normalised
from spacesec.policy_evolution import words
from spacesec.policy_evolution.words import texts


@pytest.mark.parametrize("bigram", words.model.DUNNING)
def test_g2_reproduces_dunning_1993_table_1(bigram):
    *cells, published = words.model.DUNNING[bigram]
    assert float(words.model.g2(*cells)) == pytest.approx(published, abs=0.005)


def test_g2_is_zero_for_equal_rates_and_symmetric():
    assert float(words.model.g2(10, 30, 990, 2970)) == pytest.approx(0, abs=1e-9)
    assert float(words.model.g2(7, 2, 100, 300)) == pytest.approx(float(words.model.g2(2, 7, 300, 100)))
    assert float(words.model.g2(7, 2, 100, 300)) == pytest.approx(float(words.model.g2(100, 300, 7, 2)))
    assert float(words.model.g2(0, 0, 50, 60)) == 0


def test_g2_grows_with_the_text_at_fixed_rates():
    assert float(words.model.g2(40, 10, 960, 990)) == pytest.approx(10 * float(words.model.g2(4, 1, 96, 99)))


def test_keyness_of_a_text_with_itself_is_nothing():
    text = Counter({"space": 30, "law": 10})
    key = words.model.keyness(text, 1000, text, 1000, 1)
    assert (
        key["g2"].max() == pytest.approx(0, abs=1e-9)
        and (key["log_ratio"] == 0).all()
        and (key["p_adjusted"] == 1).all()
    )


def test_log_ratio_counts_doublings():
    key = words.model.keyness(
        Counter({"missile": 8}), 1000, Counter({"missile": 2, "law": 4}), 2000, 1
    ).set_index("word")
    assert key.loc["missile", "log_ratio"] == pytest.approx(3)  # 8 per 1,000 against 1 per 1,000
    assert key.loc["law", "log_ratio"] == pytest.approx(math.log2((0.5 / 1000) / (4 / 2000)))


def test_distance_of_identical_texts_is_zero_and_of_disjoint_ones_one_bit():
    assert words.model.jensen_shannon(np.array([3, 5, 2]), np.array([6, 10, 4])) == pytest.approx(
        0, abs=1e-12
    )
    assert words.model.jensen_shannon(np.array([3, 0]), np.array([0, 9])) == pytest.approx(1)
    assert words.model.permutation_p(np.array([30, 50, 20]), np.array([30, 50, 20])) == 1


def test_permutation_p_is_uniform_when_labels_are_shuffled():
    generator = np.random.default_rng(5)
    pooled = np.array([60, 40, 25, 15, 10])
    found = []
    for k in range(120):
        first = generator.multivariate_hypergeometric(pooled, 70)
        found.append(words.model.permutation_p(first, pooled - first, seed=k, draws=100))
    # Uniform on (0, 1]: mean 0.5 with standard error 0.026; a tenth below 0.1 with standard error 0.027.
    assert np.mean(found) == pytest.approx(0.5, abs=0.09)
    assert np.mean(np.array(found) < 0.1) == pytest.approx(0.1, abs=0.09)


def test_power_has_its_limits():
    # Equal rates: the one-sided half of the 5 percent level; a large ratio in long texts: nearly always
    # found.
    assert words.model.detection_power(1, 5000, 5000, 5) == pytest.approx(0.025, abs=0.006)
    assert words.model.detection_power(3, 5000, 5000, 5) > 0.999
    ratio = words.model.detectable_ratio(2000, 10000, 2)
    assert (
        words.model.detection_power(ratio, 2000, 10000, 2)
        >= 0.8
        > words.model.detection_power(ratio / 1.03, 2000, 10000, 2)
    )
    assert math.isinf(words.model.detectable_ratio(20, 100, 0.01))


# --- the stored counts
# ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answer():
    return words.answer(words.Parameters())


def test_stored_counts_hang_together(answer):
    terms, own = tables.load("policy_evolution/term_counts"), tables.load("policy_evolution/word_counts")
    assert (
        terms.groupby("document", observed=True).size().eq(len(tables.load("policy_evolution/terms"))).all()
    )
    assert own.groupby("word")["count"].sum().min() >= 6
    lengths = terms.groupby("document", observed=True)["tokens"].first()
    assert (own.groupby("document", observed=True)["count"].sum() < lengths).all()
    assert (
        answer["documents"] == 5
        and answer["target"] == "fatton"
        and answer["tokens"]["fatton"] == max(answer["tokens"].values())
    )


def test_short_documents_can_show_less(answer):
    ratios = answer["smallest_detectable_ratio"]
    assert ratios["umeda_wilson"] > ratios["wilson"] > ratios["csis_digest"] > ratios["fatton"] > 1


# --- a reader's own folder
# ------------------------------------------------------------------------------------------------


def _folder(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_own_english_texts(tmp_path):
    folder = _folder(
        tmp_path,
        plan="Deterrence in space needs satellites. Deterrence and security. https://example.org/deterrence "
        * 10,
        law="Peaceful purposes only, says Japan's law, and safety of the peaceful public. " * 10,
    )
    answer = words.answer(words.Parameters(texts_dir=folder, minimum_count=5))
    assert answer["terms_per_1000"]["plan"]["deterrence"] == pytest.approx(
        1000 * 20 / 80
    )  # the address is no text
    assert answer["terms_per_1000"]["law"]["safety"] == pytest.approx(1000 * 10 / 120)
    assert "deterrence" in answer["key_words"] or answer["target"] == "law"
    key = answer.tables["key_words"].set_index("word")
    assert "japan" in key.index and "and" not in key.index
    for draw in words.FIGURES:
        assert draw(answer).source_ids == (words.model.METHOD,)


def test_own_japanese_texts(tmp_path):
    folder = _folder(
        tmp_path,
        plan2009="宇宙の平和利用と安全保障を推進する。安全な社会を目指す。" * 8,
        plan2020="宇宙空間における抑止力と安全保障。早期警戒衛星を整備する。" * 8,
    )
    answer = words.answer(words.Parameters(texts_dir=folder, minimum_count=1))
    measured = words.model.own(folder, "auto")
    assert measured["plan2009"].language == "ja"
    # Security (anzen hosho) and safety (anzen) are told apart.
    assert measured["plan2009"].terms["security"] == 8 and measured["plan2009"].terms["safety"] == 8
    assert measured["plan2020"].terms["safety"] == 0 and measured["plan2020"].terms["warning"] == 8
    assert "宇宙" in answer.tables["key_words"]["word"].to_numpy()


def test_japanese_without_the_word_divider_is_one_sentence(tmp_path, monkeypatch):
    texts._divider.cache_clear()
    real = builtins.__import__
    monkeypatch.setattr(
        builtins,
        "__import__",
        lambda name, *a, **k: (
            (_ for _ in ()).throw(ImportError(name)) if name.startswith("janome") else real(name, *a, **k)
        ),
    )
    folder = _folder(tmp_path, a="宇宙の平和利用。", b="宇宙の安全保障。")
    with pytest.raises(ParameterError, match="need the word divider janome"):
        words.answer(words.Parameters(texts_dir=folder, minimum_count=1))


# The same text as different programs leave it; what it says is counted alike.
ENGLISH = "The confident and effective fighter needs reconnaissance and deterrence in Côte d'Ivoire. "
JAPANESE = "早期警戒衛星を整備し、ミサイル防衛の抑止力を高める。安全保障のデブリ対策を進める。"
WRITTEN = {
    "ligatures": ("en", lambda text: text.replace("fi", "\ufb01").replace("ff", "\ufb00")),
    "soft hyphens": ("en", lambda text: text.replace("naissance", "\u00adnaissance")),
    "hyphens at the end of a line": ("en", lambda text: text.replace("naissance", "-\nnaissance")),
    "narrow lines": ("en", lambda text: "\n".join(textwrap.wrap(text, 30))),
    "lines of Windows": ("en", lambda text: text.replace(" ", "\r\n")),
    "wide letters": ("en", lambda text: text.translate({n: n + 0xFEE0 for n in range(0x41, 0x7B)})),
    "decomposed accents": ("en", lambda text: unicodedata.normalize("NFD", text)),
    "byte order mark": ("en", lambda text: "\ufeff" + text),
    "decomposed kana": ("ja", lambda text: unicodedata.normalize("NFD", text)),
    "narrow kana": ("ja", lambda text: text.replace("ミサイル", "ﾐｻｲﾙ").replace("デブリ", "ﾃﾞﾌﾞﾘ")),
    "narrow Japanese lines": ("ja", lambda text: "\n".join(textwrap.wrap(text, 7))),
    "compatibility characters": ("ja", lambda text: text.replace("力", "\uf98a")),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_text_is_counted_alike_however_it_is_written(kind):
    language, write = WRITTEN[kind]
    text = (ENGLISH if language == "en" else JAPANESE) * 8
    terms = tables.load("policy_evolution/terms")
    plain, other = (texts.measure(normalised(one), language, terms) for one in (text, write(text)))
    assert plain == other and plain.tokens > 50
    known = {
        "en": {"confident", "effective", "fighter", "reconnaissance", "deterrence", "côte"},
        "ja": {"ミサイル", "デブリ"},
    }
    assert known[language] <= set(plain.words)


def test_a_span_of_years_keeps_its_dash():
    assert normalised("2025年〜2027年") == "2025年〜2027年"


OTHERS = {
    "Chinese": ("卫星和导弹预警系统".encode(), "two.txt has Chinese characters and no kana"),
    "Korean": ("우주 안보와 조기 경보 위성".encode(), "two.txt holds no word in Latin letters or Japanese"),
    "numbers": (b"2025 2026 + 1", "two.txt holds no word in Latin letters or Japanese"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_text_to_count_is_refused(tmp_path, kind):
    content, said = OTHERS[kind]
    _folder(tmp_path, one=ENGLISH * 8)
    (tmp_path / "two.txt").write_bytes(content)
    (tmp_path / "._one.txt").write_bytes(b"\x00\x05\x16\x07")  # as macOS leaves them on other disks
    with pytest.raises(ParameterError, match=said):
        words.answer(words.Parameters(texts_dir=str(tmp_path), minimum_count=1))


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "utf-16", "utf-16-le", "euc-jp", "cp932"])
def test_a_text_is_counted_alike_in_every_encoding(tmp_path, encoding):
    _folder(tmp_path, one=JAPANESE * 8)
    (tmp_path / "two.txt").write_bytes((JAPANESE * 8).encode(encoding))
    found = words.model.own(str(tmp_path), "ja")
    assert found["one"] == found["two"]
    answer = words.answer(words.Parameters(texts_dir=str(tmp_path), minimum_count=1))
    digests = [hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one.txt", "two.txt")]
    assert [one["sha256"] for one in answer["texts_files"]] == digests


def test_documents_of_one_name_and_links_out_of_the_folder_are_refused(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    _folder(folder, nss=ENGLISH * 4, other=ENGLISH)
    composed, divided = (unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))
    for first, second in (("nss.txt", "nss.TXT"), (f"{composed}.txt", f"{divided}.txt")):
        (folder / first).write_text(ENGLISH, encoding="utf-8")
        (folder / second).write_text(ENGLISH, encoding="utf-8")
        with pytest.raises(ParameterError, match="are one document by their names; rename one"):
            texts.read_folder(str(folder))
        (folder / first).unlink()
    (folder / "nss.TXT").unlink()
    found = words.answer(words.Parameters(texts_dir=str(folder), target=composed, minimum_count=1))
    assert found["target"] == composed
    (tmp_path / "secret.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ParameterError, match="link.txt is a link out of the folder"):
        texts.read_folder(str(folder))


def test_bad_folders_end_in_one_sentence(tmp_path):
    def refused(**values):
        with pytest.raises(ParameterError) as caught:
            words.answer(words.Parameters.of({**values, "minimum_count": values.get("minimum_count", 1)}))
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert "no such folder" in refused(texts_dir=str(tmp_path / "nowhere"))
    single = tmp_path / "one.txt"
    single.write_text("space", encoding="utf-8")
    assert "it is a file" in refused(texts_dir=str(single))
    assert "holds 1 text;" in refused(texts_dir=str(tmp_path))
    (tmp_path / "two.txt").write_bytes("宇宙".encode("shift-jis"))
    assert "two.txt has Chinese characters and no kana" in refused(texts_dir=str(tmp_path))
    (tmp_path / "two.txt").write_bytes("宇宙の平和\n".encode() + "宇宙の平和".encode("shift-jis"))
    assert "two.txt, line 2, is not taken: the file has lines in two" in refused(texts_dir=str(tmp_path))
    (tmp_path / "two.txt").write_text(" \n", encoding="utf-8")
    assert "two.txt is not taken: it is empty" in refused(texts_dir=str(tmp_path))
    (tmp_path / "two.txt").write_text("宇宙の平和利用と安全保障", encoding="utf-8")
    assert "two languages" in refused(texts_dir=str(tmp_path))
    assert "holds 1 such text" in refused(texts_dir=str(tmp_path), language="ja")
    (tmp_path / "two.txt").write_text("space law", encoding="utf-8")
    assert "the documents are one, two" in refused(texts_dir=str(tmp_path), target="three")
    assert "no word occurs so often" in refused(texts_dir=str(tmp_path), minimum_count=50)


REFUSED = [
    ({"minimum_count": 0}, "minimum_count"),
    ({"minimum_count": 3}, "begin at 6"),
    ({"language": "fr"}, "language"),
    ({"text_dir": "x"}, "did you mean texts_dir"),
]


def test_the_stored_counts_are_english():
    with pytest.raises(ParameterError, match="give texts_dir"):
        words.answer(words.Parameters(language="ja"))
    with pytest.raises(ParameterError, match="the documents are fatton"):
        words.answer(words.Parameters(target="nobody"))
    assert (
        texts.language_of("Plan 宇宙") == "ja"
        and texts.language_of("A plan for space, 宇宙, of Japan and others") == "en"
    )


def test_one_word_is_too_little_to_compare():
    with pytest.raises(ParameterError, match="minimum_count = 314 is not possible: only one word"):
        words.answer(words.Parameters(minimum_count=314))


def test_pairs_that_are_nearly_as_near_are_told_with_the_nearest():
    """0.294 and 0.299 bits are no order: both pairs are named."""
    picture = words.figures.distances(words.answer(words.Parameters()))
    data = picture.data
    near = data[data["divergence"] <= data["divergence"].min() + 0.01]
    assert len(near) == 2
    for row in near.itertuples():
        assert f"{row.first_label} and {row.second_label}" in picture.title


def test_the_densest_term_is_told_with_its_own_number():
    # Rate and count are different things: 13 in 318 words is denser than 66 in 9,131.
    picture = words.figures.term_rates(words.answer(words.Parameters()))
    top = picture.data.loc[(picture.data["count"] / picture.data["tokens"]).idxmax()]
    assert f"{top['count']} times in the {top['tokens']} words of {top['label']}" in picture.title


# --- told again by other programs
# ------------------------------------------------------------------------------------------------


def _stored_words(target):
    """Counts of every word in a document and in the four others, and the lengths, from the files."""
    from spacesec.machine import paths

    folder = paths.data() / "policy_evolution"
    own, rest = Counter(), Counter()
    for row in tables.raw_rows(folder / "word_counts.csv"):
        (own if row["document"] == target else rest)[row["word"]] += int(row["count"])
    lengths = {row["document"]: int(row["tokens"]) for row in tables.raw_rows(folder / "term_counts.csv")}
    return own, lengths.pop(target), rest, sum(lengths.values())


@pytest.mark.parametrize("target, least", [("fatton", 6), ("wilson", 9)])
def test_key_words_are_those_of_the_likelihood_ratio_test_of_scipy(target, least):
    from scipy.stats import chi2_contingency

    own, tokens, rest, others = _stored_words(target)
    kept = [word for word in own | rest if own[word] + rest[word] >= least]
    found = words.answer(words.Parameters(target=target, minimum_count=least))
    key = found.tables["key_words"].set_index("word")
    assert set(key.index) == set(kept) and found["words_compared"] == len(kept)
    told = []
    for word in kept:
        a, b = own[word], rest[word]
        test = chi2_contingency([[a, tokens - a], [b, others - b]], correction=False, lambda_=0)
        ratio = math.log2((a or 0.5) / tokens / ((b or 0.5) / others))
        row = key.loc[word]
        assert row["g2"] == pytest.approx(test.statistic, abs=1e-9)
        assert row["p_adjusted"] == pytest.approx(min(1, test.pvalue * len(kept)), abs=1e-9)
        assert row["log_ratio"] == pytest.approx(ratio, abs=1e-12)
        assert row["target_per_1000"] == pytest.approx(1000 * a / tokens)
        assert row["reference_per_1000"] == pytest.approx(1000 * b / others)
        if test.pvalue * len(kept) < 0.05:
            told.append((-test.statistic, word, ratio))
    told.sort()
    assert found["words_told_apart"] == len(told)
    assert found["key_words"] == [word for _, word, ratio in told if ratio > 0][:12]
    assert found["avoided_words"] == [word for _, word, ratio in told if ratio < 0][:12]


def test_rates_of_terms_have_exact_intervals_of_poisson_counts(answer):
    from scipy.stats import poisson

    for row in answer.tables["terms"].itertuples():
        assert row.per_1000 == pytest.approx(1000 * row.count / row.tokens)
        low, high = row.low * row.tokens / 1000, row.high * row.tokens / 1000
        assert poisson.cdf(row.count, high) == pytest.approx(0.025)
        assert (poisson.sf(row.count - 1, low) if row.count else low + 0.025) == pytest.approx(0.025)


def test_distances_of_the_stored_documents_are_those_of_scipy(answer):
    from scipy.spatial.distance import jensenshannon

    own = tables.load("policy_evolution/word_counts")
    wide = own.pivot_table(index="word", columns="document", values="count", fill_value=0, observed=True)
    wide = wide[wide.sum(axis=1) >= 6]
    table = answer.tables["distances"]
    assert len(table) == 10 and (table["p"] > 0).all()
    for row in table.itertuples():
        apart = jensenshannon(wide[row.first], wide[row.second], base=2) ** 2
        assert row.divergence == pytest.approx(apart, abs=1e-9)


def test_the_chance_that_no_shuffle_reaches_counts_the_texts_themselves():
    # Of texts without a common word no shuffle is as far apart: one in eleven, the observed pair itself.
    first, second = np.array([200, 0]), np.array([0, 300])
    assert words.model.permutation_p(first, second, draws=10) == pytest.approx(1 / 11)


@pytest.mark.parametrize("ratio, tokens, others, rate", [(3.0, 400, 1500, 4.0), (6.0, 60, 90, 30.0)])
def test_the_power_is_summed_over_every_pair_of_counts(ratio, tokens, others, rate):
    from scipy.stats import chi2, chi2_contingency, poisson

    means = rate / 1000 * ratio * tokens, rate / 1000 * others
    power = 0.0
    for a in range(1, 45):
        for b in range(45):
            if a * others > b * tokens:
                table = [[a, tokens - a], [b, others - b]]
                if chi2_contingency(table, correction=False, lambda_=0).statistic >= chi2.isf(0.05, 1):
                    power += poisson.pmf(a, means[0]) * poisson.pmf(b, means[1])
    assert words.model.detection_power(ratio, tokens, others, rate) == pytest.approx(power, abs=1e-6)


def test_the_smallest_ratio_is_that_of_a_term_at_two_per_thousand(answer):
    lengths = answer["tokens"]
    for name, ratio in answer["smallest_detectable_ratio"].items():
        rest = sum(lengths.values()) - lengths[name]
        reached, below = (
            words.model.detection_power(one, lengths[name], rest, 2.0) for one in (ratio, ratio / 1.02)
        )
        assert reached >= 0.8 > below  # told to within two percent
    assert answer["power_percent"] == 80
    power = answer.tables["power"]
    assert sorted(set(power["per_1000"])) == [0.5, 1, 2, 5, 10] and len(power) == 5 * len(lengths)


def test_a_text_is_japanese_from_a_fifth_of_its_letters():
    assert texts.language_of("abcdefgh宇宙") == "ja"  # two of ten
    assert texts.language_of("abcdefghi宇宙") == "en"  # two of eleven
    assert texts.language_of("2026!") == "en"


def test_words_that_carry_meaning_have_three_letters_and_no_grammar():
    terms = tables.load("policy_evolution/terms")
    found = texts.measure(
        "The US and JAXA aim at a new sky; Japan’s law, see https://jaxa.jp/law", "en", terms
    )
    # Twelve words, the address being none; us, aim and new: too short, kept, grammar.
    assert found.tokens == 12
    assert found.words == Counter({"jaxa": 1, "aim": 1, "sky": 1, "japan": 1, "law": 1})


def test_japanese_nouns_verbs_and_adjectives_carry_meaning_and_nothing_else():
    """Dictionary forms of 飛ぶ and 美しい; numbers, pronouns, suffixes and dependent nouns are empty."""
    found = texts.japanese_words("これは美しかった衛星で、三つ飛んだことがある。")
    assert {"美しい", "衛星", "飛ぶ"} <= set(found)
    assert not {"これ", "三", "こと", "は", "が", "、", "。", "美しかっ", "飛ん"} & set(found)
    assert "・" in found
    # A token each for これ, は, 美しかっ, た, 衛星, で and so on: marks of the sentence are no words.
    plain = texts.japanese_words("衛星を打つ。")
    assert plain == ["衛星", "・", "打つ"]
    measured = texts.measure("衛星を打つ。", "ja", tables.load("policy_evolution/terms"))
    assert measured.tokens == 3 and measured.words == Counter({"衛星": 1, "打つ": 1})
