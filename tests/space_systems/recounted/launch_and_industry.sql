-- let whole
SELECT max(year) AS last FROM (SELECT year, bool_and(year(counted_to) > year) AS over
  FROM space_systems.payloads_by_state_year GROUP BY year) WHERE over
-- let ways
SELECT k, exp(lgamma(a + 1) - lgamma(k + 1) - lgamma(a - k + 1)
    + lgamma(b + 1) - lgamma(f - k + 1) - lgamma(b - f + k + 1)) AS w
  FROM n, LATERAL (SELECT unnest(range(0, f + 1)) AS k) WHERE k <= a AND f - k <= b
-- attempts
SELECT count(*) FROM space_systems.launches
-- outcomes
SELECT count(*) FILTER (outcome = 'success') AS success, count(*) FILTER (outcome = 'partial') AS
  partial,
  count(*) FILTER (outcome = 'failure') AS failure
FROM space_systems.launches
-- first_success
SELECT min(date) FROM space_systems.launches WHERE outcome = 'success'
-- last_attempt
SELECT max(date) FROM space_systems.launches
-- attempts_last_five_years
SELECT count(*) FROM space_systems.launches
WHERE date >= (SELECT max(date) FROM space_systems.launches) - INTERVAL 5 YEAR
-- record
SELECT [count(*) FILTER (outcome = 'success'), count(*)] FROM space_systems.launches
  WHERE vehicle = 'H3'
-- success_percent
SELECT 100.0 * count(*) FILTER (outcome = 'success') / count(*)
FROM space_systems.launches WHERE vehicle = 'H3'
-- compared_record
SELECT [count(*) FILTER (outcome = 'success'), count(*)] FROM space_systems.launches
  WHERE vehicle = 'H-IIA'
-- record with {"vehicle": "Mu", "compare_with": "Lambda", "partial_counts_as": "success"}
SELECT [count(*) FILTER (outcome IN ('success', 'partial')), count(*)]
FROM space_systems.launches WHERE vehicle = 'Mu'
-- success_percent with {"vehicle": "Mu", "compare_with": "Lambda", "partial_counts_as": "success"}
SELECT 100.0 * count(*) FILTER (outcome IN ('success', 'partial')) / count(*)
FROM space_systems.launches WHERE vehicle = 'Mu'
-- compared_record with {"vehicle": "Mu", "compare_with": "Lambda", "partial_counts_as": "success"}
SELECT [count(*) FILTER (outcome IN ('success', 'partial')), count(*)]
FROM space_systems.launches WHERE vehicle = 'Lambda'
-- compared_first_flights with {"vehicle": "Mu", "compare_with": "Lambda", "partial_counts_as": "success"}
SELECT [count(*) FILTER (outcome IN ('success', 'partial')), count(*)]
FROM (SELECT * FROM space_systems.launches WHERE vehicle = 'Lambda' ORDER BY date, row_id
  LIMIT (SELECT count(*) FROM space_systems.launches WHERE vehicle = 'Mu'))
-- record with {"vehicle": "Mu", "compare_with": "Lambda"}
SELECT [count(*) FILTER (outcome = 'success'), count(*)] FROM space_systems.launches
  WHERE vehicle = 'Mu'
-- compared_first_flights
SELECT [count(*) FILTER (outcome = 'success'), count(*)]
FROM (SELECT * FROM space_systems.launches WHERE vehicle = 'H-IIA' ORDER BY date, row_id
  LIMIT (SELECT count(*) FROM space_systems.launches WHERE vehicle = 'H3'))
-- p_value_all
WITH n AS (SELECT count(*) FILTER (vehicle = 'H3') AS a, count(*) FILTER (vehicle = 'H-IIA') AS b,
    count(*) FILTER (vehicle IN ('H3', 'H-IIA') AND outcome <> 'success') AS f,
    count(*) FILTER (vehicle = 'H3' AND outcome <> 'success') AS seen FROM space_systems.launches),
ways AS (SELECT k, exp(lgamma(a + 1) - lgamma(k + 1) - lgamma(a - k + 1)
    + lgamma(b + 1) - lgamma(f - k + 1) - lgamma(b - f + k + 1)) AS w
  FROM n, LATERAL (SELECT unnest(range(0, f + 1)) AS k) WHERE k <= a AND f - k <= b)
