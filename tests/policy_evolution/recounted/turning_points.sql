-- Happened events that no source of higher standing overrules; the pace counts those that are Japanese acts.

-- let judged
SELECT posture_first IN ('peaceful', 'non-offensive', 'security-use', 'warfighting') AS one,
        posture_second IN ('peaceful', 'non-offensive', 'security-use', 'warfighting') AS two
    FROM policy_evolution.events WHERE posture_first IS NOT NULL AND posture_second IS NOT NULL
-- let judged with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT posture_first IN ('peaceful', 'non-offensive', 'security-use', 'warfighting') AS one,
        posture_second IN ('peaceful', 'non-offensive', 'security-use', 'warfighting') AS two
    FROM policy_evolution.events WHERE posture_first IS NOT NULL AND posture_second IS NOT NULL
        AND evidence = 'independent'
-- let counts_too
SELECT sum((one <> two)::INT) AS apart, sum(one::INT + two::INT) AS coded, 2 * count(*) AS whole
    FROM judged
-- let shares
SELECT avg((one = two)::INT) AS same, avg(one::INT) AS a, avg(two::INT) AS b FROM judged
-- let happened
SELECT *, year(date) AS year FROM policy_evolution.events
    WHERE status = 'happened' AND row_id NOT IN (
        SELECT unnest(string_split(row_ids, ';')) FROM conflicts
        WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
        EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    )
-- let coded
SELECT year, external, CASE WHEN posture_first = posture_second THEN posture_first END AS posture
    FROM happened WHERE true
-- let coded with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT year, external, CASE posture_first WHEN 'non-offensive' THEN 'security-use'
        ELSE posture_first END AS posture
    FROM happened WHERE evidence = 'independent'
-- let series
SELECT 'pace' AS series, year FROM coded WHERE NOT external
    UNION ALL SELECT posture, year FROM coded WHERE posture IN ('security-use', 'warfighting')
-- let counts
SELECT names.series, y AS year, count(series.year) AS n
    FROM (VALUES ('pace'), ('security-use'), ('warfighting')) names(series)
    CROSS JOIN range(1990, 2025) t(y)
    LEFT JOIN series ON series.series = names.series AND series.year = y GROUP BY ALL
-- let counts with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT names.series, y AS year, count(series.year) AS n
    FROM (VALUES ('pace'), ('security-use'), ('warfighting')) names(series)
    CROSS JOIN range(1990, 2021) t(y)
    LEFT JOIN series ON series.series = names.series AND series.year = y GROUP BY ALL
-- let rates
SELECT series, 1.0 / avg(n) AS b, sum(n) AS whole FROM counts GROUP BY series
-- let rates with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series, 2.5 / avg(n) AS b, sum(n) AS whole FROM counts GROUP BY series
-- let sides
SELECT series, cut, b, whole, cut - 1990 AS years, sum(n) FILTER (year < cut) AS before
    FROM counts JOIN rates USING (series) CROSS JOIN range(1993, 2023) t(cut) GROUP BY ALL
-- let sides with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series, cut, b, whole, cut - 1990 AS years, sum(n) FILTER (year < cut) AS before
    FROM counts JOIN rates USING (series) CROSS JOIN range(1995, 2017) t(cut) GROUP BY ALL
-- let steps
SELECT series, cut, 1.0 * ln(b) - lgamma(1.0)
            + lgamma(1.0 + before) - (1.0 + before) * ln(b + years)
            + lgamma(1.0 + whole - before) - (1.0 + whole - before) * ln(b + 35 - years)
            - lgamma(1.0 + whole) + (1.0 + whole) * ln(b + 35) AS gain
    FROM sides
-- let steps with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series, cut, 2.5 * ln(b) - lgamma(2.5)
            + lgamma(2.5 + before) - (2.5 + before) * ln(b + years)
            + lgamma(2.5 + whole - before) - (2.5 + whole - before) * ln(b + 31 - years)
            - lgamma(2.5 + whole) + (2.5 + whole) * ln(b + 31) AS gain
    FROM sides
-- let codes
SELECT posture, year FROM coded
    WHERE posture IN ('peaceful', 'non-offensive', 'security-use', 'warfighting')
        AND year BETWEEN 1990 AND 2024
-- let codes with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT posture, year FROM coded
    WHERE posture IN ('peaceful', 'non-offensive', 'security-use', 'warfighting')
        AND year BETWEEN 1990 AND 2020
