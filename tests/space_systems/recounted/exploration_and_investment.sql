-- let target
SELECT value, date, scope FROM space_systems.investment
  WHERE measure = 'target for the space industry'
  AND evidence <> 'seed' ORDER BY date DESC LIMIT 1
-- let sizes
SELECT scope, arg_max(value, date) AS value FROM space_systems.investment
  WHERE measure = 'size of the space industry' AND evidence <> 'seed' GROUP BY 1
-- let pledge
SELECT value, date FROM space_systems.investment
  WHERE measure = 'pledged direct investment in the United States'
  AND evidence <> 'seed' ORDER BY date DESC LIMIT 1
-- let stocks
SELECT DISTINCT ON (investor, year(date)) investor, year(date) AS year, value
  FROM space_systems.investment
  WHERE measure = 'stock of direct investment in the United States'
  ORDER BY investor, year(date), quality, date
-- let beside
SELECT o.year, o.investor, o.value AS other, j.value AS japan
  FROM stocks o JOIN stocks j USING (year)
  WHERE j.investor = 'Japan' AND o.investor NOT IN ('Japan', 'World')
  ORDER BY o.year DESC, o.value DESC LIMIT 1
-- let signed
SELECT *, (SELECT greatest(max(followed_to), max(promised_on), max(actual_date),
  max(ended_on))
    FROM space_systems.commitments) AS day FROM space_systems.exchange
-- let signed with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT *, DATE '2024-07-01' AS day FROM space_systems.exchange
-- let signed with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
SELECT *, DATE '2026-03-24' AS day FROM space_systems.exchange
-- let signed with {"as_of": "2026-03-23"}
SELECT *, DATE '2026-03-23' AS day FROM space_systems.exchange
-- let stood
SELECT x.*, CASE WHEN x.status = 'overtaken' AND c.ended_on > x.day
  THEN 'open' ELSE x.status END AS now
  FROM signed x, space_systems.commitments c WHERE c.row_id = 'commitment-gateway-first'
  AND x.date <= x.day
-- let made
SELECT *, (SELECT greatest(max(followed_to), max(promised_on), max(actual_date),
  max(ended_on))
    FROM space_systems.commitments) AS day FROM space_systems.commitments
-- let made with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT *, DATE '2024-07-01' AS day FROM space_systems.commitments
-- let made with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
SELECT *, DATE '2026-03-24' AS day FROM space_systems.commitments
-- let made with {"as_of": "2024-03-31", "plans": "latest"}
SELECT *, DATE '2024-03-31' AS day FROM space_systems.commitments
-- let made with {"as_of": "2020-07-01"}
SELECT *, DATE '2020-07-01' AS day FROM space_systems.commitments
-- let known
SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND replaces IS NULL
-- let known with {"plans": "latest", "grace_months": 12}
SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND row_id NOT IN (SELECT n.replaces FROM made n
    WHERE n.replaces IS NOT NULL AND n.promised_on <= n.day)
-- let known with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND true
-- let known with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND replaces IS NULL
    AND domain IN ('Gateway', 'Artemis', 'exploration')
-- let known with {"as_of": "2024-03-31", "plans": "latest"}
SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND row_id NOT IN (SELECT n.replaces FROM made n
    WHERE n.replaces IS NOT NULL AND n.promised_on <= n.day)
-- let ledger
SELECT *, CASE WHEN done AND slip <= 1 THEN 'met' WHEN done THEN 'late' WHEN over THEN status
    WHEN slip > 1 THEN 'not met' ELSE 'open' END AS became FROM known
-- let ledger with {"plans": "latest", "grace_months": 12}
SELECT *, CASE WHEN done AND slip <= 12 THEN 'met' WHEN done THEN 'late' WHEN over
  THEN status
    WHEN slip > 12 THEN 'not met' ELSE 'open' END AS became FROM known
-- let ledger with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT *, CASE WHEN done AND slip <= 0 THEN 'met' WHEN done THEN 'late' WHEN over THEN status
    WHEN slip > 0 THEN 'not met' ELSE 'open' END AS became FROM known
-- let steps
SELECT slip AS t, count(*) FILTER (done) AS d,
    sum(count(*)) OVER (ORDER BY slip DESC) AS n FROM ledger WHERE slip IS NOT NULL GROUP BY slip