SELECT sum(w) FILTER (w <= (SELECT w FROM ways, n WHERE k = seen) * (1 + 1e-9)) / sum(w) FROM ways
-- p_value_first with {"vehicle": "Lambda", "compare_with": "Mu", "partial_counts_as": "success"}
WITH own AS (SELECT outcome IN ('success', 'partial') AS good FROM space_systems.launches
  WHERE vehicle = 'Lambda'),
early AS (SELECT outcome IN ('success', 'partial') AS good FROM space_systems.launches
  WHERE vehicle = 'Mu'
  ORDER BY date, row_id LIMIT (SELECT count(*) FROM own)),
n AS (SELECT (SELECT count(*) FROM own) AS a, (SELECT count(*) FROM early) AS b,
    (SELECT count(*) FROM own WHERE NOT good) AS seen,
    (SELECT count(*) FROM (FROM own UNION ALL FROM early) WHERE NOT good) AS f),
ways AS (SELECT k, exp(lgamma(a + 1) - lgamma(k + 1) - lgamma(a - k + 1)
    + lgamma(b + 1) - lgamma(f - k + 1) - lgamma(b - f + k + 1)) AS w
  FROM n, LATERAL (SELECT unnest(range(0, f + 1)) AS k) WHERE k <= a AND f - k <= b)
SELECT sum(w) FILTER (w <= (SELECT w FROM ways, n WHERE k = seen) * (1 + 1e-9)) / sum(w) FROM ways
-- chance_of_as_many_failures
WITH n AS (
SELECT count(*) FILTER (vehicle = 'H3') AS a,
    count(*) FILTER (vehicle = 'H3' AND outcome <> 'success') AS seen,
    count(*) FILTER (vehicle = 'H-IIA' AND outcome <> 'success')
      / count(*) FILTER (vehicle = 'H-IIA')::DOUBLE AS q FROM space_systems.launches
)
SELECT sum(exp(lgamma(a + 1) - lgamma(k + 1) - lgamma(a - k + 1)) * pow(q, k) * pow(1 - q, a - k))
FROM n, LATERAL (SELECT unnest(range(seen, a + 1)) AS k)
-- own_launch_security
SELECT [count(*) FILTER (launch_state = 'Japan'), count(*)] FROM space_systems.satellites
WHERE sector = 'government security' AND state <> 'planned' AND launch_state IS NOT NULL
-- own_launch_civil
SELECT [count(*) FILTER (launch_state = 'Japan'), count(*)] FROM space_systems.satellites
WHERE sector = 'government civil' AND state <> 'planned' AND launch_state IS NOT NULL
-- own_launch_commercial
SELECT [count(*) FILTER (launch_state = 'Japan'), count(*)] FROM space_systems.satellites
WHERE sector = 'commercial' AND state <> 'planned' AND launch_state IS NOT NULL
-- security_lost_on_own
SELECT count(*) FROM space_systems.satellites
WHERE sector = 'government security' AND launch_state = 'Japan' AND state = 'lost'
-- commercial_lost_on_own
SELECT count(*) FROM space_systems.satellites
WHERE sector = 'commercial' AND launch_state = 'Japan' AND state = 'lost'
-- commercial_by_state
SELECT launch_state AS key, count(*) FROM space_systems.satellites
WHERE sector = 'commercial' AND state <> 'planned' AND launch_state IS NOT NULL GROUP BY 1
-- lost_on_own_launchers
SELECT list(name ORDER BY name) FROM space_systems.satellites
WHERE sector <> 'commercial' AND launch_state = 'Japan' AND state = 'lost'
-- first_reconnaissance_pair
SELECT min(launch_date) FROM space_systems.satellites WHERE programme = 'IGS' AND state <> 'lost'
-- kirameki
SELECT name AS key, launch_date FROM space_systems.satellites
WHERE programme = 'Kirameki' AND launch_date IS NOT NULL
-- kirameki_3_months_late
SELECT date_diff('day', m.date + INTERVAL 1 YEAR - INTERVAL 1 DAY, s.launch_date) / (365.25 / 12)
FROM space_systems.military_communications m, space_systems.satellites s
WHERE m.row_id = 'milcom-k3-plan-start' AND s.name = 'Kirameki-3'
-- kirameki_1_years_from_tender
SELECT date_diff('day', m.date, s.launch_date) / 365.25
FROM space_systems.military_communications m, space_systems.satellites s
WHERE m.event = 'tender' AND s.name = 'Kirameki-1'
-- alos_3
SELECT launch_date FROM space_systems.satellites WHERE name = 'ALOS-3'
-- slats_end
SELECT end_date FROM space_systems.satellites WHERE name = 'SLATS'
-- radar_launched
SELECT programme AS key, count(*) FROM space_systems.satellites
WHERE programme IN ('iQPS', 'Synspective') AND launch_date IS NOT NULL GROUP BY 1
-- radar_working
WITH built AS (
SELECT * FROM space_systems.satellites
  WHERE programme IN ('iQPS', 'Synspective') AND launch_date IS NOT NULL
)
SELECT programme AS key, count(*) FROM built
WHERE state NOT IN ('lost', 'unknown')
  AND (end_date IS NULL OR end_date > (SELECT max(launch_date) FROM built)) GROUP BY 1
