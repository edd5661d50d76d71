-- let pair
SELECT ln(arg_max(amount_bn_jpy, year) FILTER (kind = 'target')
    / arg_max(amount_bn_jpy, year) FILTER (kind = 'size')) AS growth, max(year) FILTER (kind = 'size') AS y
  FROM budgets.industry_size WHERE scope = 'with_downstream_users' AND evidence <> 'seed' AND year >= 2016
-- let point
SELECT key, y, ln(amount) AS level, row_number() OVER (PARTITION BY key ORDER BY y) AS place,
    count(*) OVER (PARTITION BY key) AS n FROM told.trend(10, 'JPY', 'none', 2020)
-- let point with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT key, y, ln(amount) AS level, row_number() OVER (PARTITION BY key ORDER BY y) AS place,
    count(*) OVER (PARTITION BY key) AS n FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019
-- let point with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, y, ln(amount) AS level, row_number() OVER (PARTITION BY key ORDER BY y) AS place,
    count(*) OVER (PARTITION BY key) AS n FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025
-- let moment
SELECT key, b.y AS bend, a.n, var_pop(a.y) AS xx, var_pop(greatest(a.y - b.y, 0)) AS hh,
    covar_pop(a.y, greatest(a.y - b.y, 0)) AS xh, covar_pop(a.y, a.level) AS xl,
    covar_pop(greatest(a.y - b.y, 0), a.level) AS hl, var_pop(a.level) AS ll
  FROM point AS a JOIN point AS b USING (key) WHERE b.place BETWEEN 3 AND b.n - 2 GROUP BY ALL
-- let fit
-- least squares of the logarithm on a line bent once, three totals or more on either side
  SELECT key, bend,
    n * ln(ll - (xl * xl * hh - 2 * xl * hl * xh + hl * hl * xx) / (xx * hh - xh * xh)) AS bic FROM moment
