-- let years
SELECT unnest(range(1998, 2026)) AS year
-- let years with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT unnest(range(1998, 2024)) AS year
-- let years with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
SELECT unnest(range(1998, 2025)) AS year
-- let years with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
SELECT unnest(range(1998, 2025)) AS year
-- let years with {"last_year": 2024, "evidence": ["seed"]}
SELECT unnest(range(1998, 2025)) AS year
-- let act
SELECT a.row_id, function, year(date) AS began, stage,
        status IN ('in_force', 'continuing') AS lasts, bindingness IN ('binding', 'operational') AS binds
    FROM regional_cooperation.acts AS a JOIN policy_evolution.functions
        ON list_contains(string_split(domains, ';'), act_domain)
    WHERE status NOT IN ('pending', 'failed') AND space_specific
        AND a.row_id IN (SELECT act_id FROM regional_cooperation.ties WHERE partner = 'United States')
-- let act with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT a.row_id, function, year(date) AS began, stage,
        status IN ('in_force', 'continuing') AS lasts, bindingness IN ('binding', 'operational') AS binds
    FROM regional_cooperation.acts AS a JOIN policy_evolution.functions
        ON list_contains(string_split(domains, ';'), act_domain)
    WHERE status NOT IN ('pending', 'failed') AND space_specific AND framework = 'bilateral'
        AND a.row_id IN (SELECT act_id FROM regional_cooperation.ties WHERE partner = 'United States')
-- let act with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
SELECT a.row_id, function, year(date) AS began, stage,
        status IN ('in_force', 'continuing') AS lasts, bindingness IN ('binding', 'operational') AS binds
    FROM regional_cooperation.acts AS a JOIN policy_evolution.functions
        ON list_contains(string_split(domains, ';'), act_domain)
    WHERE status NOT IN ('pending', 'failed') AND a.evidence = 'independent'
        AND a.row_id IN (SELECT act_id FROM regional_cooperation.ties WHERE partner = 'United States')
-- let act with {"last_year": 2024, "evidence": ["seed"]}
SELECT a.row_id, function, year(date) AS began, stage,
        status IN ('in_force', 'continuing') AS lasts, bindingness IN ('binding', 'operational') AS binds
    FROM regional_cooperation.acts AS a JOIN policy_evolution.functions
        ON list_contains(string_split(domains, ';'), act_domain)
    WHERE status NOT IN ('pending', 'failed') AND a.evidence = 'seed' AND space_specific
        AND a.row_id IN (SELECT act_id FROM regional_cooperation.ties WHERE partner = 'United States')
-- let tied
SELECT f.function, y.year, (coalesce(bool_or(stage = 'instrument' AND binds AND lasts), false)::INT
        + coalesce(bool_or(stage = 'operation' AND lasts), false)::INT
        + coalesce(bool_or(began > y.year - 3), false)::INT) / 3 AS integration
    FROM years AS y CROSS JOIN policy_evolution.functions AS f
        LEFT JOIN act AS t ON t.function = f.function AND began <= y.year
    GROUP BY f.function, y.year
-- let tied with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT f.function, y.year, (coalesce(bool_or(stage = 'instrument' AND binds AND lasts), false)::INT
        + coalesce(bool_or(stage = 'operation' AND lasts), false)::INT
        + coalesce(bool_or(began > y.year - 5), false)::INT) / 3 AS integration
    FROM years AS y CROSS JOIN policy_evolution.functions AS f
        LEFT JOIN act AS t ON t.function = f.function AND began <= y.year
    GROUP BY f.function, y.year
-- let tied with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
SELECT f.function, y.year, (coalesce(bool_or(stage = 'instrument' AND binds AND lasts), false)::INT
        + coalesce(bool_or(stage = 'operation' AND lasts), false)::INT
        + coalesce(bool_or(began > y.year - 1), false)::INT) / 3 AS integration
    FROM years AS y CROSS JOIN policy_evolution.functions AS f
        LEFT JOIN act AS t ON t.function = f.function AND began <= y.year
    GROUP BY f.function, y.year
-- let scored
SELECT * FROM own JOIN tied USING (function, year)
-- let first
SELECT function, min(year) FILTER (autonomy > 0.66) AS own, min(year) FILTER (integration > 0.66) AS tie
    FROM scored GROUP BY function
