-- let whole
SELECT DISTINCT fiscal_year, "count", stage, amount_bn_jpy FROM budgets.government_space
  WHERE precision = 'exact' AND row_id NOT IN (FROM told.rejected)
-- space_share_percent
SELECT country || ' ' || y AS key, percent FROM told.burden('novaspace', 'gdp')
-- japan_burden_year
SELECT max(y) FROM told.burden('novaspace', 'gdp') WHERE country = 'Japan'
-- japan_burden_percent
SELECT arg_max(percent, y) FROM told.burden('novaspace', 'gdp') WHERE country = 'Japan'
-- shares_beside_japan
WITH share AS (
FROM told.burden('novaspace', 'gdp')
)
SELECT country AS key, percent FROM share WHERE country <> 'Japan'
AND y = (SELECT max(y) FROM share WHERE country = 'Japan')
-- two_percent_highest
SELECT max(percent) FROM told.board((
  SELECT max(fiscal_year) FROM budgets.defense_totals
  WHERE definition = 'security_related' AND stage = 'initial_plus_supplementary'
))
-- two_percent_lowest
SELECT min(percent) FROM told.board((
  SELECT max(fiscal_year) FROM budgets.defense_totals
  WHERE definition = 'security_related' AND stage = 'initial_plus_supplementary'
))
-- two_percent_true
SELECT count(*) FROM told.board((
  SELECT max(fiscal_year) FROM budgets.defense_totals
  WHERE definition = 'security_related' AND stage = 'initial_plus_supplementary'
)) WHERE percent >= 2 - 0.05
-- two_percent_definitions
SELECT count(*) FROM told.board((
  SELECT max(fiscal_year) FROM budgets.defense_totals
  WHERE definition = 'security_related' AND stage = 'initial_plus_supplementary'
))
-- yen_multiple
SELECT arg_max(amount, y) / arg_min(amount, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2012, (FROM told.latest))
-- dollar_multiple
SELECT arg_max(amount * one, y) / arg_min(amount * one, y)
FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2012, (FROM told.latest))
-- yen_value_multiple
SELECT arg_max(one, y) / arg_min(one, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2012, (FROM told.latest))
-- years_carried
SELECT 'exchange rate' AS key, [(FROM told.latest)] AS years
WHERE (FROM told.latest) > (SELECT max(y) FROM told.rate)
-- security_share_percent
WITH part AS (
SELECT DISTINCT fiscal_year, "count", stage, ministry, amount_bn_jpy FROM budgets.ministries
  WHERE stage IN ('initial', 'combined') AND ministry IN ('MoD', 'Cabinet Secretariat')
  AND row_id NOT IN (FROM told.rejected)
)
SELECT 'FY' || fiscal_year || ' ' || stage
  || CASE "count" WHEN 'narrow' THEN ', new count' ELSE ', old count' END AS key,
  100 * sum(part.amount_bn_jpy) / any_value(whole.amount_bn_jpy) AS percent
FROM part JOIN whole USING (fiscal_year, "count", stage)
GROUP BY fiscal_year, "count", stage HAVING count(*) = 2
-- space_share_percent with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT country || ' ' || y AS key, percent FROM told.burden('space_foundation', 'gdp')
-- japan_burden_year with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT max(y) FROM told.burden('space_foundation', 'gdp') WHERE country = 'Japan'
-- japan_burden_percent with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT arg_max(percent, y) FROM told.burden('space_foundation', 'gdp') WHERE country = 'Japan'
-- shares_beside_japan with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
WITH share AS (
FROM told.burden('space_foundation', 'gdp')
)
SELECT country AS key, percent FROM share WHERE country <> 'Japan'
AND y = (SELECT max(y) FROM share WHERE country = 'Japan')
-- two_percent_highest with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT max(percent) FROM told.board(2022)
-- two_percent_lowest with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT min(percent) FROM told.board(2022)
-- two_percent_true with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT count(*) FROM told.board(2022) WHERE percent >= 1 - 0.05
-- two_percent_definitions with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT count(*) FROM told.board(2022)
-- yen_multiple with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT arg_max(amount, y) / arg_min(amount, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2019, 2020)
-- dollar_multiple with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT arg_max(amount * one, y) / arg_min(amount * one, y)
FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2019, 2020)
-- yen_value_multiple with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT arg_max(one, y) / arg_min(one, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2019, 2020)
-- years_carried with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
SELECT 'exchange rate' AS key, [2020] AS years
WHERE 2020 > (SELECT max(y) FROM told.rate)
-- security_share_percent with {"estimator": "space_foundation", "defense_year": 2022, "threshold_percent": 1.0, "security_count": "wide", "first_year": 2019, "last_year": 2020}
WITH part AS (
SELECT DISTINCT fiscal_year, "count", stage, ministry, amount_bn_jpy FROM budgets.ministries
  WHERE stage IN ('initial', 'combined') AND ministry IN ('MoD', 'Cabinet Secretariat', 'Cabinet Office')
  AND row_id NOT IN (FROM told.rejected)
)
SELECT 'FY' || fiscal_year || ' ' || stage
  || CASE "count" WHEN 'narrow' THEN ', new count' ELSE ', old count' END AS key,
  100 * sum(part.amount_bn_jpy) / any_value(whole.amount_bn_jpy) AS percent