-- let curve
SELECT t, product(1 - d / n) OVER (ORDER BY t) AS s,
    sqrt(sum(d / (n * nullif(n - d, 0))) OVER (ORDER BY t)) AS e FROM steps
-- promises
-- promises with {"plans": "latest", "grace_months": 12}
-- promises with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- promises with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- promises with {"as_of": "2024-03-31", "plans": "latest"}
-- promises with {"as_of": "2020-07-01"}
SELECT count(*) FROM ledger
-- outcomes
-- outcomes with {"plans": "latest", "grace_months": 12}
-- outcomes with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- outcomes with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- outcomes with {"as_of": "2024-03-31", "plans": "latest"}
-- outcomes with {"as_of": "2020-07-01"}
SELECT count(*) FILTER (became = 'met') AS met, count(*) FILTER (became = 'late') AS late,
  count(*) FILTER (became = 'not met') AS "not met", count(*) FILTER (became = 'failed') AS failed,
  count(*) FILTER (became = 'overtaken') AS overtaken, count(*) FILTER (became = 'open') AS open
FROM ledger
-- kept_percent
-- kept_percent with {"plans": "latest", "grace_months": 12}
-- kept_percent with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- kept_percent with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- kept_percent with {"as_of": "2024-03-31", "plans": "latest"}
SELECT 100.0 * count(*) FILTER (became = 'met') / count(*) FROM ledger WHERE became <> 'open'
-- due
-- due with {"plans": "latest", "grace_months": 12}
-- due with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- due with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- due with {"as_of": "2024-03-31", "plans": "latest"}
-- due with {"as_of": "2020-07-01"}
SELECT count(*) FROM ledger WHERE window_end <= day
-- due_outcomes
-- due_outcomes with {"plans": "latest", "grace_months": 12}
-- due_outcomes with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- due_outcomes with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- due_outcomes with {"as_of": "2024-03-31", "plans": "latest"}
-- due_outcomes with {"as_of": "2020-07-01"}
SELECT count(*) FILTER (became = 'met') AS met, count(*) FILTER (became = 'late') AS late,
  count(*) FILTER (became = 'not met') AS "not met", count(*) FILTER (became = 'failed') AS failed,
  count(*) FILTER (became = 'overtaken') AS overtaken, count(*) FILTER (became = 'open') AS open
FROM ledger WHERE window_end <= day
-- kept_ahead
-- kept_ahead with {"plans": "latest", "grace_months": 12}
-- kept_ahead with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- kept_ahead with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- kept_ahead with {"as_of": "2024-03-31", "plans": "latest"}
-- kept_ahead with {"as_of": "2020-07-01"}
SELECT count(*) FROM ledger WHERE done AND window_end > day
-- looked_at_before
-- looked_at_before with {"plans": "latest", "grace_months": 12}
-- looked_at_before with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- looked_at_before with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- looked_at_before with {"as_of": "2024-03-31", "plans": "latest"}
-- looked_at_before with {"as_of": "2020-07-01"}
SELECT count(*) FROM ledger
WHERE became IN ('open', 'not met') AND greatest(followed_to, promised_on) < day
-- undated
-- undated with {"plans": "latest", "grace_months": 12}
-- undated with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
-- undated with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- undated with {"as_of": "2024-03-31", "plans": "latest"}
-- undated with {"as_of": "2020-07-01"}
SELECT count(*) FROM ledger WHERE window_end IS NULL
-- median_slip_months
-- median_slip_months with {"plans": "latest", "grace_months": 12}
SELECT min(t) FROM curve WHERE s <= 0.5
-- undelivered_after_24_percent
-- undelivered_after_24_percent with {"plans": "latest", "grace_months": 12}
-- undelivered_after_24_percent with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT 100 * last(s ORDER BY t) FROM curve WHERE t <= 24
-- promise_alos_3
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-alos-3'
-- promise_alos_4
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-alos-4'
-- promise_kirameki_3
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-kirameki-3'
-- promise_qzss_three_more
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-qzss-three-more'
-- promise_qzss_payloads
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-qzss-payloads'
-- promise_sda_satellite
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-sda-satellite'
-- promise_ssa_system
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-ssa-system'
-- promise_callisto
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-callisto'
-- promise_hayabusa2
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-hayabusa2'
-- promise_bepicolombo
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-bepicolombo'
-- promise_iss_2030
SELECT [became::UNION(word VARCHAR, months DOUBLE), round(slip, 1)::UNION(word VARCHAR, months DOUBLE)]
FROM ledger WHERE row_id = 'commitment-iss-2030'
-- promise_moon_landing
SELECT [became] FROM ledger WHERE row_id = 'commitment-moon-landing' AND slip IS NULL
-- mmx_plans
WITH made AS (SELECT *, (SELECT greatest(max(followed_to), max(promised_on), max(actual_date),
  max(ended_on))
    FROM space_systems.commitments) AS day FROM space_systems.commitments),
