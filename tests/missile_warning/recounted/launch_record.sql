-- let span
-- a year is over where the newest launch is of its last day or later
    SELECT (SELECT min(year) FROM missile_warning.launches) AS first,
        (SELECT year(max(launch_date) + 1) - 1 FROM missile_warning.launches) AS last
-- let span with {"start_year": 2005, "end_year": 2017}
-- a year is over where the newest launch is of its last day or later
    SELECT 2005 AS first,
        2017 AS last
-- let span with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- a year is over where the newest launch is of its last day or later
    SELECT 1998 AS first,
        2022 AS last
-- let span with {"end_year": 1990}
-- a year is over where the newest launch is of its last day or later
    SELECT (SELECT min(year) FROM missile_warning.launches) AS first,
        1990 AS last
-- let counted
SELECT l.* FROM missile_warning.launches l, span
    WHERE year BETWEEN first AND last
-- let counted with {"types": ["ICBM", "SLV", "MRBM"]}
SELECT l.* FROM missile_warning.launches l, span
    WHERE year BETWEEN first AND last
        AND missile_type IN ('ICBM', 'SLV', 'MRBM')
-- let counted with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT l.* FROM missile_warning.launches l, span
    WHERE year BETWEEN first AND last
        AND missile_type IN ('IRBM', 'SLV', 'HGV')
-- let yearly
SELECT y AS year, count(row_id) AS launches
    FROM (SELECT unnest(generate_series(first, last)) AS y FROM span) LEFT JOIN counted ON year = y
    GROUP BY y
-- let events
SELECT event, event_date FROM missile_warning.overflights_and_falls
    WHERE launch_id IN (SELECT row_id FROM counted)
