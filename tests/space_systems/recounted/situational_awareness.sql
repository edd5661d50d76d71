-- let sites
SELECT * FROM space_systems.sensors WHERE watches = 'deep space'
  AND longitude_deg IS NOT NULL
  AND status = 'in use' AND kind <> 'optical sensor in orbit'
-- let belt
SELECT 40 + 0.05::DOUBLE * i AS lon FROM range(0, 4000) t(i)
-- let angles
SELECT lon, cos(radians(latitude_deg)) * cos(radians(lon - longitude_deg)) AS c
  FROM belt, sites
  WHERE state = 'United States'
-- let angles with {"minimum_elevation_deg": 30, "without": ["maui"]}
SELECT lon, cos(radians(latitude_deg)) * cos(radians(lon - longitude_deg)) AS c
  FROM belt, sites
  WHERE state = 'United States' AND sensor_id <> 'maui'
-- let best
SELECT lon, max(degrees(atan2(c - 6378.137 / 42164.17, sqrt(1 - c * c)))) AS height
  FROM angles GROUP BY 1
-- let blind
SELECT lon, round(lon * 20) - row_number() OVER (ORDER BY lon) AS run FROM best
  WHERE height < 20
-- let blind with {"minimum_elevation_deg": 30, "without": ["maui"]}
SELECT lon, round(lon * 20) - row_number() OVER (ORDER BY lon) AS run FROM best
  WHERE height < 30
-- let stretch
SELECT min(lon) AS low, max(lon) AS high FROM blind GROUP BY run
  ORDER BY greatest(min(lon) - 135, 135 - max(lon), 0) LIMIT 1