-- radar_last_year
WITH built AS (
SELECT * FROM space_systems.satellites WHERE programme IN ('iQPS', 'Synspective')
)
SELECT count(*) FROM built
WHERE launch_date > (SELECT max(launch_date) FROM built) - INTERVAL 1 YEAR
-- radar_without_day
SELECT coalesce(list(year(launch_date) ORDER BY launch_date), []) FROM space_systems.satellites
WHERE programme IN ('iQPS', 'Synspective') AND date_precision = 'year' AND launch_date IS NOT NULL
-- payloads_by_class
SELECT coalesce(sum(payloads) FILTER (payload_class = 'defence'), 0) AS defence,
  coalesce(sum(payloads) FILTER (payload_class = 'civil'), 0) AS civil,
  coalesce(sum(payloads) FILTER (payload_class = 'business'), 0) AS business,
  coalesce(sum(payloads) FILTER (payload_class = 'amateur or academic'), 0) AS "amateur or academic"
FROM space_systems.payloads_by_state_year, whole
WHERE state = 'Japan' AND year BETWEEN 2015 AND last
-- payloads_by_class with {"first_year": 1970, "last_year": 1990}
SELECT coalesce(sum(payloads) FILTER (payload_class = 'defence'), 0) AS defence,
  coalesce(sum(payloads) FILTER (payload_class = 'civil'), 0) AS civil,
  coalesce(sum(payloads) FILTER (payload_class = 'business'), 0) AS business,
  coalesce(sum(payloads) FILTER (payload_class = 'amateur or academic'), 0) AS "amateur or academic"
FROM space_systems.payloads_by_state_year
WHERE state = 'Japan' AND year BETWEEN 1970 AND 1990
-- payloads_by_class with {"first_year": 1957, "last_year": 1969}
SELECT 0 AS defence, 0 AS civil, 0 AS business, 0 AS "amateur or academic"
FROM (SELECT count(*) AS n FROM space_systems.payloads_by_state_year WHERE state = 'Japan'
  AND year < 1970)
WHERE n = 0
-- payloads_part_counted
SELECT coalesce(max(counted_to)::VARCHAR, '') FROM space_systems.payloads_by_state_year
WHERE year(counted_to) <= year
-- defence_rank
WITH flown AS (
SELECT state, coalesce(sum(payloads) FILTER (payload_class = 'defence'), 0) AS n
  FROM space_systems.payloads_by_state_year, whole WHERE year BETWEEN 2015 AND last GROUP BY state
)
SELECT [1 + count(*) FILTER (n > (SELECT n FROM flown WHERE state = 'Japan')), count(*)] FROM flown
-- defence_rank with {"first_year": 1990, "last_year": 2010}
WITH flown AS (
SELECT state, coalesce(sum(payloads) FILTER (payload_class = 'defence'), 0) AS n
  FROM space_systems.payloads_by_state_year WHERE year BETWEEN 1990 AND 2010 GROUP BY state
)
SELECT [1 + count(*) FILTER (n > (SELECT n FROM flown WHERE state = 'Japan')), count(*)] FROM flown
