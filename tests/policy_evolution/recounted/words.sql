-- The stored counts: the words of each document that occur six times or more in all of them together, the

-- let shares
SELECT document, word, count / sum(count) OVER (PARTITION BY document) AS share FROM kept
-- let documents
SELECT DISTINCT document FROM kept
-- let pairs
SELECT a.document AS one, b.document AS two FROM documents a JOIN documents b ON a.document < b.document
-- let sides
SELECT one, two, word, sum(share) FILTER (document = one) AS p, sum(share) FILTER (document = two) AS q
    FROM pairs JOIN shares ON document IN (one, two) GROUP BY ALL
-- let apart
SELECT one, two, sum(coalesce(p * log2(2 * p / (p + coalesce(q, 0))), 0)
        + coalesce(q * log2(2 * q / (q + coalesce(p, 0))), 0)) / 2 AS bits
    FROM sides GROUP BY ALL
-- documents
SELECT count(DISTINCT document) FROM policy_evolution.term_counts
-- tokens
SELECT document AS key, any_value(tokens) FROM policy_evolution.term_counts GROUP BY document
-- target
SELECT arg_max(document, tokens) FROM policy_evolution.term_counts
-- words_compared
SELECT count(*) FROM (SELECT word FROM policy_evolution.word_counts GROUP BY word HAVING sum(count) >= 6)
-- words_compared with {"minimum_count": 20}
SELECT count(*) FROM (SELECT word FROM policy_evolution.word_counts GROUP BY word HAVING sum(count) >= 20)
-- mean_divergence
WITH kept AS (
    SELECT document, word, count FROM policy_evolution.word_counts
    WHERE word IN (SELECT word FROM policy_evolution.word_counts GROUP BY word HAVING sum(count) >= 6)
), shares AS (
    SELECT document, word, count / sum(count) OVER (PARTITION BY document) AS share FROM kept
), documents AS (
    SELECT DISTINCT document FROM kept
), pairs AS (
    SELECT a.document AS one, b.document AS two FROM documents a JOIN documents b ON a.document < b.document
), sides AS (
    SELECT one, two, word, sum(share) FILTER (document = one) AS p, sum(share) FILTER (document = two) AS q
    FROM pairs JOIN shares ON document IN (one, two) GROUP BY ALL
), apart AS (
    SELECT one, two, sum(coalesce(p * log2(2 * p / (p + coalesce(q, 0))), 0)
        + coalesce(q * log2(2 * q / (q + coalesce(p, 0))), 0)) / 2 AS bits
    FROM sides GROUP BY ALL
)
SELECT avg(bits) FROM apart
-- mean_divergence with {"minimum_count": 20}
WITH kept AS (
    SELECT document, word, count FROM policy_evolution.word_counts
    WHERE word IN (SELECT word FROM policy_evolution.word_counts GROUP BY word HAVING sum(count) >= 20)
), shares AS (
    SELECT document, word, count / sum(count) OVER (PARTITION BY document) AS share FROM kept
), documents AS (
    SELECT DISTINCT document FROM kept
), pairs AS (
    SELECT a.document AS one, b.document AS two FROM documents a JOIN documents b ON a.document < b.document
), sides AS (
    SELECT one, two, word, sum(share) FILTER (document = one) AS p, sum(share) FILTER (document = two) AS q
    FROM pairs JOIN shares ON document IN (one, two) GROUP BY ALL
), apart AS (
    SELECT one, two, sum(coalesce(p * log2(2 * p / (p + coalesce(q, 0))), 0)
        + coalesce(q * log2(2 * q / (q + coalesce(p, 0))), 0)) / 2 AS bits
    FROM sides GROUP BY ALL
)
SELECT avg(bits) FROM apart
-- terms_per_1000
PIVOT (
    SELECT document AS key, term, 1000 * count / tokens AS rate FROM policy_evolution.term_counts
) ON term USING any_value(rate) GROUP BY key
-- documents with {"minimum_count": 20}
SELECT count(DISTINCT document) FROM policy_evolution.word_counts