-- plan
SELECT arg_max(amount_bn_jpy, fiscal_year) FROM budgets.strategy_fund WHERE stage = 'plan'
-- voted
SELECT sum(billions) FROM told.tranche
-- voted_percent
SELECT 100 * sum(billions) / (
  SELECT arg_max(amount_bn_jpy, fiscal_year) FROM budgets.strategy_fund WHERE stage = 'plan'
) FROM told.tranche
-- tranches_voted
SELECT count(*) FROM told.tranche
-- longest_support_years
SELECT max(value) FROM budgets.fund_facts WHERE topic = 'longest_support'
-- ministry_percent
SELECT ministry AS key, 100 * sum(amount_bn_jpy) / (SELECT sum(billions) FROM told.tranche) AS percent FROM (
  SELECT DISTINCT tranche, ministry, amount_bn_jpy FROM budgets.strategy_fund
  WHERE stage = 'supplementary' AND ministry <> 'total'
) GROUP BY ministry
-- last_total_year
SELECT max(y) FROM told.trend(10, 'JPY', 'none', 2020)
-- growth_multiple
SELECT key, arg_max(amount, y) / any_value(amount) FILTER (y = 2020) AS times
FROM told.trend(10, 'JPY', 'none', 2020) GROUP BY key
-- annual_growth_percent
SELECT key, 100 * (
  exp(ln(arg_max(amount, y) / any_value(amount) FILTER (y = 2020)) / (max(y) - 2020)) - 1
) AS percent FROM told.trend(10, 'JPY', 'none', 2020) GROUP BY key
-- largest_step_year
SELECT key, arg_max(y, rise) AS y FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(10, 'JPY', 'none', 2020)
) GROUP BY key
-- largest_step
SELECT key, max(rise) AS rise FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(10, 'JPY', 'none', 2020)
) GROUP BY key
-- spread_last
SELECT arg_max(part, y) FROM told.trend(10, 'JPY', 'none', 2020)
-- break_year
-- break_year with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
-- break_year with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, arg_min(bend, bic) AS y FROM fit GROUP BY key
-- break_years_possible
-- break_years_possible with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
-- break_years_possible with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, list(bend ORDER BY bend) AS years
FROM fit JOIN (SELECT key, min(bic) AS best FROM fit GROUP BY key) USING (key)
WHERE bic - best <= 2 GROUP BY key
-- industry_size
-- industry_size with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT arg_max(amount_bn_jpy, year) FROM budgets.industry_size
WHERE kind = 'size' AND scope = 'with_downstream_users' AND evidence <> 'seed' AND year >= 2016
-- industry_size_year
-- industry_size_year with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT max(year) FROM budgets.industry_size
WHERE kind = 'size' AND scope = 'with_downstream_users' AND evidence <> 'seed' AND year >= 2016
-- industry_growth_needed_percent
-- industry_growth_needed_percent with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT [100 * (exp(growth / (2030 - y)) - 1), 100 * (exp(growth / (2033 - y)) - 1)] FROM pair
-- last_total_year with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT max(y) FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019
-- growth_multiple with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT key, arg_max(amount, y) / any_value(amount) FILTER (y = 2019) AS times
FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019 GROUP BY key
-- annual_growth_percent with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT key, 100 * (
  exp(ln(arg_max(amount, y) / any_value(amount) FILTER (y = 2019)) / (max(y) - 2019)) - 1
) AS percent FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019 GROUP BY key
-- largest_step_year with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT key, arg_max(y, rise) AS y FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019
) GROUP BY key
-- largest_step with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT key, max(rise) AS rise FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019
) GROUP BY key
-- spread_last with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT arg_max(part, y) FROM told.trend(1, 'USD', 'gdp', 2020) WHERE y >= 2019
-- industry_size with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT arg_max(amount_bn_jpy, year) FROM budgets.industry_size
WHERE kind = 'size' AND scope = 'equipment_and_services' AND evidence <> 'seed' AND year >= 2016
-- industry_size_year with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
SELECT max(year) FROM budgets.industry_size
WHERE kind = 'size' AND scope = 'equipment_and_services' AND evidence <> 'seed' AND year >= 2016
-- industry_growth_needed_percent with {"first_year": 2019, "base_year": 2019, "life_years": 1, "currency": "USD", "deflator": "gdp", "industry_scope": "equipment_and_services"}
WITH pair AS (
SELECT ln(arg_max(amount_bn_jpy, year) FILTER (kind = 'target')
    / arg_max(amount_bn_jpy, year) FILTER (kind = 'size')) AS growth, max(year) FILTER (kind = 'size') AS y
  FROM budgets.industry_size WHERE scope = 'equipment_and_services' AND evidence <> 'seed' AND year >= 2016
)
SELECT [100 * (exp(growth / (2030 - y)) - 1), 100 * (exp(growth / (2033 - y)) - 1)] FROM pair
-- last_total_year with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT max(y) FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025
-- growth_multiple with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, arg_max(amount, y) / any_value(amount) FILTER (y = 2013) AS times
FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025 GROUP BY key
-- annual_growth_percent with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, 100 * (
  exp(ln(arg_max(amount, y) / any_value(amount) FILTER (y = 2013)) / (max(y) - 2013)) - 1
) AS percent FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025 GROUP BY key
-- largest_step_year with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, arg_max(y, rise) AS y FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025
) GROUP BY key
-- largest_step with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT key, max(rise) AS rise FROM (
  SELECT key, y, amount - lag(amount) OVER (PARTITION BY key ORDER BY y) AS rise
  FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025
) GROUP BY key
-- spread_last with {"first_year": 2011, "base_year": 2013, "last_year": 2025, "life_years": 3, "deflator": "cpi", "price_base_year": 2014}
SELECT arg_max(part, y) FROM told.trend(3, 'JPY', 'cpi', 2014) WHERE y BETWEEN 2011 AND 2025
-- planned_payout_2026
SELECT paid FROM (
  SELECT fiscal_year AS y, any_value(amount_bn_jpy) FILTER ("count" = 'narrow_with_fund_execution')
    - any_value(amount_bn_jpy) FILTER ("count" = 'narrow') AS paid
  FROM budgets.government_space WHERE stage = 'combined' AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
) WHERE y = 2026
-- planned_payout
SELECT arg_max(paid, y) FROM (
  SELECT fiscal_year AS y, any_value(amount_bn_jpy) FILTER ("count" = 'narrow_with_fund_execution')
    - any_value(amount_bn_jpy) FILTER ("count" = 'narrow') AS paid
  FROM budgets.government_space WHERE stage = 'combined' AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
)
-- planned_payout_year
SELECT max(y) FILTER (paid IS NOT NULL) FROM (
  SELECT fiscal_year AS y, any_value(amount_bn_jpy) FILTER ("count" = 'narrow_with_fund_execution')
    - any_value(amount_bn_jpy) FILTER ("count" = 'narrow') AS paid
  FROM budgets.government_space WHERE stage = 'combined' AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
)
-- industry_narrow_years
SELECT [min(year), max(year)] FROM budgets.industry_size
WHERE kind = 'size' AND scope = 'equipment_and_services'
-- industry_target_years
SELECT [min(target_first_year), max(target_last_year)] FROM budgets.industry_size
WHERE kind = 'target' AND year >= 2016
-- industry_scope_ratio
SELECT max(amount_bn_jpy) FILTER (scope = 'with_downstream_users' AND year >= 2016)
  / max(amount_bn_jpy) FILTER (scope = 'equipment_and_services')
