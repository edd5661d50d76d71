-- let rejected_too
SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
-- let statements_too
SELECT *, row_number() OVER () AS place,
        coalesce(launch_id, report_date::VARCHAR) || missile_label AS flight
    FROM missile_warning.observer_reports WHERE row_id NOT IN (FROM rejected_too)
-- let firsts_too
SELECT * FROM statements_too QUALIFY row_number() OVER (PARTITION BY flight, observer ORDER BY place) = 1
-- let pairs_too
SELECT kr.launch_id, kr.range_km AS km, kr.range_km - jp.range_km AS gap,
        coalesce(kr.apogee_km, jp.apogee_km) AS top
    FROM firsts_too kr JOIN firsts_too jp USING (flight)
    WHERE kr.observer = 'KR' AND jp.observer = 'JP' AND kr.range_km IS NOT NULL AND jp.range_km IS NOT NULL
-- let chances_too
SELECT x, exp(lgamma(low + 1) - lgamma(x + 1) - lgamma(low - x + 1)
        + lgamma(n - low + 1) - lgamma(short - x + 1) - lgamma(n - low - short + x + 1)
        - lgamma(n + 1) + lgamma(short + 1) + lgamma(n - short + 1)) AS chance
    FROM square_too, (SELECT unnest(generate_series(both_, least(low, short))) AS x FROM square_too)
    WHERE short - x <= n - low
-- let rejected
SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
-- let statements
SELECT *, row_number() OVER () AS place,
        coalesce(launch_id, report_date::VARCHAR) || missile_label AS flight
    FROM missile_warning.observer_reports WHERE row_id NOT IN (FROM rejected)
-- let firsts
SELECT * FROM statements QUALIFY row_number() OVER (PARTITION BY flight, observer ORDER BY place) = 1
-- let pairs
SELECT kr.launch_id, kr.range_km AS km, kr.range_km - jp.range_km AS gap,
        coalesce(kr.apogee_km, jp.apogee_km) AS top
    FROM firsts kr JOIN firsts jp USING (flight)
    WHERE kr.observer = 'KR' AND jp.observer = 'JP' AND kr.range_km IS NOT NULL AND jp.range_km IS NOT NULL
-- let points
SELECT c.*, i, i * 0.0025 AS share, 4 * top * share * (1 - share) AS height,
        radians(s.latitude_deg) AS lat0, radians(bearing_deg) AS way, share * km / 6371.0 AS arc,
        asin(sin(lat0) * cos(arc) + cos(lat0) * sin(arc) * cos(way)) AS lat,
        radians(s.longitude_deg)
        + atan2(sin(way) * sin(arc) * cos(lat0), cos(arc) - sin(lat0) * sin(lat)) AS lon
    FROM pairs c JOIN missile_warning.launches l ON l.row_id = c.launch_id
        JOIN missile_warning.launch_sites s ON s.row_id = l.site_id,
        (SELECT unnest(generate_series(0, 400)) AS i)
    WHERE bearing_deg IS NOT NULL AND top IS NOT NULL
-- let sights
SELECT p.*, 2 * 6371.0088 * asin(sqrt(sin((lat - radians(r.latitude_deg)) / 2) ^ 2
        + cos(lat) * cos(radians(r.latitude_deg)) * sin((lon - radians(r.longitude_deg)) / 2) ^ 2)) AS away,
        greatest(away - sqrt(2 * 1.0 * 6371.0 * coalesce(r.height_m, 0) / 1000), 0) AS beyond,
        height > beyond * beyond / (2 * 1.0 * 6371.0) AS seen
    FROM points p, missile_warning.radar_sites r WHERE operator = 'JP'
-- let sights with {"rays": "enlarged Earth"}
SELECT p.*, 2 * 6371.0088 * asin(sqrt(sin((lat - radians(r.latitude_deg)) / 2) ^ 2
        + cos(lat) * cos(radians(r.latitude_deg)) * sin((lon - radians(r.longitude_deg)) / 2) ^ 2)) AS away,
        greatest(away - sqrt(2 * 4.0 / 3 * 6371.0 * coalesce(r.height_m, 0) / 1000), 0) AS beyond,
        height > beyond * beyond / (2 * 4.0 / 3 * 6371.0) AS seen
    FROM points p, missile_warning.radar_sites r WHERE operator = 'JP'
-- let ends
SELECT launch_id, gap, km * (1 - coalesce(max(share) FILTER (WHERE seen), 0)) AS hidden
    FROM sights GROUP BY launch_id, gap, km, top