-- launches
-- launches with {"start_year": 2005, "end_year": 2017}
-- launches with {"types": ["ICBM", "SLV", "MRBM"]}
-- launches with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- launches with {"end_year": 1990}
SELECT count(*) FROM counted
-- launches_without_path
-- launches_without_path with {"start_year": 2005, "end_year": 2017}
-- launches_without_path with {"types": ["ICBM", "SLV", "MRBM"]}
-- launches_without_path with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(*) FROM counted WHERE site_id IS NULL OR bearing_deg IS NULL OR range_km IS NULL
-- preliminary_launches
-- preliminary_launches with {"start_year": 2005, "end_year": 2017}
-- preliminary_launches with {"types": ["ICBM", "SLV", "MRBM"]}
-- preliminary_launches with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(*) FROM counted WHERE record_status = 'preliminary'
-- launch_days
-- launch_days with {"start_year": 2005, "end_year": 2017}
-- launch_days with {"types": ["ICBM", "SLV", "MRBM"]}
-- launch_days with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(DISTINCT launch_date) FROM counted
-- overflights
-- overflights with {"start_year": 2005, "end_year": 2017}
-- overflights with {"types": ["ICBM", "SLV", "MRBM"]}
-- overflights with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(*) FROM events WHERE event = 'overflight'
-- eez_falls
-- eez_falls with {"start_year": 2005, "end_year": 2017}
-- eez_falls with {"types": ["ICBM", "SLV", "MRBM"]}
-- eez_falls with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(*) FROM events WHERE event = 'eez_fall'
-- first_overflight_date
-- first_overflight_date with {"start_year": 2005, "end_year": 2017}
-- first_overflight_date with {"types": ["ICBM", "SLV", "MRBM"]}
-- first_overflight_date with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- first_overflight_date with {"end_year": 1990}
SELECT min(event_date) FROM events WHERE event = 'overflight'
-- first_nodong_success_date
-- first_nodong_success_date with {"start_year": 2005, "end_year": 2017}
-- first_nodong_success_date with {"types": ["ICBM", "SLV", "MRBM"]}
-- first_nodong_success_date with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT min(launch_date) FROM counted WHERE missile_name = 'Nodong' AND outcome = 'success'
-- dispersion
-- dispersion with {"start_year": 2005, "end_year": 2017}
-- dispersion with {"types": ["ICBM", "SLV", "MRBM"]}
-- dispersion with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- dispersion with {"end_year": 1990}
SELECT var_samp(launches) / avg(launches) FROM yearly
-- apogee_known
-- apogee_known with {"start_year": 2005, "end_year": 2017}
-- apogee_known with {"types": ["ICBM", "SLV", "MRBM"]}
-- apogee_known with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(apogee_km) FROM counted
-- range_known
-- range_known with {"start_year": 2005, "end_year": 2017}
-- range_known with {"types": ["ICBM", "SLV", "MRBM"]}
-- range_known with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(range_km) FROM counted
-- both_known
-- both_known with {"start_year": 2005, "end_year": 2017}
-- both_known with {"types": ["ICBM", "SLV", "MRBM"]}
-- both_known with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT count(apogee_km + range_km) FROM counted
-- launches_per_year_2000s
-- launches_per_year_2000s with {"start_year": 2005, "end_year": 2017}
-- launches_per_year_2000s with {"types": ["ICBM", "SLV", "MRBM"]}
-- launches_per_year_2000s with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- launches_per_year_2000s with {"end_year": 1990}
SELECT CASE WHEN count(*) = 10 THEN avg(launches) END FROM yearly WHERE year BETWEEN 2000 AND 2009
-- launches_per_year_2010s
-- launches_per_year_2010s with {"start_year": 2005, "end_year": 2017}
-- launches_per_year_2010s with {"types": ["ICBM", "SLV", "MRBM"]}
-- launches_per_year_2010s with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
SELECT CASE WHEN count(*) = 10 THEN avg(launches) END FROM yearly WHERE year BETWEEN 2010 AND 2019
-- open_year
WITH later AS (
SELECT row_id FROM missile_warning.launches
    WHERE year > (SELECT year(max(launch_date) + 1) - 1 FROM missile_warning.launches)
), events AS (
SELECT event FROM missile_warning.overflights_and_falls WHERE launch_id IN (FROM later)
)
SELECT CASE WHEN (SELECT count(*) FROM later) > 0 THEN {
    'ends': (SELECT strftime(max(launch_date), '%Y-%m-%d') FROM missile_warning.launches),
    'launches': (SELECT count(*) FROM later),
    'overflights': (SELECT count(*) FROM events WHERE event = 'overflight'),
    'eez_falls': (SELECT count(*) FROM events WHERE event = 'eez_fall')
} END
-- open_year with {"start_year": 2005, "end_year": 2017}
-- open_year with {"start_year": 1998, "end_year": 2022, "types": ["IRBM", "SLV", "HGV"]}
-- open_year with {"end_year": 1990}
SELECT NULL
-- open_year with {"types": ["ICBM", "SLV", "MRBM"]}
WITH later AS (
SELECT row_id FROM missile_warning.launches
    WHERE year > (SELECT year(max(launch_date) + 1) - 1 FROM missile_warning.launches)
        AND missile_type IN ('ICBM', 'SLV', 'MRBM')
), events AS (
SELECT event FROM missile_warning.overflights_and_falls WHERE launch_id IN (FROM later)
)
SELECT CASE WHEN (SELECT count(*) FROM later) > 0 THEN {
    'ends': (SELECT strftime(max(launch_date), '%Y-%m-%d') FROM missile_warning.launches),
    'launches': (SELECT count(*) FROM later),
    'overflights': (SELECT count(*) FROM events WHERE event = 'overflight'),
    'eez_falls': (SELECT count(*) FROM events WHERE event = 'eez_fall')
} END
-- second_periods
WITH rejected AS (
-- rows against which a decided conflict went
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
)
SELECT count(*) - count(DISTINCT leader) FROM missile_warning.leaders WHERE row_id NOT IN (FROM rejected)
