-- space_total_2025
-- space_total_2025 with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT billions FROM told.plan('with_other_pillars') WHERE y = 2025
-- envelope_known
-- envelope_known with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT sum(billions) FROM told.plan('with_other_pillars')
-- envelope_known_percent
SELECT 100 * sum(billions) / 1000 FROM told.plan('with_other_pillars')
-- envelope_unknown_years
-- envelope_unknown_years with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT coalesce(list(y ORDER BY y), []) FROM told.plan('with_other_pillars')
WHERE billions IS NULL
-- envelope_needed_per_unknown_year
SELECT greatest(1000 - sum(billions), 0) / nullif(count(*) FILTER (billions IS NULL), 0)
FROM told.plan('with_other_pillars')
-- envelope_unknown_years_requests
-- envelope_unknown_years_requests with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT 'FY' || y AS key, any_value(own.billions) AS asked
FROM told.own JOIN told.plan('with_other_pillars') AS plan USING (y) WHERE stage = 'request' AND plan.billions IS NULL GROUP BY y
-- space_share_percent
SELECT 'FY' || y AS key, 100 * own.billions / d.billions AS percent
FROM told.own JOIN told.defense AS d USING (y, stage) WHERE stage = 'initial' AND definition = 'with_saco'
AND scope IN ('without_missile_defense', 'overlap_not_stated', 'with_other_pillars')
-- space_total_2025 with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT billions FROM told.plan('without_other_pillars') WHERE y = 2025
-- envelope_known with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT sum(billions) FROM told.plan('without_other_pillars')
-- envelope_known_percent with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT 100 * sum(billions) / 1800 FROM told.plan('without_other_pillars')
-- envelope_unknown_years with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT coalesce(list(y ORDER BY y), []) FROM told.plan('without_other_pillars')
WHERE billions IS NULL
-- envelope_needed_per_unknown_year with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT greatest(1800 - sum(billions), 0) / nullif(count(*) FILTER (billions IS NULL), 0)
FROM told.plan('without_other_pillars')
-- space_share_percent with {"scope": "without_other_pillars", "denominator": "new_contracts", "first_year": 2016, "last_year": 2025, "envelope_bn_jpy": 1800.0}
SELECT 'FY' || y AS key, 100 * own.billions / d.billions AS percent
FROM told.own JOIN told.defense AS d USING (y, stage) WHERE stage = 'initial' AND definition = 'new_contracts'
AND scope IN ('without_missile_defense', 'overlap_not_stated', 'without_other_pillars')
AND y BETWEEN 2016 AND 2025
-- envelope_known_percent with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT 100 * sum(billions) / 500 FROM told.plan('with_other_pillars')
-- envelope_needed_per_unknown_year with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT greatest(500 - sum(billions), 0) / nullif(count(*) FILTER (billions IS NULL), 0)
FROM told.plan('with_other_pillars')
-- space_share_percent with {"denominator": "without_saco", "last_year": 2020, "envelope_bn_jpy": 500.0}
SELECT 'FY' || y AS key, 100 * own.billions / d.billions AS percent
FROM told.own JOIN told.defense AS d USING (y, stage) WHERE stage = 'initial' AND definition = 'without_saco'
AND scope IN ('without_missile_defense', 'overlap_not_stated', 'with_other_pillars')
AND y <= 2020
-- overlap_2025
SELECT max(billions) FILTER (scope = 'with_other_pillars')
  - max(billions) FILTER (scope = 'without_other_pillars')
FROM told.own WHERE y = 2025 AND stage = 'initial'
-- request_2020
SELECT billions FROM told.own WHERE y = 2020 AND stage = 'request'
-- two_counts_ratio_2019
SELECT own.billions / office.billions FROM told.own JOIN told.office USING (y)
WHERE y = 2019 AND stage = 'initial'
-- granted_percent_constellation
SELECT 100 * max(amount_bn_jpy) FILTER (stage = 'initial') / max(amount_bn_jpy) FILTER (stage = 'request')
FROM budgets.defense_space WHERE item = 'target-constellation' AND series = 'line_item'
AND fiscal_year = 2025
-- granted_percent_communications
SELECT 100 * max(amount_bn_jpy) FILTER (stage = 'initial') / max(amount_bn_jpy) FILTER (stage = 'request')
FROM budgets.defense_space WHERE item = 'next-communications-satellite' AND series = 'line_item'
AND fiscal_year = 2025
-- granted_percent_total
SELECT trim('FY' || y || CASE scope WHEN 'with_other_pillars' THEN ' with items that also count elsewhere'
  WHEN 'without_other_pillars' THEN ' without them' ELSE '' END) AS key,
  100 * max(billions) FILTER (stage = 'initial') / max(billions) FILTER (stage = 'request') AS percent
FROM told.own GROUP BY y, scope HAVING count(DISTINCT stage) FILTER (stage IN ('initial', 'request')) = 2
-- space_share_2020_percent
SELECT 100 * own.billions / d.billions FROM told.own JOIN told.defense AS d USING (y, stage)
WHERE y = 2020 AND stage = 'initial' AND definition = 'with_saco'
-- x_band_paid_total
SELECT sum(amount_bn_jpy) FROM budgets.defense_space
WHERE item = 'x-band-payment' AND stage = 'paid'
-- paid_by_function
SELECT function AS key, sum(amount_bn_jpy) AS billions FROM budgets.projects
WHERE ministry = 'MoD' AND stage = 'paid'
AND function IN ('communications', 'situational_awareness', 'missile_warning') GROUP BY ALL
-- awareness_satellite_request_2020
SELECT amount_bn_jpy FROM budgets.defense_space
WHERE item = 'awareness-satellite' AND stage = 'request' AND fiscal_year = 2020
-- personnel_growth
SELECT [arg_min(people, date), arg_max(people, date)] FROM policy_evolution.unit_strength
WHERE status = 'reported'
-- plan_years
SELECT [fiscal_year, 2000 + CAST(right(label, 2) AS INT)] FROM budgets.defense_space
WHERE item = 'five-year-plan'
-- stand_off_initial
SELECT 'FY' || fiscal_year AS key, any_value(amount_bn_jpy) AS billions FROM budgets.strike_support
WHERE item = 'stand-off-total' AND stage = 'initial' GROUP BY ALL
-- stand_off_years
SELECT [min(fiscal_year), max(fiscal_year)] FROM budgets.strike_support
WHERE item = 'stand-off-total' AND stage = 'initial'
