-- forecasts
SELECT count(*) FROM policy_evolution.forecasts
-- by_group
SELECT "group" AS key, count(*) FROM policy_evolution.forecasts GROUP BY "group"
-- expected
SELECT sum(probability) FROM policy_evolution.forecasts
-- base
SELECT sum(base_rate) FROM policy_evolution.forecasts
-- decided
SELECT count(*) FILTER (outcome IN ('came true', 'did not')) FROM policy_evolution.forecasts
-- came_true
SELECT count(*) FILTER (outcome = 'came true') FROM policy_evolution.forecasts
-- void
SELECT count(*) FILTER (outcome = 'void') FROM policy_evolution.forecasts
-- next_due
SELECT min(due)::VARCHAR FROM policy_evolution.forecasts WHERE outcome IS NULL
-- next_count
SELECT count(*) FROM policy_evolution.forecasts WHERE outcome IS NULL
GROUP BY due ORDER BY due LIMIT 1
-- last_due
SELECT max(due)::VARCHAR FROM policy_evolution.forecasts
-- bolder
SELECT count(*) FILTER (probability > base_rate) FROM policy_evolution.forecasts
-- furthest
SELECT arg_max(statement, abs(probability - base_rate)) FROM policy_evolution.forecasts
-- furthest_percent
SELECT 100 * arg_max(probability, abs(probability - base_rate)) FROM policy_evolution.forecasts
-- furthest_base_percent
SELECT 100 * arg_max(base_rate, abs(probability - base_rate)) FROM policy_evolution.forecasts
-- lead
SELECT avg((probability - base_rate) ** 2) FROM policy_evolution.forecasts
-- expected_interval
WITH RECURSIVE asked AS (
    SELECT row_number() OVER (ORDER BY row_id) AS place, probability AS p
    FROM policy_evolution.forecasts
), chances(place, came, chance) AS (
    SELECT 0::BIGINT, 0::BIGINT, 1.0::DOUBLE
    UNION ALL
    SELECT place + 1, came, sum(chance) FROM (
        SELECT c.place, c.came + o.one AS came, c.chance * CASE o.one WHEN 1 THEN p ELSE 1 - p END AS chance
        FROM chances AS c JOIN asked AS a ON a.place = c.place + 1 CROSS JOIN (VALUES (0), (1)) AS o(one)
    ) GROUP BY place, came
), summed AS (
    SELECT came, sum(chance) OVER (ORDER BY came) AS reached FROM chances
    WHERE place = (SELECT max(place) FROM asked)
)
SELECT [min(came) FILTER (reached >= 0.05), min(came) FILTER (reached >= 0.95)] FROM summed
-- base_interval
WITH RECURSIVE asked AS (
    SELECT row_number() OVER (ORDER BY row_id) AS place, base_rate AS p
    FROM policy_evolution.forecasts
), chances(place, came, chance) AS (
    SELECT 0::BIGINT, 0::BIGINT, 1.0::DOUBLE
    UNION ALL
    SELECT place + 1, came, sum(chance) FROM (
        SELECT c.place, c.came + o.one AS came, c.chance * CASE o.one WHEN 1 THEN p ELSE 1 - p END AS chance
        FROM chances AS c JOIN asked AS a ON a.place = c.place + 1 CROSS JOIN (VALUES (0), (1)) AS o(one)
    ) GROUP BY place, came
), summed AS (
    SELECT came, sum(chance) OVER (ORDER BY came) AS reached FROM chances
    WHERE place = (SELECT max(place) FROM asked)
)
SELECT [min(came) FILTER (reached >= 0.05), min(came) FILTER (reached >= 0.95)] FROM summed
-- forecasts with {"groups": ["money", "threat"]}
SELECT count(*) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- expected with {"groups": ["money", "threat"]}
SELECT sum(probability) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- base with {"groups": ["money", "threat"]}
SELECT sum(base_rate) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- decided with {"groups": ["money", "threat"]}
SELECT count(*) FILTER (outcome IN ('came true', 'did not')) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- came_true with {"groups": ["money", "threat"]}
SELECT count(*) FILTER (outcome = 'came true') 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- void with {"groups": ["money", "threat"]}
SELECT count(*) FILTER (outcome = 'void') 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- next_due with {"groups": ["money", "threat"]}
SELECT min(due)::VARCHAR 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat') AND outcome IS NULL
-- next_count with {"groups": ["money", "threat"]}
SELECT count(*) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat') AND outcome IS NULL
GROUP BY due ORDER BY due LIMIT 1
-- last_due with {"groups": ["money", "threat"]}
SELECT max(due)::VARCHAR 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- bolder with {"groups": ["money", "threat"]}
SELECT count(*) FILTER (probability > base_rate) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- furthest with {"groups": ["money", "threat"]}
SELECT arg_max(statement, abs(probability - base_rate)) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- furthest_percent with {"groups": ["money", "threat"]}
SELECT 100 * arg_max(probability, abs(probability - base_rate)) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- furthest_base_percent with {"groups": ["money", "threat"]}
SELECT 100 * arg_max(base_rate, abs(probability - base_rate)) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- lead with {"groups": ["money", "threat"]}
SELECT avg((probability - base_rate) ** 2) 
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
-- expected_interval with {"groups": ["money", "threat"]}
WITH RECURSIVE asked AS (
    SELECT row_number() OVER (ORDER BY row_id) AS place, probability AS p
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
), chances(place, came, chance) AS (
    SELECT 0::BIGINT, 0::BIGINT, 1.0::DOUBLE
    UNION ALL
    SELECT place + 1, came, sum(chance) FROM (
        SELECT c.place, c.came + o.one AS came, c.chance * CASE o.one WHEN 1 THEN p ELSE 1 - p END AS chance
        FROM chances AS c JOIN asked AS a ON a.place = c.place + 1 CROSS JOIN (VALUES (0), (1)) AS o(one)
    ) GROUP BY place, came
), summed AS (
    SELECT came, sum(chance) OVER (ORDER BY came) AS reached FROM chances
    WHERE place = (SELECT max(place) FROM asked)
)
SELECT [min(came) FILTER (reached >= 0.05), min(came) FILTER (reached >= 0.95)] FROM summed
-- base_interval with {"groups": ["money", "threat"]}
WITH RECURSIVE asked AS (
    SELECT row_number() OVER (ORDER BY row_id) AS place, base_rate AS p
    FROM policy_evolution.forecasts WHERE "group" IN ('money', 'threat')
), chances(place, came, chance) AS (
    SELECT 0::BIGINT, 0::BIGINT, 1.0::DOUBLE
    UNION ALL
    SELECT place + 1, came, sum(chance) FROM (
        SELECT c.place, c.came + o.one AS came, c.chance * CASE o.one WHEN 1 THEN p ELSE 1 - p END AS chance
        FROM chances AS c JOIN asked AS a ON a.place = c.place + 1 CROSS JOIN (VALUES (0), (1)) AS o(one)
    ) GROUP BY place, came
), summed AS (
    SELECT came, sum(chance) OVER (ORDER BY came) AS reached FROM chances
    WHERE place = (SELECT max(place) FROM asked)
)
SELECT [min(came) FILTER (reached >= 0.05), min(came) FILTER (reached >= 0.95)] FROM summed