-- let moved
SELECT function, sum(CASE year WHEN 2025 THEN autonomy WHEN 2008 THEN -autonomy END) AS own,
        sum(CASE year WHEN 2025 THEN integration WHEN 2008 THEN -integration END) AS tie
    FROM scored GROUP BY function
-- let asset
SELECT f.function, year(launch_date) AS up, coalesce(year(end_date), 9999) AS gone,
        coalesce(launch_state = 'Japan', false)::INT AS home
    FROM space_systems.satellites AS s JOIN policy_evolution.functions AS f
        ON list_contains(string_split(satellite_functions, ';'), s.function)
        AND list_contains(string_split(satellite_sectors, ';'), sector)
    WHERE outcome = 'success' AND launch_date IS NOT NULL
    UNION ALL
    SELECT 'awareness', year(start_date), 9999, 1
    FROM policy_evolution.ground_assets
-- let asset with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT f.function, year(launch_date) AS up, coalesce(year(end_date), 9999) AS gone,
        coalesce(launch_state = 'Japan', false)::INT AS home
    FROM space_systems.satellites AS s JOIN policy_evolution.functions AS f
        ON list_contains(string_split(satellite_functions, ';'), s.function)
        AND (list_contains(string_split(satellite_sectors, ';'), sector)
            OR sector = 'commercial' AND f.function = 'reconnaissance')
    WHERE outcome = 'success' AND launch_date IS NOT NULL
    UNION ALL
    SELECT 'awareness', year(start_date), 9999, 1
    FROM policy_evolution.ground_assets
-- let asset with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
SELECT f.function, year(launch_date) AS up, coalesce(year(end_date), 9999) AS gone,
        coalesce(launch_state = 'Japan', false)::INT AS home
    FROM space_systems.satellites AS s JOIN policy_evolution.functions AS f
        ON list_contains(string_split(satellite_functions, ';'), s.function)
        AND list_contains(string_split(satellite_sectors, ';'), sector)
    WHERE outcome = 'success' AND launch_date IS NOT NULL AND s.evidence = 'independent'
    UNION ALL
    SELECT 'awareness', year(start_date), 9999, 1
    FROM policy_evolution.ground_assets WHERE evidence = 'independent'
-- let asset with {"last_year": 2024, "evidence": ["seed"]}
SELECT f.function, year(launch_date) AS up, coalesce(year(end_date), 9999) AS gone,
        coalesce(launch_state = 'Japan', false)::INT AS home
    FROM space_systems.satellites AS s JOIN policy_evolution.functions AS f
        ON list_contains(string_split(satellite_functions, ';'), s.function)
        AND list_contains(string_split(satellite_sectors, ';'), sector)
    WHERE outcome = 'success' AND launch_date IS NOT NULL AND s.evidence = 'seed'
    UNION ALL
    SELECT 'awareness', year(start_date), 9999, 1
    FROM policy_evolution.ground_assets WHERE evidence = 'seed'
-- let held
SELECT f.function, y.year, (count(up) > 0)::INT AS owned, coalesce(avg(home), 0) AS ride,
        (count(up) > 1)::INT AS spare
    FROM years AS y CROSS JOIN policy_evolution.functions AS f
        LEFT JOIN asset AS a ON a.function = f.function AND up <= y.year AND gone > y.year
    WHERE f.function <> 'launch' GROUP BY f.function, y.year, needed
-- let held with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
SELECT f.function, y.year, (count(up) > 0)::INT AS owned, coalesce(avg(home), 0) AS ride,
        CASE WHEN needed IS NULL THEN (count(up) > 1)::INT
            ELSE least(count(up) / needed, 1) END AS spare
    FROM years AS y CROSS JOIN policy_evolution.functions AS f
        LEFT JOIN asset AS a ON a.function = f.function AND up <= y.year AND gone > y.year
    WHERE f.function <> 'launch' GROUP BY f.function, y.year, needed
-- let flown
SELECT y.year, (count(row_id) > 0)::INT AS owned, (count(DISTINCT vehicle) > 1)::INT AS spare
    FROM years AS y LEFT JOIN space_systems.launches
        ON outcome = 'success' AND year(date) BETWEEN y.year - 3 + 1 AND y.year
    GROUP BY y.year
-- let flown with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT y.year, (count(row_id) > 0)::INT AS owned, (count(DISTINCT vehicle) > 1)::INT AS spare
    FROM years AS y LEFT JOIN space_systems.launches
        ON outcome = 'success' AND year(date) BETWEEN y.year - 5 + 1 AND y.year
    GROUP BY y.year