-- launches_on_record
SELECT count(*) FROM missile_warning.launches
-- newest_launch
SELECT max(launch_date) FROM missile_warning.launches
-- second_statements
SELECT (SELECT count(*) FROM statements) - (SELECT count(*) FROM firsts)
-- pairs
SELECT count(*) FROM pairs
-- shortfall_cases
SELECT count(*) FROM pairs WHERE gap > 100
-- shortfall_cases_low
SELECT count(*) FROM pairs WHERE gap > 100 AND top <= 60
-- excess_cases
SELECT count(*) FROM pairs WHERE gap < -100
-- low_flight_p
WITH rejected_too AS (
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
), statements_too AS (
    SELECT *, row_number() OVER () AS place,
        coalesce(launch_id, report_date::VARCHAR) || missile_label AS flight
    FROM missile_warning.observer_reports WHERE row_id NOT IN (FROM rejected_too)
), firsts_too AS (
SELECT * FROM statements_too QUALIFY row_number() OVER (PARTITION BY flight, observer ORDER BY place) = 1
), pairs_too AS (
SELECT kr.launch_id, kr.range_km AS km, kr.range_km - jp.range_km AS gap,
        coalesce(kr.apogee_km, jp.apogee_km) AS top
    FROM firsts_too kr JOIN firsts_too jp USING (flight)
    WHERE kr.observer = 'KR' AND jp.observer = 'JP' AND kr.range_km IS NOT NULL AND jp.range_km IS NOT NULL
), square_too AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE gap > 100) AS short,
        count(*) FILTER (WHERE top <= 60) AS low, count(*) FILTER (WHERE gap > 100 AND top <= 60) AS both_
    FROM pairs_too
), chances_too AS (
    SELECT x, exp(lgamma(low + 1) - lgamma(x + 1) - lgamma(low - x + 1)
        + lgamma(n - low + 1) - lgamma(short - x + 1) - lgamma(n - low - short + x + 1)
        - lgamma(n + 1) + lgamma(short + 1) + lgamma(n - short + 1)) AS chance
    FROM square_too, (SELECT unnest(generate_series(both_, least(low, short))) AS x FROM square_too)
    WHERE short - x <= n - low
)
SELECT sum(chance) FROM chances_too
-- shortfall_cases with {"shortfall_km": 20}
SELECT count(*) FROM pairs WHERE gap > 20
-- shortfall_cases_low with {"shortfall_km": 20}
SELECT count(*) FROM pairs WHERE gap > 20 AND top <= 60
-- excess_cases with {"shortfall_km": 20}
SELECT count(*) FROM pairs WHERE gap < -20
-- low_flight_p with {"shortfall_km": 20}
WITH rejected_too AS (
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
), statements_too AS (
    SELECT *, row_number() OVER () AS place,
        coalesce(launch_id, report_date::VARCHAR) || missile_label AS flight
    FROM missile_warning.observer_reports WHERE row_id NOT IN (FROM rejected_too)
), firsts_too AS (
SELECT * FROM statements_too QUALIFY row_number() OVER (PARTITION BY flight, observer ORDER BY place) = 1
), pairs_too AS (
SELECT kr.launch_id, kr.range_km AS km, kr.range_km - jp.range_km AS gap,
        coalesce(kr.apogee_km, jp.apogee_km) AS top
    FROM firsts_too kr JOIN firsts_too jp USING (flight)
    WHERE kr.observer = 'KR' AND jp.observer = 'JP' AND kr.range_km IS NOT NULL AND jp.range_km IS NOT NULL
), square_too AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE gap > 20) AS short,
        count(*) FILTER (WHERE top <= 60) AS low, count(*) FILTER (WHERE gap > 20 AND top <= 60) AS both_
    FROM pairs_too
), chances_too AS (
    SELECT x, exp(lgamma(low + 1) - lgamma(x + 1) - lgamma(low - x + 1)
        + lgamma(n - low + 1) - lgamma(short - x + 1) - lgamma(n - low - short + x + 1)
        - lgamma(n + 1) + lgamma(short + 1) + lgamma(n - short + 1)) AS chance
    FROM square_too, (SELECT unnest(generate_series(both_, least(low, short))) AS x FROM square_too)
    WHERE short - x <= n - low
)
SELECT sum(chance) FROM chances_too
-- shortfall_cases with {"shortfall_km": 170}
SELECT count(*) FROM pairs WHERE gap > 170
-- shortfall_cases_low with {"shortfall_km": 170}
SELECT count(*) FROM pairs WHERE gap > 170 AND top <= 60
-- excess_cases with {"shortfall_km": 170}
SELECT count(*) FROM pairs WHERE gap < -170
-- low_flight_p with {"shortfall_km": 170}
WITH rejected_too AS (
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
), statements_too AS (
    SELECT *, row_number() OVER () AS place,
        coalesce(launch_id, report_date::VARCHAR) || missile_label AS flight
    FROM missile_warning.observer_reports WHERE row_id NOT IN (FROM rejected_too)
), firsts_too AS (
SELECT * FROM statements_too QUALIFY row_number() OVER (PARTITION BY flight, observer ORDER BY place) = 1
), pairs_too AS (
SELECT kr.launch_id, kr.range_km AS km, kr.range_km - jp.range_km AS gap,
        coalesce(kr.apogee_km, jp.apogee_km) AS top
    FROM firsts_too kr JOIN firsts_too jp USING (flight)
    WHERE kr.observer = 'KR' AND jp.observer = 'JP' AND kr.range_km IS NOT NULL AND jp.range_km IS NOT NULL
), square_too AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE gap > 170) AS short,
        count(*) FILTER (WHERE top <= 60) AS low, count(*) FILTER (WHERE gap > 170 AND top <= 60) AS both_
    FROM pairs_too
), chances_too AS (
    SELECT x, exp(lgamma(low + 1) - lgamma(x + 1) - lgamma(low - x + 1)
        + lgamma(n - low + 1) - lgamma(short - x + 1) - lgamma(n - low - short + x + 1)
        - lgamma(n + 1) + lgamma(short + 1) + lgamma(n - short + 1)) AS chance
    FROM square_too, (SELECT unnest(generate_series(both_, least(low, short))) AS x FROM square_too)
    WHERE short - x <= n - low
)
SELECT sum(chance) FROM chances_too
-- horizon_km with {"rays": "enlarged Earth"}
SELECT h || ' km' AS key, sqrt(2 * 4.0 / 3 * 6371.0 * h) + sqrt(2 * 4.0 / 3 * 6371.0 * 0.5)
FROM (VALUES (20), (40), (60), (100), (300)) AS heights(h)
-- rule_excess_km with {"rays": "enlarged Earth"}
SELECT h || ' km' AS key, (sqrt(4.0 / 3) - sqrt(4.0 / 3)) * (sqrt(2 * 6371.0 * h) + sqrt(2 * 6371.0 * 0.5))
FROM (VALUES (20), (40), (60), (100), (300)) AS heights(h)
-- hidden_end_km with {"rays": "enlarged Earth"}
SELECT [min(hidden), max(hidden)] FROM ends WHERE gap > 100
-- explained_percent with {"rays": "enlarged Earth"}
SELECT 100 * sum(hidden) / sum(gap) FROM ends WHERE gap > 100
-- horizon_km with {"rays": "enlarged Earth", "refraction_factor": 1, "shortfall_km": 20}
SELECT h || ' km' AS key, sqrt(2 * 1.0 * 6371.0 * h) + sqrt(2 * 1.0 * 6371.0 * 0.5)
FROM (VALUES (20), (40), (60), (100), (300)) AS heights(h)
-- rule_excess_km with {"rays": "enlarged Earth", "refraction_factor": 1, "shortfall_km": 20}
SELECT h || ' km' AS key, (sqrt(4.0 / 3) - sqrt(1.0)) * (sqrt(2 * 6371.0 * h) + sqrt(2 * 6371.0 * 0.5))
FROM (VALUES (20), (40), (60), (100), (300)) AS heights(h)
-- hidden_end_km with {"rays": "enlarged Earth", "refraction_factor": 1, "shortfall_km": 20}
SELECT [min(hidden), max(hidden)] FROM ends WHERE gap > 20
-- explained_percent with {"rays": "enlarged Earth", "refraction_factor": 1, "shortfall_km": 20}
SELECT 100 * sum(hidden) / sum(gap) FROM ends WHERE gap > 20
-- rank_correlation with {"rays": "enlarged Earth", "refraction_factor": 1, "shortfall_km": 20}
WITH ranks AS (
SELECT rank() OVER (ORDER BY gap) + (count(*) OVER (PARTITION BY gap) - 1) / 2 AS one,
        rank() OVER (ORDER BY hidden) + (count(*) OVER (PARTITION BY hidden) - 1) / 2 AS other
    FROM ends
)
SELECT corr(one, other) FROM ranks