FROM part JOIN whole USING (fiscal_year, "count", stage)
GROUP BY fiscal_year, "count", stage HAVING count(*) = 3
-- space_share_percent with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT country || ' ' || y AS key, percent FROM told.burden('novaspace', 'military_expenditure')
-- japan_burden_year with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT max(y) FROM told.burden('novaspace', 'military_expenditure') WHERE country = 'Japan'
-- japan_burden_percent with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT arg_max(percent, y) FROM told.burden('novaspace', 'military_expenditure') WHERE country = 'Japan'
-- shares_beside_japan with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
WITH share AS (
FROM told.burden('novaspace', 'military_expenditure')
)
SELECT country AS key, percent FROM share WHERE country <> 'Japan'
AND y = (SELECT max(y) FROM share WHERE country = 'Japan')
-- two_percent_highest with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT max(percent) FROM told.board(2024)
-- two_percent_lowest with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT min(percent) FROM told.board(2024)
-- two_percent_true with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT count(*) FROM told.board(2024) WHERE percent >= 2 - 0.05
-- two_percent_definitions with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT count(*) FROM told.board(2024)
-- yen_multiple with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT arg_max(amount, y) / arg_min(amount, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2010, 2021)
-- dollar_multiple with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT arg_max(amount * one, y) / arg_min(amount * one, y)
FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2010, 2021)
-- yen_value_multiple with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT arg_max(one, y) / arg_min(one, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
JOIN told.worth('USD', 'none', 2020) USING (y) WHERE y IN (2010, 2021)
-- years_carried with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
SELECT 'exchange rate' AS key, [2021] AS years
WHERE 2021 > (SELECT max(y) FROM told.rate)
-- security_share_percent with {"denominator": "military_expenditure", "defense_year": 2024, "security_count": "narrow", "first_year": 2010, "last_year": 2021}
WITH part AS (
SELECT DISTINCT fiscal_year, "count", stage, ministry, amount_bn_jpy FROM budgets.ministries
  WHERE stage IN ('initial', 'combined') AND ministry IN ('MoD')
  AND row_id NOT IN (FROM told.rejected)
)
SELECT 'FY' || fiscal_year || ' ' || stage
  || CASE "count" WHEN 'narrow' THEN ', new count' ELSE ', old count' END AS key,
  100 * sum(part.amount_bn_jpy) / any_value(whole.amount_bn_jpy) AS percent
FROM part JOIN whole USING (fiscal_year, "count", stage)
GROUP BY fiscal_year, "count", stage HAVING count(*) = 1
-- two_percent_vintage_effect
SELECT 100 * (avg(amount_bn_local) / (SELECT billions FROM told.older) - 1) FROM budgets.gdp
WHERE country = 'Japan' AND measure = 'nominal' AND year(quarter) = 2022
-- nato_members_at_two_percent
SELECT year AS key, members_meeting FROM budgets.nato_guideline
WHERE row_id NOT IN (FROM told.rejected)
-- one_percent_range
SELECT [min(100 * d.billions / gdp.billions), max(100 * d.billions / gdp.billions)]
FROM told.defense AS d JOIN told.gdp USING (y)
WHERE definition = 'without_saco' AND stage = 'initial' AND y BETWEEN 1998 AND 2019
-- jaxa_over_taiwan
WITH programme AS (
SELECT sum(amount_bn_local) / 13 AS a_year,
    any_value(amount_bn_local / amount_bn_usd) FILTER (year = 2024) AS local_per_usd
  FROM budgets.comparators WHERE series = 'third-phase-programme' AND row_id NOT IN (FROM told.rejected)
)
SELECT initial / yen / (a_year / local_per_usd) FROM told.book JOIN told.rate USING (y), programme
WHERE item = 'jaxa-grant' AND y = 2023
-- document_rates
SELECT source_id AS key, [min(implied_jpy_per_usd), max(implied_jpy_per_usd)] AS ends
FROM budgets.seed_figures WHERE source_id IN ('fatton-2020', 'csis-uchu-digest-2024') GROUP BY ALL
-- national_budget_2020
SELECT amount_bn_jpy FROM budgets.government_space
WHERE fiscal_year = 2020 AND "count" = 'narrow' AND stage = 'combined'
-- defense_share_of_space_2020_percent
SELECT 100 * part.amount_bn_jpy / whole.amount_bn_jpy
FROM budgets.ministries AS part JOIN budgets.government_space AS whole USING (fiscal_year, "count", stage)
WHERE fiscal_year = 2020 AND ministry = 'MoD' AND "count" = 'narrow' AND stage = 'combined'
-- estimator_over_own
SELECT y AS key, amount_bn_usd / (amount / yen) AS times
FROM budgets.comparators AS c JOIN told.total ON c.year = y JOIN told.rate USING (y)
WHERE basis = 'combined' AND with_fund AND estimator = 'novaspace' AND country = 'Japan'
AND series = 'national-space' AND scope = 'all' AND row_id NOT IN (FROM told.rejected)
-- gdp_year
SELECT max(CAST(gdp_denominator[3:] AS INT)) FROM budgets.defense_totals
WHERE gdp_denominator LIKE 'fy____'