-- let kinds
SELECT count(DISTINCT posture) AS kinds, count(*) AS whole FROM codes
-- let parts
SELECT cut, posture, count(*) FILTER (year < cut) AS before, count(*) FILTER (year >= cut) AS after
    FROM codes CROSS JOIN range(1993, 2023) t(cut) GROUP BY ALL
-- let parts with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT cut, posture, count(*) FILTER (year < cut) AS before, count(*) FILTER (year >= cut) AS after
    FROM codes CROSS JOIN range(1995, 2017) t(cut) GROUP BY ALL
-- let gains
SELECT * FROM steps
    UNION ALL
    SELECT 'mix', cut, lgamma(kinds * 1.0) - lgamma(kinds * 1.0 + sum(before))
            - lgamma(kinds * 1.0 + sum(after)) + lgamma(kinds * 1.0 + whole)
            + sum(lgamma(1.0 + before) + lgamma(1.0 + after) - lgamma(1.0 + before + after) - lgamma(1.0))
    FROM parts CROSS JOIN kinds GROUP BY cut, kinds, whole
-- let gains with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT * FROM steps
    UNION ALL
    SELECT 'mix', cut, lgamma(kinds * 2.5) - lgamma(kinds * 2.5 + sum(before))
            - lgamma(kinds * 2.5 + sum(after)) + lgamma(kinds * 2.5 + whole)
            + sum(lgamma(2.5 + before) + lgamma(2.5 + after) - lgamma(2.5 + before + after) - lgamma(2.5))
    FROM parts CROSS JOIN kinds GROUP BY cut, kinds, whole
-- let chances
SELECT series, cut, exp(gain) / (sum(exp(gain)) OVER s + count(*) OVER s) AS chance
    FROM gains WINDOW s AS (PARTITION BY series)
-- late_acts with {"draws": 50, "most_breaks": 1}
SELECT count(*) FROM happened
WHERE NOT external AND year > (
    SELECT CASE WHEN month(max(date)) = 12 AND day(max(date)) = 31 THEN max(year) ELSE max(year) - 1 END
    FROM happened
)
-- late_acts with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT 0
-- agreed_events with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT count(*) FROM happened WHERE posture_first = posture_second AND posture_first IN
    ('peaceful', 'non-offensive', 'security-use', 'warfighting')
-- most_breaks with {"first_year": 2010, "last_year": 2022, "named_years": [2012], "shortest_years": 2, "draws": 50}
SELECT (2022 - 2010 + 1) // 2 - 1
-- most_breaks with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT 1
-- named_coverage_percent with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT 100 * avg((least(abs(y - 1998), abs(y - 2003), abs(y - 2008), abs(y - 2012), abs(y - 2018),
    abs(y - 2020), abs(y - 2022)) <= 1)::INT)