-- let flown with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
SELECT y.year, (count(row_id) > 0)::INT AS owned, (count(DISTINCT vehicle) > 1)::INT AS spare
    FROM years AS y LEFT JOIN space_systems.launches
        ON outcome = 'success' AND year(date) BETWEEN y.year - 1 + 1 AND y.year
    GROUP BY y.year
-- let flown with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
SELECT y.year, (count(row_id) > 0)::INT AS owned, (count(DISTINCT vehicle) > 1)::INT AS spare
    FROM years AS y LEFT JOIN space_systems.launches
        ON outcome = 'success' AND year(date) BETWEEN y.year - 3 + 1 AND y.year AND evidence = 'independent'
    GROUP BY y.year
-- let flown with {"last_year": 2024, "evidence": ["seed"]}
SELECT y.year, (count(row_id) > 0)::INT AS owned, (count(DISTINCT vehicle) > 1)::INT AS spare
    FROM years AS y LEFT JOIN space_systems.launches
        ON outcome = 'success' AND year(date) BETWEEN y.year - 3 + 1 AND y.year AND evidence = 'seed'
    GROUP BY y.year
-- let rode
SELECT y.year, avg(coalesce(launch_state = 'Japan', false)::INT) AS ride
    FROM years AS y JOIN space_systems.satellites
        ON sector <> 'commercial' AND outcome = 'success'
        AND year(launch_date) BETWEEN y.year - 3 + 1 AND y.year
    GROUP BY y.year
-- let rode with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
SELECT y.year, avg(coalesce(launch_state = 'Japan', false)::INT) AS ride
    FROM years AS y JOIN space_systems.satellites
        ON sector <> 'commercial' AND outcome = 'success'
        AND year(launch_date) BETWEEN y.year - 5 + 1 AND y.year
    GROUP BY y.year
-- let rode with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
SELECT y.year, avg(coalesce(launch_state = 'Japan', false)::INT) AS ride
    FROM years AS y JOIN space_systems.satellites
        ON sector <> 'commercial' AND outcome = 'success'
        AND year(launch_date) BETWEEN y.year - 1 + 1 AND y.year
    GROUP BY y.year
-- let rode with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
SELECT y.year, avg(coalesce(launch_state = 'Japan', false)::INT) AS ride
    FROM years AS y JOIN space_systems.satellites
        ON sector <> 'commercial' AND outcome = 'success'
        AND year(launch_date) BETWEEN y.year - 3 + 1 AND y.year AND evidence = 'independent'
    GROUP BY y.year
-- let rode with {"last_year": 2024, "evidence": ["seed"]}
SELECT y.year, avg(coalesce(launch_state = 'Japan', false)::INT) AS ride
    FROM years AS y JOIN space_systems.satellites
        ON sector <> 'commercial' AND outcome = 'success'
        AND year(launch_date) BETWEEN y.year - 3 + 1 AND y.year AND evidence = 'seed'
    GROUP BY y.year
-- let own
SELECT function, year, (owned + ride + spare) / 3 AS autonomy FROM held
    UNION ALL
    SELECT 'launch', year, (owned + coalesce(ride, owned) + spare) / 3 FROM flown LEFT JOIN rode USING (year)
-- autonomy with {"last_year": 2025}
-- autonomy with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
-- autonomy with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
-- autonomy with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
-- autonomy with {"last_year": 2024, "evidence": ["seed"]}
SELECT year AS key, round(avg(autonomy), 4) FROM own GROUP BY year
-- integration with {"last_year": 2025}
-- integration with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
-- integration with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
-- integration with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
-- integration with {"last_year": 2024, "evidence": ["seed"]}
SELECT year AS key, round(avg(integration), 4) FROM tied GROUP BY year
-- acts_counted with {"last_year": 2025}
-- acts_counted with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
-- acts_counted with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
-- acts_counted with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
-- acts_counted with {"last_year": 2024, "evidence": ["seed"]}
SELECT count(DISTINCT row_id) FROM act
-- hedging_index with {"last_year": 2025}
SELECT year AS key, round(least(avg(autonomy), avg(integration)), 4) FROM scored GROUP BY year
-- index_last with {"last_year": 2025}
SELECT least(avg(autonomy), avg(integration)) FROM scored WHERE year = 2025
-- autonomy_change with {"last_year": 2025}
SELECT avg(autonomy) FILTER (year = 2025) - avg(autonomy) FILTER (year = 2008) FROM own
-- integration_change with {"last_year": 2025}
SELECT avg(integration) FILTER (year = 2025) - avg(integration) FILTER (year = 2008) FROM tied
-- moves with {"last_year": 2025}
SELECT function AS key, CASE WHEN own > 1e-9 AND tie > 1e-9 THEN 'hedging'
    WHEN own > 1e-9 AND tie < -1e-9 THEN 'substitution' WHEN own > 1e-9 THEN 'autonomy alone'
    WHEN tie > 1e-9 THEN 'integration alone' WHEN own < -1e-9 OR tie < -1e-9 THEN 'retreat'
    ELSE 'no change' END FROM moved
