-- let span
SELECT unnest([2018, 2019, 2020]) AS a, unnest([2023, 2024, 2025]) AS b
-- let money
SELECT 'JPY' AS c, 'none' AS d, y, one FROM told.worth('JPY', 'none', 2020)
  UNION ALL SELECT 'JPY', 'gdp', y, one FROM told.worth('JPY', 'gdp', 2020)
  UNION ALL SELECT 'JPY', 'cpi', y, one FROM told.worth('JPY', 'cpi', 2020)
  UNION ALL SELECT 'USD', 'none', y, one FROM told.worth('USD', 'none', 2020)
  UNION ALL SELECT 'USD', 'gdp', y, one FROM told.worth('USD', 'gdp', 2020)
  UNION ALL SELECT 'USD', 'cpi', y, one FROM told.worth('USD', 'cpi', 2020)
-- let world
SELECT kind.*, a, u.c, u.d, late.amount * v.one / (early.amount * u.one) AS multiple FROM (
    SELECT DISTINCT basis, with_fund FROM told.total WHERE basis IN ('combined', 'initial')
  ) AS kind CROSS JOIN span JOIN money AS u ON u.y = a JOIN money AS v ON (v.c, v.d, v.y) = (u.c, u.d, b)
  LEFT JOIN told.total AS early
    ON (early.basis, early.with_fund, early.y) = (kind.basis, kind.with_fund, a)
  LEFT JOIN told.total AS late ON (late.basis, late.with_fund, late.y) = (kind.basis, kind.with_fund, b)
-- let said
-- where both ways of counting the fund give one multiple, they are one definition
  SELECT *, min(multiple) OVER same = max(multiple) OVER same AS alike FROM world
  WINDOW same AS (PARTITION BY basis, a, c, d)