FROM range(1991, 2025) t(y)
-- named_coverage_percent with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT 100 * avg((least(abs(y - 1998), abs(y - 2008), abs(y - 2012)) <= 2)::INT)
FROM range(1991, 2021) t(y)
-- kappa_coded_or_not with {"most_breaks": 1, "last_year": 2024, "draws": 50}
-- kappa_coded_or_not with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT (same - a * b - (1 - a) * (1 - b)) / (1 - a * b - (1 - a) * (1 - b)) FROM shares
-- alpha_coded_or_not with {"most_breaks": 1, "last_year": 2024, "draws": 50}
-- alpha_coded_or_not with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT 1 - apart * (whole - 1) / (coded * (whole - coded)) FROM counts_too
-- alpha_posture with {"most_breaks": 1, "last_year": 2024, "draws": 50}
WITH ranks(posture, rank) AS (
    VALUES ('peaceful', 1), ('non-offensive', 2), ('security-use', 3), ('warfighting', 4)
), pairs AS (
    SELECT a.rank AS one, b.rank AS two FROM policy_evolution.events
    JOIN ranks a ON a.posture = posture_first JOIN ranks b ON b.posture = posture_second
), pooled AS (
    SELECT rank, count(*) AS n, sum(count(*)) OVER (ORDER BY rank) - count(*) / 2 AS place
    FROM (SELECT one AS rank FROM pairs UNION ALL SELECT two FROM pairs) GROUP BY rank
), observed AS (
    SELECT 2 * sum((a.place - b.place) ^ 2) AS apart
    FROM pairs JOIN pooled a ON a.rank = one JOIN pooled b ON b.rank = two
), chance AS (
    SELECT sum(a.n * b.n * (a.place - b.place) ^ 2) / ((SELECT sum(n) FROM pooled) - 1) AS apart
    FROM pooled a CROSS JOIN pooled b
)
SELECT 1 - observed.apart / chance.apart FROM observed CROSS JOIN chance
-- alpha_posture with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
WITH ranks(posture, rank) AS (
    VALUES ('peaceful', 1), ('non-offensive', 2), ('security-use', 3), ('warfighting', 4)
), pairs AS (
    SELECT a.rank AS one, b.rank AS two FROM policy_evolution.events
    JOIN ranks a ON a.posture = posture_first JOIN ranks b ON b.posture = posture_second
    WHERE evidence = 'independent'
), pooled AS (
    SELECT rank, count(*) AS n, sum(count(*)) OVER (ORDER BY rank) - count(*) / 2 AS place
    FROM (SELECT one AS rank FROM pairs UNION ALL SELECT two FROM pairs) GROUP BY rank
), observed AS (
    SELECT 2 * sum((a.place - b.place) ^ 2) AS apart
    FROM pairs JOIN pooled a ON a.rank = one JOIN pooled b ON b.rank = two
), chance AS (
    SELECT sum(a.n * b.n * (a.place - b.place) ^ 2) / ((SELECT sum(n) FROM pooled) - 1) AS apart
    FROM pooled a CROSS JOIN pooled b
)
SELECT 1 - observed.apart / chance.apart FROM observed CROSS JOIN chance
-- any_break_probability with {"most_breaks": 1, "last_year": 2024, "draws": 50}
-- any_break_probability with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series AS key, round(sum(chance), 4) FROM chances GROUP BY series
-- most_probable_year with {"most_breaks": 1, "last_year": 2024, "draws": 50}
-- most_probable_year with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series AS key, arg_max(cut, chance) FROM chances GROUP BY series
-- break_years with {"most_breaks": 1, "last_year": 2024, "draws": 50}
-- break_years with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series AS key, CASE WHEN sum(chance) > 0.5 THEN [arg_max(cut, chance)] ELSE [] END
FROM chances GROUP BY series
-- break_probability with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT series AS key, round(sum(chance) FILTER (abs(cut - 1998) <= 1), 4) AS "1998",
    round(sum(chance) FILTER (abs(cut - 2003) <= 1), 4) AS "2003",
    round(sum(chance) FILTER (abs(cut - 2008) <= 1), 4) AS "2008",
    round(sum(chance) FILTER (abs(cut - 2012) <= 1), 4) AS "2012",
    round(sum(chance) FILTER (abs(cut - 2018) <= 1), 4) AS "2018",
    round(sum(chance) FILTER (abs(cut - 2020) <= 1), 4) AS "2020",
    round(sum(chance) FILTER (abs(cut - 2022) <= 1), 4) AS "2022"
FROM chances GROUP BY series
-- named_share_percent with {"most_breaks": 1, "last_year": 2024, "draws": 50}
SELECT series AS key, 100 * sum(chance) FILTER (least(
    abs(cut - 1998),
    abs(cut - 2003),
    abs(cut - 2008),
    abs(cut - 2012),
    abs(cut - 2018),
    abs(cut - 2020),
    abs(cut - 2022)) <= 1)
    / sum(chance)
FROM chances WHERE series IN ('pace', 'mix') GROUP BY series
-- break_probability with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series AS key, round(sum(chance) FILTER (abs(cut - 1998) <= 2), 4) AS "1998",
    round(sum(chance) FILTER (abs(cut - 2008) <= 2), 4) AS "2008",
    round(sum(chance) FILTER (abs(cut - 2012) <= 2), 4) AS "2012"
FROM chances GROUP BY series
-- named_share_percent with {"most_breaks": 1, "last_year": 2020, "named_years": [1998, 2008, 2012], "tolerance_years": 2, "shortest_years": 5, "prior_weight": 2.5, "coder": "first", "merge": "non-offensive with security-use", "evidence": ["independent"], "draws": 50}
SELECT series AS key, 100 * sum(chance) FILTER (least(
    abs(cut - 1998),
    abs(cut - 2008),
    abs(cut - 2012)) <= 2)
    / sum(chance)
FROM chances WHERE series IN ('pace', 'mix') GROUP BY series