-- functions_hedging with {"last_year": 2025}
SELECT count(*) FROM moved WHERE own > 1e-9 AND tie > 1e-9
-- holding_both_base with {"last_year": 2025}
SELECT count(*) FROM scored WHERE year = 2008 AND least(autonomy, integration) > 0.66
-- holding_both_last with {"last_year": 2025}
SELECT count(*) FROM scored WHERE year = 2025 AND least(autonomy, integration) > 0.66
-- autonomy_first with {"last_year": 2025}
SELECT count(*) FROM first WHERE own < tie
-- reached_both with {"last_year": 2025}
SELECT count(*) FROM first WHERE own IS NOT NULL AND tie IS NOT NULL
-- acts_known with {"last_year": 2025}
SELECT count(*) FROM regional_cooperation.acts
-- functions with {"last_year": 2025}
SELECT count(DISTINCT function) FROM policy_evolution.functions
-- moves with {"last_year": 2023, "memory_years": 5, "through_groups": false, "commercial": true}
WITH moved AS (
SELECT function, sum(CASE year WHEN 2023 THEN autonomy WHEN 2008 THEN -autonomy END) AS own,
        sum(CASE year WHEN 2023 THEN integration WHEN 2008 THEN -integration END) AS tie
    FROM scored GROUP BY function
)
SELECT function AS key, CASE WHEN own > 1e-9 AND tie > 1e-9 THEN 'hedging'
    WHEN own > 1e-9 AND tie < -1e-9 THEN 'substitution' WHEN own > 1e-9 THEN 'autonomy alone'
    WHEN tie > 1e-9 THEN 'integration alone' WHEN own < -1e-9 OR tie < -1e-9 THEN 'retreat'
    ELSE 'no change' END FROM moved
-- moves with {"base_year": 2003, "last_year": 2024, "spare": "graded", "memory_years": 1}
WITH moved AS (
SELECT function, sum(CASE year WHEN 2024 THEN autonomy WHEN 2003 THEN -autonomy END) AS own,
        sum(CASE year WHEN 2024 THEN integration WHEN 2003 THEN -integration END) AS tie
    FROM scored GROUP BY function
)
SELECT function AS key, CASE WHEN own > 1e-9 AND tie > 1e-9 THEN 'hedging'
    WHEN own > 1e-9 AND tie < -1e-9 THEN 'substitution' WHEN own > 1e-9 THEN 'autonomy alone'
    WHEN tie > 1e-9 THEN 'integration alone' WHEN own < -1e-9 OR tie < -1e-9 THEN 'retreat'
    ELSE 'no change' END FROM moved
-- moves with {"last_year": 2024, "space_specific": false, "evidence": ["independent"]}
-- moves with {"last_year": 2024, "evidence": ["seed"]}
WITH moved AS (
SELECT function, sum(CASE year WHEN 2024 THEN autonomy WHEN 2008 THEN -autonomy END) AS own,
        sum(CASE year WHEN 2024 THEN integration WHEN 2008 THEN -integration END) AS tie
    FROM scored GROUP BY function
)
SELECT function AS key, CASE WHEN own > 1e-9 AND tie > 1e-9 THEN 'hedging'
    WHEN own > 1e-9 AND tie < -1e-9 THEN 'substitution' WHEN own > 1e-9 THEN 'autonomy alone'
    WHEN tie > 1e-9 THEN 'integration alone' WHEN own < -1e-9 OR tie < -1e-9 THEN 'retreat'
    ELSE 'no change' END FROM moved
-- acts_known with {"last_year": 2024, "evidence": ["seed"]}
SELECT count(*) FROM regional_cooperation.acts WHERE evidence = 'seed'