-- let shells
SELECT altitude_low_km AS low, altitude_high_km AS high, objects_time_mean
    / (4 / 3.0 * pi() * (pow(6378.137 + altitude_high_km, 3) - pow(6378.137 + altitude_low_km, 3)))
    * 10 * 1e-6 * 365.25 * 86400 AS flux FROM space_systems.shell_counts
  WHERE epoch_date = (SELECT max(epoch_date)
  FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.shell_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- let shells with {"satellite": "ALOS-2", "relative_speed_km_s": 14}
SELECT altitude_low_km AS low, altitude_high_km AS high, objects_time_mean
    / (4 / 3.0 * pi() * (pow(6378.137 + altitude_high_km, 3) - pow(6378.137 + altitude_low_km, 3)))
    * 14 * 1e-6 * 365.25 * 86400 AS flux FROM space_systems.shell_counts
  WHERE epoch_date = (SELECT max(epoch_date)
  FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.shell_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- let met
SELECT avg(flux) AS flux FROM shells, space_systems.satellites
  WHERE name = 'IGS Optical-6' AND high > perigee_km AND low < apogee_km
-- let met with {"satellite": "ALOS-2", "relative_speed_km_s": 14}
SELECT avg(flux) AS flux FROM shells, space_systems.satellites
  WHERE name = 'ALOS-2' AND high > perigee_km AND low < apogee_km
-- let listed
SELECT date, value FROM space_systems.fengyun_milestones WHERE measure = 'catalogued'
-- let shares
SELECT CASE date_precision WHEN 'month' THEN m.date + INTERVAL 14 DAY
    WHEN 'year' THEN make_date(year(m.date), 7, 1) ELSE m.date END::DATE AS day, m.date
  FROM space_systems.fengyun_milestones m WHERE m.measure = 'in orbit percent'
    OR (m.measure = 'in orbit' AND m.date IN (SELECT date FROM listed))
-- let asked
SELECT day FROM shares UNION ALL
  SELECT max(snapshot_date) FROM space_systems.debris_counts WHERE family = 'fengyun-1c'
-- let since
SELECT event, min(CASE date_precision WHEN 'month' THEN date + INTERVAL 14 DAY
    WHEN 'year' THEN make_date(year(date), 7, 1) ELSE date END) AS day
  FROM space_systems.destructive_events GROUP BY 1
-- let pieces
SELECT d.family, d.snapshot_date, d.objects FROM space_systems.debris_counts d JOIN since
  ON event = CASE WHEN family IN ('cosmos-2251', 'iridium-33') THEN 'cosmos-iridium' ELSE family END
    AND snapshot_date >= day
-- family_peaks
SELECT family AS key, max(objects) FROM pieces GROUP BY 1
-- family_last
SELECT family AS key, arg_max(objects, snapshot_date) FROM pieces GROUP BY 1
-- debris_counted
SELECT max(snapshot_date) FROM pieces
-- fengyun_2017
SELECT [min(objects), max(objects)] FROM space_systems.debris_counts
WHERE family = 'fengyun-1c' AND year(snapshot_date) = 2017
-- fengyun_catalogued
SELECT max(value) FROM space_systems.fengyun_milestones WHERE measure = 'catalogued'
-- fengyun_in_orbit_percent
SELECT 100.0 * arg_max(objects, snapshot_date)
  / (SELECT max(value) FROM space_systems.fengyun_milestones WHERE measure = 'catalogued')
FROM space_systems.debris_counts WHERE family = 'fengyun-1c'
-- catalogued_mid_2020
SELECT arg_min(objects, snapshot_date) FROM space_systems.debris_counts
WHERE family = 'all' AND year(snapshot_date) = 2020 AND month(snapshot_date) = 7
-- asked_dates
SELECT list(day ORDER BY day) FROM asked
-- sun_density_factor
WITH years AS (
SELECT make_date(year, 1, 1) AS from_day, make_date(year + 1, 1, 1) AS to_day, density_kg_m3
  AS rho
  FROM space_systems.thermosphere WHERE altitude_km = 800
), shared AS (
SELECT day, rho, greatest(date_diff('day', greatest(from_day, DATE '2007-01-11'),
  least(to_day, day)), 0) AS days FROM asked, years
)
SELECT strftime(day, '%Y-%m') AS key, sum(rho * days) / (SELECT density_kg_m3
  FROM space_systems.atmosphere
  WHERE base_altitude_km = 800) / date_diff('day', DATE '2007-01-11', day) FROM shared GROUP BY day
-- counts_unpaired
SELECT coalesce(list([date::VARCHAR, value::BIGINT::VARCHAR] ORDER BY date), [])
FROM space_systems.fengyun_milestones WHERE date > (SELECT max(day) FROM shares)
-- further_promises
SELECT count(*) FROM space_systems.commitments WHERE domain = 'situational awareness'
  AND row_id NOT IN ('commitment-ssa-system', 'commitment-sda-satellite', 'commitment-qzss-payloads')
-- satellites_without_orbit
SELECT count(*) FROM space_systems.satellites
WHERE programme IN ('IGS', 'ALOS', 'iQPS', 'Synspective') AND state IN ('flying', 'unknown')
  AND apogee_km IS NULL
-- fragments_counted
SELECT (SELECT max(epoch_date) FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.fengyun_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- belt_counted
SELECT (SELECT max(epoch_date) FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.belt_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- fragments
SELECT max(objects) FROM space_systems.fengyun_counts
WHERE epoch_date = (SELECT max(epoch_date)
  FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.fengyun_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- crossing_480_630_km
SELECT objects FROM space_systems.fengyun_counts WHERE "set" = 'crosses 480 to 630 km'
  AND epoch_date = (SELECT max(epoch_date)
  FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.fengyun_counts GROUP BY 1) WHERE n >= 0.9 * most)
-- impulse_spread_m_s
WITH speeds AS (
SELECT 1000 * sqrt(398600.4418 * (2 / (6378.137 + (843 + 862) / 2)
  - 1 / cbrt(398600.4418 * pow(period_min * 60 / (2 * pi()), 2)))) AS v
  FROM space_systems.fengyun_sample
  WHERE epoch_date = (SELECT max(epoch_date)
  FROM (SELECT epoch_date, count(*) AS n, max(count(*)) OVER () AS most
    FROM space_systems.fengyun_sample GROUP BY 1) WHERE n >= 0.9 * most)
)
SELECT (quantile_cont(v, 0.84) - quantile_cont(v, 0.16)) / 2 FROM speeds
-- flux_per_m2_year
-- flux_per_m2_year with {"satellite": "ALOS-2", "relative_speed_km_s": 14}
SELECT flux FROM met
-- hit_percent
SELECT -100 * (exp(-flux * 20 * 5) - 1) FROM met
-- share_of_peak_percent
-- share_of_peak_percent with {"satellite": "ALOS-2", "relative_speed_km_s": 14}
SELECT 100 * flux / (SELECT max(flux) FROM shells) FROM met
-- elevation_at_135e
WITH angles AS (
SELECT name, cos(radians(latitude_deg)) * cos(radians(135 - longitude_deg)) AS c FROM sites
)
SELECT name AS key, degrees(atan2(c - 6378.137 / 42164.17, sqrt(1 - c * c))) FROM angles
-- us_telescopes
SELECT list(name ORDER BY name) FROM sites WHERE state = 'United States'
-- us_telescopes with {"minimum_elevation_deg": 30, "without": ["maui"]}
SELECT list(name ORDER BY name) FROM sites WHERE state = 'United States' AND sensor_id <> 'maui'
-- gap_us_deg
-- gap_us_deg with {"minimum_elevation_deg": 30, "without": ["maui"]}
SELECT high - low + 0.05 FROM stretch
-- gap_deg
-- gap_deg with {"minimum_elevation_deg": 30, "without": ["maui"]}
SELECT [round(low, 2), round(high, 2)] FROM stretch
-- gap_width_deg
WITH levels AS (
SELECT unnest([5, 10, 15, 20, 25, 30]) AS e
), blind AS (
SELECT e, lon, round(lon * 20) - row_number() OVER (PARTITION BY e ORDER BY lon) AS run
  FROM best, levels WHERE height < e
), stretches AS (
SELECT e, run, max(lon) - min(lon) + 0.05 AS width,
    greatest(min(lon) - 135, 135 - max(lon), 0) AS off FROM blind GROUP BY e, run
)
SELECT e AS key, coalesce(arg_min(width, off) FILTER (off < 40), 0) FROM levels
  LEFT JOIN stretches USING (e)
GROUP BY 1
-- gap_opens_at_deg
SELECT floor(2 * min(height) FILTER (abs(lon - 135) < 40)) / 2 + 0.5 FROM best
-- gap_opens_with_deg
WITH steps AS (
SELECT unnest(['US telescopes', 'with Exmouth (2022)', 'with Japan', 'all partners']) AS
  step
), angles AS (
SELECT step, lon, cos(radians(latitude_deg)) * cos(radians(lon - longitude_deg)) AS c
  FROM belt, steps, sites WHERE state = 'United States'
    OR (step IN ('with Exmouth (2022)', 'all partners') AND sensor_id = 'exmouth-telescope')
    OR (step IN ('with Japan', 'all partners') AND state = 'Japan')
    OR (step = 'all partners' AND state = 'India')
), best AS (
SELECT step, lon, max(degrees(atan2(c - 6378.137 / 42164.17, sqrt(1 - c * c)))) AS height
  FROM angles GROUP BY 1, 2
)
SELECT step AS key, floor(2 * min(height) FILTER (abs(lon - 135) < 40)) / 2 + 0.5 FROM best GROUP BY 1
-- gap_holds_135_from_deg
SELECT floor(2 * height) / 2 + 0.5 FROM best WHERE round(lon, 2) = 135
-- gap_all_partners_deg
WITH sites AS (SELECT * FROM space_systems.sensors WHERE watches = 'deep space'
  AND longitude_deg IS NOT NULL
  AND status = 'in use' AND kind <> 'optical sensor in orbit'),
belt AS (SELECT 40 + 0.05::DOUBLE * i AS lon FROM range(0, 4000) t(i)),
angles AS (SELECT lon, cos(radians(latitude_deg)) * cos(radians(lon - longitude_deg)) AS c
  FROM belt, sites
  WHERE (state = 'United States' OR sensor_id = 'exmouth-telescope' OR state IN ('Japan', 'India'))),
best AS (SELECT lon, max(degrees(atan2(c - 6378.137 / 42164.17, sqrt(1 - c * c)))) AS height
  FROM angles GROUP BY 1),
blind AS (SELECT lon, round(lon * 20) - row_number() OVER (ORDER BY lon) AS run FROM best
  WHERE height < 20),
stretch AS (SELECT min(lon) AS low, max(lon) AS high FROM blind GROUP BY run
  ORDER BY greatest(min(lon) - 135, 135 - max(lon), 0) LIMIT 1)
SELECT coalesce(max(high - low + 0.05), 0) FROM stretch
WHERE greatest(low - 135, 135 - high) < 40
-- gap_all_partners_deg with {"minimum_elevation_deg": 42.25, "without": ["socorro"], "solar_factor": 1}
WITH sites AS (SELECT * FROM space_systems.sensors WHERE watches = 'deep space'
  AND longitude_deg IS NOT NULL
  AND status = 'in use' AND kind <> 'optical sensor in orbit'),
belt AS (SELECT 40 + 0.05::DOUBLE * i AS lon FROM range(0, 4000) t(i)),
angles AS (SELECT lon, cos(radians(latitude_deg)) * cos(radians(lon - longitude_deg)) AS c
  FROM belt, sites
  WHERE (state = 'United States' OR sensor_id = 'exmouth-telescope' OR state IN ('Japan', 'India'))
  AND sensor_id <> 'socorro'),
best AS (SELECT lon, max(degrees(atan2(c - 6378.137 / 42164.17, sqrt(1 - c * c)))) AS height
  FROM angles GROUP BY 1),
blind AS (SELECT lon, round(lon * 20) - row_number() OVER (ORDER BY lon) AS run FROM best
  WHERE height < 42.25),
stretch AS (SELECT min(lon) AS low, max(lon) AS high FROM blind GROUP BY run
  ORDER BY greatest(min(lon) - 135, 135 - max(lon), 0) LIMIT 1)
SELECT high - low + 0.05 FROM stretch
-- unit_personnel
SELECT strftime(date, '%Y-%m') AS key, people FROM policy_evolution.unit_strength
  WHERE status = 'reported'
-- system_start
SELECT actual_date FROM space_systems.commitments WHERE row_id = 'commitment-ssa-system'
-- sda_satellite
SELECT status FROM space_systems.commitments WHERE row_id = 'commitment-sda-satellite'
-- us_sensors_in_orbit
SELECT count(*) FROM space_systems.sensors
WHERE kind = 'optical sensor in orbit' AND watches = 'deep space' AND longitude_deg IS NOT NULL
  AND status = 'in use'
-- destructive_tests
SELECT state AS key, count(DISTINCT event) FROM space_systems.destructive_events
  WHERE kind = 'destructive test' GROUP BY 1