FROM budgets.industry_size WHERE kind = 'size'
-- industry_growth_stated_percent
SELECT 100 * (arg_max(amount_bn_jpy, year) / arg_min(amount_bn_jpy, year) - 1)
FROM budgets.industry_size WHERE kind = 'size' AND scope = 'equipment_and_services'
-- digest_rates
SELECT [any_value(implied_jpy_per_usd) FILTER (label = 'Space Strategy Fund'),
  any_value(implied_jpy_per_usd) FILTER (label = 'Value of the space industry')] FROM budgets.seed_figures
-- years_of_unknown_tranches
SELECT coalesce(list(DISTINCT fiscal_year ORDER BY fiscal_year), []) FROM budgets.government_space
WHERE "count" = 'narrow' AND stage = 'combined' AND strategy_fund IN ('included', 'excluded')
AND fiscal_year NOT IN (SELECT y FROM told.tranche)
-- break_year with {"first_year": 2012, "base_year": 2012, "last_year": 2019}
WITH point AS (
  SELECT key, y, ln(amount) AS level, row_number() OVER (PARTITION BY key ORDER BY y) AS place,
    count(*) OVER (PARTITION BY key) AS n FROM told.trend(10, 'JPY', 'none', 2020) WHERE y BETWEEN 2012 AND 2019
), moment AS (
  SELECT key, b.y AS bend, a.n, var_pop(a.y) AS xx, var_pop(greatest(a.y - b.y, 0)) AS hh,
    covar_pop(a.y, greatest(a.y - b.y, 0)) AS xh, covar_pop(a.y, a.level) AS xl,
    covar_pop(greatest(a.y - b.y, 0), a.level) AS hl, var_pop(a.level) AS ll
  FROM point AS a JOIN point AS b USING (key) WHERE b.place BETWEEN 3 AND b.n - 2 GROUP BY ALL
), fit AS (
  -- least squares of the logarithm on a line bent once, three totals or more on either side
  SELECT key, bend,
    n * ln(ll - (xl * xl * hh - 2 * xl * hl * xh + hl * hl * xx) / (xx * hh - xh * xh)) AS bic FROM moment
)
SELECT key, arg_min(bend, bic) AS y FROM fit GROUP BY key
-- break_year with {"first_year": 2013, "base_year": 2013, "last_year": 2019}
SELECT DISTINCT key, NULL AS y FROM told.trend(10, 'JPY', 'none', 2020)
-- break_years_possible with {"first_year": 2013, "base_year": 2013, "last_year": 2019}
SELECT DISTINCT key, [] AS years FROM told.trend(10, 'JPY', 'none', 2020)
-- spread_last with {"first_year": 2013, "base_year": 2013, "last_year": 2019}
SELECT 0