known AS (SELECT *, coalesce(actual_date <= day, false) AS done, coalesce(ended_on <= day, false) AS
  over,
    date_diff('day', window_end, CASE WHEN actual_date <= day THEN actual_date
      ELSE least(day, greatest(followed_to, promised_on)) END) / (365.25 / 12) AS slip
  FROM made WHERE promised_on <= day AND true),
ledger AS (SELECT *, CASE WHEN done AND slip <= 1 THEN 'met' WHEN done THEN 'late' WHEN over THEN status
    WHEN slip > 1 THEN 'not met' ELSE 'open' END AS became FROM known)
SELECT year(window_end) AS key, became FROM ledger WHERE starts_with(item, 'MMX ')
-- arrangements
-- arrangements with {"as_of": "2026-03-23"}
-- arrangements with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- arrangements with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT count(DISTINCT arrangement) FROM stood
-- arrangements_later
-- arrangements_later with {"as_of": "2026-03-23"}
-- arrangements_later with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- arrangements_later with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT count(DISTINCT arrangement) FROM signed WHERE date > day
-- japan_gives
-- japan_gives with {"as_of": "2026-03-23"}
-- japan_gives with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- japan_gives with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT now AS key, count(*) FROM stood WHERE side = 'Japan gives' GROUP BY 1
-- japan_gets
-- japan_gets with {"as_of": "2026-03-23"}
-- japan_gets with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- japan_gets with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT now AS key, count(*) FROM stood WHERE side = 'Japan gets' GROUP BY 1
-- seats_open
-- seats_open with {"as_of": "2026-03-23"}
-- seats_open with {"as_of": "2026-03-24", "domains": ["Gateway", "Artemis", "exploration"]}
-- seats_open with {"plans": "all", "as_of": "2024-07-01", "grace_months": 0}
SELECT count(*) FROM stood WHERE side = 'Japan gets' AND domain = 'crew seats' AND now = 'open'
-- compared_year
SELECT year FROM beside
-- compared_investor
SELECT investor FROM beside
-- direct_investment_bn_usd
SELECT 'japan' AS key, japan FROM beside UNION ALL SELECT lower(investor), other FROM beside
-- stocks_left_out
SELECT coalesce(list([investor, year::VARCHAR]), []) FROM stocks WHERE year > (SELECT year FROM beside)
-- pledge_bn_usd
SELECT value FROM pledge
-- pledge_spoken_of
SELECT date FROM pledge
-- pledge_gap_bn_usd
SELECT value - japan FROM pledge, beside
-- pledge_years
SELECT ln(value / japan) / ln(1.046) FROM pledge, beside
-- pledge_years with {"direct_investment_growth_percent": 10, "doubling_years": 13}
SELECT ln(value / japan) / ln(1.1) FROM pledge, beside
-- direct_investment_share_percent
SELECT 100 * j.value / w.value FROM stocks j JOIN stocks w USING (year)
WHERE j.investor = 'Japan' AND w.investor = 'World' ORDER BY year DESC LIMIT 1
-- doubling_growth_percent
SELECT 100 * (pow(2, 0.1) - 1)
-- doubling_growth_percent with {"direct_investment_growth_percent": 10, "doubling_years": 13}
SELECT 100 * (pow(2, 1 / 13.0) - 1)
-- industry_counts_tn_jpy
SELECT scope AS key, value FROM sizes
-- target_tn_jpy
SELECT value FROM target
-- target_year
SELECT year(date) FROM target
-- target_factor
SELECT target.value / sizes.value FROM target JOIN sizes USING (scope)
-- stakes
SELECT [count(*), count(value)] FROM space_systems.investment
WHERE measure IN ('stake in a foreign space firm', 'joint venture with a foreign space firm')
-- sums_not_compared
SELECT count(*) FROM space_systems.investment
WHERE measure NOT LIKE '%direct investment%' AND measure NOT LIKE '%the space industry'
