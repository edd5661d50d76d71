-- supplementary_share_percent
SELECT key, 100 * coalesce(sum(added), 0) / (coalesce(sum(initial), 0) + coalesce(sum(added), 0)) AS percent
FROM told.project WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
) GROUP BY key HAVING coalesce(sum(initial), 0) + coalesce(sum(added), 0) > 0
-- execution_percent
SELECT key, 100 * sum(paid) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
) GROUP BY key
-- carried_percent
SELECT key, 100 * sum(sent) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
) GROUP BY key
-- paid_total
SELECT key, sum(paid * one) AS billions FROM told.project JOIN told.worth('JPY', 'none', 2020) USING (y)
WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
) GROUP BY key HAVING count(paid) > 0
-- shown_total
SELECT key, sum(paid * one) AS billions
FROM told.project JOIN told.worth('JPY', 'none', 2020) USING (y)
WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
)
GROUP BY key HAVING count(paid) > 0
-- project_names
SELECT key, any_value(name) AS said
FROM told.project WHERE y BETWEEN 2014 AND (FROM told.latest_paid) AND key IN (
  'igs-development', 'qzss', 'space-station', 'earth-observation-system', 'flagship-launcher',
  'weather-operation', 'stardust', 'sda-satellite', 'ku-band', 'x-band-lease', 'two-wavelength-sensor',
  'policy-demonstrations'
) GROUP BY key
-- supplementary_share_percent with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, 100 * coalesce(sum(added), 0) / (coalesce(sum(initial), 0) + coalesce(sum(added), 0)) AS percent
FROM told.project WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
) GROUP BY key HAVING coalesce(sum(initial), 0) + coalesce(sum(added), 0) > 0
-- execution_percent with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, 100 * sum(paid) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
) GROUP BY key
-- carried_percent with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, 100 * sum(sent) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
) GROUP BY key
-- paid_total with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, sum(paid * one) AS billions FROM told.project JOIN told.worth('JPY', 'gdp', 2015) USING (y)
WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
) GROUP BY key HAVING count(paid) > 0
-- shown_total with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, sum(coalesce(initial + added, initial, added) * one) AS billions
FROM told.project JOIN told.worth('JPY', 'gdp', 2015) USING (y)
WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
)
GROUP BY key HAVING count(coalesce(initial + added, initial, added)) > 0
-- project_names with {"projects": ["command-system", "qzss", "himawari-8-9"], "first_year": 2012, "last_year": 2025, "stage": "voted", "deflator": "gdp", "price_base_year": 2015}
SELECT key, any_value(name) AS said
FROM told.project WHERE y BETWEEN 2012 AND 2025 AND key IN (
  'command-system', 'qzss', 'himawari-8-9'
) GROUP BY key
-- supplementary_share_percent with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, 100 * coalesce(sum(added), 0) / (coalesce(sum(initial), 0) + coalesce(sum(added), 0)) AS percent
FROM told.project WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
) GROUP BY key HAVING coalesce(sum(initial), 0) + coalesce(sum(added), 0) > 0
-- execution_percent with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, 100 * sum(paid) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
) GROUP BY key
-- carried_percent with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, 100 * sum(sent) / sum(money) AS percent FROM told.usable
WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
) GROUP BY key
-- paid_total with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, sum(paid * one) AS billions FROM told.project JOIN told.worth('JPY', 'cpi', 2020) USING (y)
WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
) GROUP BY key HAVING count(paid) > 0
-- shown_total with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, sum(initial * one) AS billions
FROM told.project JOIN told.worth('JPY', 'cpi', 2020) USING (y)
WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
)
GROUP BY key HAVING count(initial) > 0
-- project_names with {"projects": ["gosat-verification", "gosat-observation", "space-diplomacy", "use-surveys", "x-band-lease", "two-wavelength-sensor"], "first_year": 2013, "last_year": 2023, "stage": "initial", "deflator": "cpi"}
SELECT key, any_value(name) AS said
FROM told.project WHERE y BETWEEN 2013 AND 2023 AND key IN (
  'gosat-verification', 'gosat-observation', 'space-diplomacy', 'use-surveys', 'x-band-lease',
  'two-wavelength-sensor'
) GROUP BY key
-- igs_initial_low
SELECT min(initial)
FROM told.book WHERE item = 'igs'
-- igs_initial_high
SELECT max(initial)
FROM told.book WHERE item = 'igs'
-- igs_supplementary_first
SELECT arg_min(added, y)
FROM told.book WHERE item = 'igs'
-- igs_supplementary_last
SELECT arg_max(added, y)
FROM told.book WHERE item = 'igs'
-- igs_supplementary_share_first_percent
SELECT arg_min(100 * added / (initial + added), y)
FROM told.book WHERE item = 'igs'
-- igs_supplementary_share_last_percent
SELECT arg_max(100 * added / (initial + added), y)
FROM told.book WHERE item = 'igs'
-- igs_paid_first
SELECT arg_min(paid, y)
FROM told.book WHERE item = 'igs'
-- igs_paid_last
SELECT arg_max(paid, y)
FROM told.book WHERE item = 'igs'
-- igs_initial_years
SELECT count(initial)
FROM told.book WHERE item = 'igs'
-- igs_share_years
SELECT [min(y) FILTER (initial + added > 0), max(y) FILTER (initial + added > 0)]
FROM told.book WHERE item = 'igs'
-- igs_paid_years
SELECT [min(y) FILTER (paid > 0), max(y) FILTER (paid > 0)]
FROM told.book WHERE item = 'igs'
-- jaxa_grant_gap
SELECT max(abs(initial + added - paid)) FROM told.book WHERE item = 'jaxa-grant'
-- qzss_paid_total
SELECT sum(paid) FROM told.project WHERE key = 'qzss'
-- sensor_paid_total
SELECT sum(paid) FROM told.project WHERE key = 'two-wavelength-sensor'
-- constellation_contract
SELECT amount_bn_jpy FROM budgets.defense_space
WHERE item = 'target-constellation' AND stage = 'contract'
-- constellation_per_year
SELECT amount_bn_jpy / ((contract_end - contract_start) / 365.25) FROM budgets.defense_space
WHERE item = 'target-constellation' AND stage = 'contract'
-- igs_per_satellite_year
SELECT [sum(paid) / sum(low), sum(paid) / sum(high)] FROM (
  SELECT y, paid, sum(part) AS low, sum(part) FILTER (state <> 'unknown') AS high
  FROM told.flown JOIN told.book USING (y) WHERE item = 'igs' AND paid > 0 AND programme = 'IGS'
  AND function IN ('optical imaging', 'radar imaging') GROUP BY ALL
)
-- parity_satellites
SELECT (
  SELECT amount_bn_jpy / ((contract_end - contract_start) / 365.25) FROM budgets.defense_space
  WHERE item = 'target-constellation' AND stage = 'contract'
) / (sum(paid) / sum(high)) FROM (
  SELECT y, paid, sum(part) AS low, sum(part) FILTER (state <> 'unknown') AS high
  FROM told.flown JOIN told.book USING (y) WHERE item = 'igs' AND paid > 0 AND programme = 'IGS'
  AND function IN ('optical imaging', 'radar imaging') GROUP BY ALL
)
-- last_net_year
SELECT max(fiscal_year) FROM budgets.projects WHERE available_rule = 'net_of_carry_out'