-- let s
FROM told.series('combined', true, 'JPY', 'none', 2020)
-- let s with {"include_strategy_fund": false}
FROM told.series('combined', false, 'JPY', 'none', 2020)
-- let s with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- let s with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
FROM told.series('combined', true, 'USD', 'cpi', 2020)
-- let s with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
FROM told.series('combined', true, 'JPY', 'cpi', 2012)
-- let s with {"basis": "initial", "first_year": 2009, "last_year": 2021}
FROM told.series('initial', true, 'JPY', 'none', 2020)
-- first_amount
SELECT arg_min(amount, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
-- last_amount
SELECT arg_max(amount, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
-- first_amount_year
SELECT min(y) FROM told.series('combined', true, 'JPY', 'none', 2020)
-- last_amount_year
SELECT max(y) FROM told.series('combined', true, 'JPY', 'none', 2020)
-- growth_multiple
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('combined', true, 'JPY', 'none', 2020)
-- annual_growth_percent
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('combined', true, 'JPY', 'none', 2020)
-- doubling_years
-- doubling_years with {"include_strategy_fund": false}
-- doubling_years with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT coalesce(list([a.y, b.y] ORDER BY a.y, b.y), []) FROM s AS a JOIN s AS b
ON b.y > a.y AND b.y - a.y <= 5 AND b.amount >= 2 * a.amount
-- last_tranche
SELECT arg_max(held, y) FROM told.series('combined', true, 'JPY', 'none', 2020)
-- growth_multiple_without_last_tranche
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('combined', true, 'JPY', 'none', 2020)
-- claim_multiple
-- claim_multiple with {"include_strategy_fund": false}
-- claim_multiple with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
-- claim_multiple with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
-- claim_multiple with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
-- claim_multiple with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT (SELECT amount FROM s WHERE y = 2024) / (SELECT amount FROM s WHERE y = 2019)
-- doubling_claim_holds
-- doubling_claim_holds with {"include_strategy_fund": false}
-- doubling_claim_holds with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
-- doubling_claim_holds with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
-- doubling_claim_holds with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
-- doubling_claim_holds with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT (SELECT amount FROM s WHERE y = 2024) > 2 * (SELECT amount FROM s WHERE y = 2019)
-- first_amount with {"include_strategy_fund": false}
SELECT arg_min(amount, y) FROM told.series('combined', false, 'JPY', 'none', 2020)
-- last_amount with {"include_strategy_fund": false}
SELECT arg_max(amount, y) FROM told.series('combined', false, 'JPY', 'none', 2020)
-- first_amount_year with {"include_strategy_fund": false}
SELECT min(y) FROM told.series('combined', false, 'JPY', 'none', 2020)
-- last_amount_year with {"include_strategy_fund": false}
SELECT max(y) FROM told.series('combined', false, 'JPY', 'none', 2020)
-- growth_multiple with {"include_strategy_fund": false}
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('combined', false, 'JPY', 'none', 2020)
-- annual_growth_percent with {"include_strategy_fund": false}
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('combined', false, 'JPY', 'none', 2020)
-- last_tranche with {"include_strategy_fund": false}
SELECT arg_max(held, y) FROM told.series('combined', false, 'JPY', 'none', 2020)
-- growth_multiple_without_last_tranche with {"include_strategy_fund": false}
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('combined', false, 'JPY', 'none', 2020)
-- first_amount with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT arg_min(amount, y) FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- last_amount with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT arg_max(amount, y) FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- first_amount_year with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT min(y) FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- last_amount_year with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT max(y) FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- growth_multiple with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- annual_growth_percent with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- last_tranche with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT arg_max(held, y) FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- growth_multiple_without_last_tranche with {"currency": "USD", "deflator": "gdp", "price_base_year": 2015}
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('combined', true, 'USD', 'gdp', 2015)
-- first_amount with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT arg_min(amount, y) FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- last_amount with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT arg_max(amount, y) FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- first_amount_year with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT min(y) FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- last_amount_year with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT max(y) FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- growth_multiple with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- annual_growth_percent with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- doubling_years with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
WITH s AS (
FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
)
SELECT coalesce(list([a.y, b.y] ORDER BY a.y, b.y), []) FROM s AS a JOIN s AS b
ON b.y > a.y AND b.y - a.y <= 5 AND b.amount >= 2 * a.amount
-- last_tranche with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT arg_max(held, y) FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- growth_multiple_without_last_tranche with {"currency": "USD", "deflator": "cpi", "first_year": 2010, "last_year": 2025}
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('combined', true, 'USD', 'cpi', 2020) WHERE y BETWEEN 2010 AND 2025
-- first_amount with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT arg_min(amount, y) FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- last_amount with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT arg_max(amount, y) FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- first_amount_year with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT min(y) FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- last_amount_year with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT max(y) FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- growth_multiple with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- annual_growth_percent with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- doubling_years with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
WITH s AS (
FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
)
SELECT coalesce(list([a.y, b.y] ORDER BY a.y, b.y), []) FROM s AS a JOIN s AS b
ON b.y > a.y AND b.y - a.y <= 5 AND b.amount >= 2 * a.amount
-- last_tranche with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT arg_max(held, y) FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- growth_multiple_without_last_tranche with {"deflator": "cpi", "first_year": 2012, "last_year": 2024, "price_base_year": 2012}
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('combined', true, 'JPY', 'cpi', 2012) WHERE y BETWEEN 2012 AND 2024
-- first_amount with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT arg_min(amount, y) FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- last_amount with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT arg_max(amount, y) FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- first_amount_year with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT min(y) FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- last_amount_year with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT max(y) FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- growth_multiple with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT arg_max(amount, y) / arg_min(amount, y)
FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- annual_growth_percent with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT 100 * (exp(ln(arg_max(amount, y) / arg_min(amount, y)) / (max(y) - min(y))) - 1)
FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- doubling_years with {"basis": "initial", "first_year": 2009, "last_year": 2021}
WITH s AS (
FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
)
SELECT coalesce(list([a.y, b.y] ORDER BY a.y, b.y), []) FROM s AS a JOIN s AS b
ON b.y > a.y AND b.y - a.y <= 5 AND b.amount >= 2 * a.amount
-- last_tranche with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT arg_max(held, y) FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- growth_multiple_without_last_tranche with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT arg_max(amount - held, y) / arg_min(amount, y)
FROM told.series('initial', true, 'JPY', 'none', 2020) WHERE y BETWEEN 2009 AND 2021
-- definitions_true
SELECT count(*) FROM said WHERE multiple IS NOT NULL AND (with_fund OR NOT alike) AND multiple > 2
-- definitions_decidable
SELECT count(*) FROM said WHERE multiple IS NOT NULL AND (with_fund OR NOT alike)
-- definitions_with_fund_true
SELECT count(*) FROM said WHERE with_fund AND NOT alike AND multiple > 2
-- definitions_with_fund_known
SELECT count(*) FROM said WHERE with_fund AND NOT alike
-- definitions_without_fund_true
SELECT count(*) FROM said WHERE with_fund = alike AND multiple > 2
-- definitions_without_fund_known
SELECT count(*) FROM said WHERE with_fund = alike
-- definitions_twins
SELECT count(*) FROM said WHERE alike AND NOT with_fund
-- definitions_unknown
SELECT count(*) FROM said WHERE multiple IS NULL
-- fund_years
SELECT max(value) FROM budgets.fund_facts WHERE topic = 'longest_support'
-- claim_bound
SELECT growth_ratio FROM budgets.seed_figures
WHERE source_id = 'csis-uchu-digest-2024' AND growth_ratio > 0
-- last_ministry_year
SELECT max(fiscal_year) FROM budgets.ministries
-- years_without_total
WITH whole AS (
SELECT y FROM told.total WHERE basis = 'combined'
), every AS (
SELECT unnest(range((SELECT min(y) FROM whole), (
    SELECT max(y) FROM told.total WHERE basis IN ('initial', 'combined')
  ) + 1)) AS y
)
SELECT coalesce(list(y ORDER BY y), []) FROM every WHERE y NOT IN (FROM whole)
-- rate_months_known
SELECT count(*) FROM budgets.exchange_rates
WHERE month >= make_date((FROM told.latest), 4, 1)
AND month < make_date((FROM told.latest) + 1, 4, 1)
-- rate_months
SELECT CASE WHEN count(*) = 0 THEN [] ELSE [CAST(min(month) AS VARCHAR), CAST(max(month) AS VARCHAR)] END
FROM budgets.exchange_rates WHERE month >= make_date((FROM told.latest), 4, 1)
AND month < make_date((FROM told.latest) + 1, 4, 1)
-- rate_months_known with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT count(*) FROM budgets.exchange_rates
WHERE month >= make_date(2021, 4, 1)
AND month < make_date(2021 + 1, 4, 1)
-- rate_months with {"basis": "initial", "first_year": 2009, "last_year": 2021}
SELECT CASE WHEN count(*) = 0 THEN [] ELSE [CAST(min(month) AS VARCHAR), CAST(max(month) AS VARCHAR)] END
FROM budgets.exchange_rates WHERE month >= make_date(2021, 4, 1)
AND month < make_date(2021 + 1, 4, 1)
-- years_of_unknown_tranches with {"include_strategy_fund": false}
SELECT coalesce(list(DISTINCT fiscal_year ORDER BY fiscal_year), []) FROM budgets.government_space
WHERE "count" = 'narrow' AND stage = 'combined' AND strategy_fund IN ('included', 'excluded')
AND fiscal_year NOT IN (SELECT y FROM told.tranche)
-- years_at_last_rate
SELECT coalesce(list(y), []) FROM (SELECT (FROM told.latest) AS y)
WHERE y > (SELECT max(y) FROM told.rate)
