-- let heads
SELECT organization, date, people, kind FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people,
    CASE status WHEN 'reported' THEN 'actual' ELSE 'planned' END
  FROM policy_evolution.unit_strength u
  WHERE NOT EXISTS (FROM conflicts c WHERE c.decided_row_id <> u.row_id
    AND list_contains(string_split(c.row_ids, ';'), u.row_id))
-- counts
SELECT count(*) FROM heads
-- counts with {"as_of": 2021, "first_year": 2012}
SELECT count(*) FROM heads
WHERE year(date) BETWEEN 2012 AND CASE kind WHEN 'planned' THEN 2022 ELSE 2021 END
-- counts with {"kinds": ["planned"], "as_of": 2025}
SELECT count(*) FROM heads WHERE kind = 'planned' AND year(date) <= 2026
-- span
WITH heads AS (
SELECT organization, date, people, row_id FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  AND kind <> 'planned'
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people, row_id
  FROM policy_evolution.unit_strength WHERE status = 'reported'
)
SELECT organization AS key, first(people ORDER BY date, row_id) AS first,
  first(year(date) ORDER BY date, row_id) AS first_year, last(people ORDER BY date, row_id) AS last,
  last(year(date) ORDER BY date, row_id) AS last_year
FROM heads GROUP BY 1
-- span with {"as_of": 2024, "first_year": 2010}
WITH heads AS (
SELECT organization, date, people, row_id FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  AND kind <> 'planned'
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people, row_id
  FROM policy_evolution.unit_strength WHERE status = 'reported'
)
SELECT organization AS key, first(people ORDER BY date, row_id) AS first,
  first(year(date) ORDER BY date, row_id) AS first_year, last(people ORDER BY date, row_id) AS last,
  last(year(date) ORDER BY date, row_id) AS last_year
FROM heads WHERE year(date) BETWEEN 2010 AND 2024 GROUP BY 1
-- planned
WITH heads AS (
SELECT organization, date, people, kind, row_id FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people,
    CASE status WHEN 'reported' THEN 'actual' ELSE 'planned' END, row_id
  FROM policy_evolution.unit_strength u
  WHERE NOT EXISTS (FROM conflicts c WHERE c.decided_row_id <> u.row_id
    AND list_contains(string_split(c.row_ids, ';'), u.row_id))
), newest AS (
SELECT organization, max(date) AS date FROM heads
  WHERE kind <> 'planned' GROUP BY 1
), plans AS (
SELECT organization, max(date) AS date, last(people ORDER BY date, row_id) AS people
  FROM heads
  WHERE kind = 'planned' GROUP BY 1
)
SELECT organization AS key, people FROM plans JOIN newest USING (organization)
  WHERE plans.date > newest.date
-- planned with {"as_of": 2021}
WITH heads AS (
SELECT organization, date, people, kind, row_id FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people,
    CASE status WHEN 'reported' THEN 'actual' ELSE 'planned' END, row_id
  FROM policy_evolution.unit_strength u
  WHERE NOT EXISTS (FROM conflicts c WHERE c.decided_row_id <> u.row_id
    AND list_contains(string_split(c.row_ids, ';'), u.row_id))
), newest AS (
SELECT organization, max(date) AS date FROM heads
  WHERE kind <> 'planned' AND year(date) <= 2021 GROUP BY 1
), plans AS (
SELECT organization, max(date) AS date, last(people ORDER BY date, row_id) AS people
  FROM heads
  WHERE kind = 'planned' AND year(date) <= 2022 GROUP BY 1
)
SELECT organization AS key, people FROM plans JOIN newest USING (organization)
  WHERE plans.date > newest.date
-- planned with {"as_of": 2024}
WITH heads AS (
SELECT organization, date, people, kind, row_id FROM space_systems.workforce
  WHERE counted IN ('staff', 'members', 'workers', 'employees') AND people_high IS NULL
  UNION ALL SELECT 'Space unit of the Self-Defense Forces', date, people,
    CASE status WHEN 'reported' THEN 'actual' ELSE 'planned' END, row_id
  FROM policy_evolution.unit_strength u
  WHERE NOT EXISTS (FROM conflicts c WHERE c.decided_row_id <> u.row_id
    AND list_contains(string_split(c.row_ids, ';'), u.row_id))
), newest AS (
SELECT organization, max(date) AS date FROM heads
  WHERE kind <> 'planned' AND year(date) <= 2024 GROUP BY 1
), plans AS (
SELECT organization, max(date) AS date, last(people ORDER BY date, row_id) AS people
  FROM heads
  WHERE kind = 'planned' AND year(date) <= 2025 GROUP BY 1
)
SELECT organization AS key, people FROM plans JOIN newest USING (organization)
  WHERE plans.date > newest.date
-- facts
SELECT count(*) FROM space_systems.supply
-- facts with {"first_year": 2011, "as_of": 2018, "sides": ["Japan"]}
SELECT count(*) FROM space_systems.supply WHERE side = 'Japan' AND year(date) BETWEEN 2011 AND 2018
-- facts_by_kind
SELECT kind AS key, count(*) FROM space_systems.supply GROUP BY 1
-- facts_by_kind with {"first_year": 2011, "as_of": 2018, "sides": ["Japan"]}
SELECT kind AS key, count(*) FROM space_systems.supply
WHERE side = 'Japan' AND year(date) BETWEEN 2011 AND 2018 GROUP BY 1
-- shares
SELECT count(*) FROM space_systems.supply WHERE unit = 'percent' AND kind IN ('dependence', 'target')
-- rides
SELECT CASE sector WHEN 'commercial' THEN sector ELSE 'government' END AS key, count(*) AS "all",
  count(*) FILTER (launch_state <> 'Japan') AS "foreign"
FROM space_systems.satellites
WHERE launch_state IS NOT NULL
  AND year(launch_date) BETWEEN (SELECT least((SELECT min(year(date)) FROM space_systems.workforce),
    (SELECT min(year(date)) FROM space_systems.supply),
    (SELECT min(year(date)) FROM space_systems.workforce_measures))) AND 2100
GROUP BY 1
-- rides with {"first_year": 2003, "as_of": 2015}
SELECT CASE sector WHEN 'commercial' THEN sector ELSE 'government' END AS key, count(*) AS "all",
  count(*) FILTER (launch_state <> 'Japan') AS "foreign"
FROM space_systems.satellites
WHERE launch_state IS NOT NULL AND year(launch_date) BETWEEN 2003 AND 2015
GROUP BY 1
-- critical_products
SELECT last(value ORDER BY date, row_id) FROM space_systems.supply WHERE kind = 'rule'
  AND stage = 'parts'
-- critical_since
SELECT max(date) FROM space_systems.supply WHERE kind = 'rule' AND stage = 'parts'
-- critical_products with {"as_of": 2024}
SELECT count(*) FROM space_systems.supply WHERE kind = 'rule' AND stage = 'parts' AND year(date) <= 2024
-- measures
SELECT count(*) FROM space_systems.workforce_measures
-- measures with {"first_year": 2016, "as_of": 2022}
SELECT count(*) FROM space_systems.workforce_measures WHERE year(date) BETWEEN 2016 AND 2022
-- measures_by_kind
SELECT kind AS key, count(*) FROM space_systems.workforce_measures GROUP BY 1
-- measures_in_force
SELECT count(*) FROM space_systems.workforce_measures WHERE state = 'in force'
-- measures_in_force with {"first_year": 2016, "as_of": 2022}
SELECT count(*) FROM space_systems.workforce_measures
WHERE state = 'in force' AND year(date) BETWEEN 2016 AND 2022
