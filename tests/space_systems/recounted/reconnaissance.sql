-- let fleet
SELECT * FROM space_systems.satellites WHERE programme = 'IGS'
  AND function <> 'data relay'
-- let ends
SELECT satellite_id AS row_id, min(date) AS day FROM space_systems.service_ends e
  LEFT JOIN conflicts c ON "table" = 'space_systems/service_ends'
    AND list_contains(string_split(row_ids, ';'), e.row_id)
  WHERE e.row_id = decided_row_id OR (decided_row_id IS NULL AND e.kind = 'end in the catalogue')
  GROUP BY 1
-- let lives
SELECT name, day IS NOT NULL AS ended,
    date_diff('day', launch_date, coalesce(day, state_as_of)) / 365.25 AS years
  FROM fleet LEFT JOIN ends USING (row_id) WHERE outcome = 'success'
-- let steps
SELECT years, count(*) FILTER (ended) AS d, sum(count(*)) OVER (ORDER BY years DESC) AS n
  FROM lives GROUP BY 1
-- let curve
SELECT years, product(1 - d / n) OVER (ORDER BY years) AS s,
    sqrt(sum(d / (n * nullif(n - d, 0))) OVER (ORDER BY years)) AS e FROM steps
-- let sets
SELECT e.*, year(epoch_date) AS year, f.row_id AS satellite FROM space_systems.elements e
  JOIN fleet f USING (name) WHERE f.function IN ('optical imaging', 'radar imaging')
-- let counts
SELECT year, count(DISTINCT name) AS n FROM sets GROUP BY 1
-- let full_years
SELECT year FROM counts WHERE n >= 0.5 * (SELECT max(n) FROM counts)
-- let compared
SELECT 2021 AS year UNION SELECT max(year) FROM full_years
-- let starts
SELECT year, max(epoch_date) + 2 AS start FROM sets SEMI JOIN compared USING (year)
  GROUP BY 1
-- let known
SELECT greatest((SELECT max(start) FROM starts), (SELECT max(launch_date) FROM fleet),
  (SELECT max(end_date) FROM fleet)) AS day
-- let newest
SELECT DISTINCT ON (s.year, name) s.year, name, satellite, epoch_date, start,
    mean_motion_rev_day AS rate
  FROM (SELECT * EXCLUDE (year) FROM sets) JOIN starts s
    ON epoch_date < start AND epoch_date >= start - INTERVAL 1 YEAR
  ORDER BY s.year, name, epoch_date DESC, epoch_utc DESC
-- let over
SELECT satellite_id AS satellite, max(date) AS day FROM space_systems.service_ends
  WHERE kind = 'last operation' GROUP BY 1
-- let alive
SELECT n.* FROM newest n LEFT JOIN over USING (satellite) WHERE day IS NULL OR day >= start
-- let held
SELECT * FROM alive a WHERE EXISTS (FROM alive b WHERE b.year = a.year AND b.name <> a.name
  AND abs(b.rate - a.rate) <= 0.0005)
-- compared_years with {"days": 3}
SELECT list(year::VARCHAR ORDER BY year) FROM compared
-- sets_left_out with {"days": 3}
SELECT coalesce(list([c.year] ORDER BY c.year), []) FROM counts c ANTI JOIN compared USING (year)
-- held_slots with {"days": 3}
SELECT year AS key, count(*) FROM held GROUP BY 1
-- stale_sets with {"days": 3}
SELECT year AS key, coalesce(list(name
  ORDER BY name) FILTER (date_diff('day', epoch_date, start) > 30), [])
FROM held GROUP BY 1
-- flying_without_set with {"days": 3}
SELECT list(replace(f.name, 'IGS ', '') || ' of ' || year(launch_date) ORDER BY f.row_id)
FROM fleet f, (SELECT max(year) AS year, max(start) AS start FROM starts) l
WHERE f.function IN ('optical imaging', 'radar imaging') AND state = 'flying' AND launch_date < l.start
  AND f.name NOT IN (SELECT name FROM newest WHERE year = l.year)
-- known_to with {"days": 3}
SELECT day FROM known
-- in_service with {"days": 3}
SELECT count(*) FROM fleet, known WHERE function IN ('optical imaging', 'radar imaging')
  AND outcome = 'success' AND launch_date <= day
  AND (end_date IS NULL OR end_date > day) AND NOT (state = 'unknown' AND state_as_of < day)
-- states_read with {"days": 3}
SELECT [min(state_as_of), max(state_as_of)] FROM fleet WHERE launch_date IS NOT NULL
  AND outcome = 'success'
-- first_launches with {"days": 3}
SELECT list(launch_date ORDER BY launch_date)[:4] FROM fleet WHERE outcome = 'success'
-- third_generation_launches with {"days": 3}
SELECT name AS key, launch_date FROM fleet WHERE generation IN ('optical gen 3', 'radar gen 3')
  AND launch_date < DATE '2020-07-01'
-- lost_at_launch with {"days": 3}
SELECT count(*) FROM fleet WHERE state = 'lost'
-- planned with {"days": 3}
SELECT count(*) FROM fleet WHERE state = 'planned'
-- firms_without_set with {"days": 3}
SELECT count(*) FROM space_systems.satellites WHERE programme IN ('iQPS', 'Synspective')
  AND state = 'flying'
  AND name NOT IN (SELECT name FROM space_systems.elements)
-- fleet_in_2020 with {"days": 3}
SELECT count(*) FILTER (function = 'optical imaging') AS "optical imaging",
  count(*) FILTER (function = 'radar imaging') AS "radar imaging"
FROM fleet LEFT JOIN ends USING (row_id) WHERE outcome = 'success' AND launch_date <= DATE '2020-07-01'
  AND (day IS NULL OR day > DATE '2020-07-01')
-- fleet_in_2020_by_operation with {"days": 3}
WITH ends AS (
SELECT satellite_id AS row_id, min(date) AS day FROM space_systems.service_ends
  WHERE kind = 'last operation' GROUP BY 1
)
SELECT count(*) FILTER (function = 'optical imaging') AS "optical imaging",
  count(*) FILTER (function = 'radar imaging') AS "radar imaging"
FROM fleet LEFT JOIN ends USING (row_id) WHERE outcome = 'success' AND launch_date <= DATE '2020-07-01'
  AND (day IS NULL OR day > DATE '2020-07-01')
-- median_life_years with {"days": 3}
SELECT min(years) FROM curve WHERE s <= 0.5
-- five_year_survival_percent with {"days": 3}
SELECT 100 * last(s ORDER BY years) FROM curve WHERE years <= 5
-- ends_apart_years with {"days": 3}
WITH others AS (
SELECT satellite_id AS row_id, min(date) AS day FROM space_systems.service_ends
  WHERE kind = 'last operation' GROUP BY 1
), apart AS (
SELECT name, abs(date_diff('day', ends.day, others.day)) / 365.25 AS years
  FROM space_systems.satellites JOIN ends USING (row_id) JOIN others USING (row_id)
  WHERE programme = 'IGS' AND function <> 'data relay'
)
SELECT name AS key, years FROM apart WHERE years > 0
-- days_without_radar with {"days": 3}
SELECT count(*) FROM (SELECT unnest(generate_series(
    (SELECT min(launch_date) FROM fleet WHERE function = 'radar imaging' AND outcome = 'success'),
    (SELECT day FROM known), INTERVAL 1 DAY)) AS d)
WHERE NOT EXISTS (FROM fleet WHERE function = 'radar imaging' AND outcome = 'success'
  AND launch_date <= d AND (end_date IS NULL OR end_date >= d))
