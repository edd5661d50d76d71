-- What is left when Taiwan's cables are cut, from the newest facts that stand.

-- let rejected
SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts
    WHERE decided_row_id IS NOT NULL EXCEPT SELECT decided_row_id FROM conflicts
-- let facts
SELECT * FROM regional_cooperation.connectivity
    WHERE row_id NOT IN (SELECT row_id FROM rejected)
-- let newest
SELECT indicator, arg_max(value, date) AS value FROM facts GROUP BY indicator
-- let cables
SELECT greatest((SELECT value FROM newest WHERE indicator = 'international cables'), (
        SELECT sum(coalesce(international_cables, 1)) FROM regional_cooperation.cable_landings
    ))::INT AS n
-- let landed
SELECT international_cables AS known, row_number() OVER (ORDER BY row_id) - 1 AS place, coast,
        count(*) FILTER (international_cables IS NULL) OVER () AS unknown,
        n - sum(international_cables) OVER () AS rest,
        sum((international_cables IS NULL)::INT) OVER (ORDER BY row_id) - 1 AS nth, n
    FROM regional_cooperation.cable_landings, cables
-- let sized
SELECT place, coast, n,
        coalesce(known, rest // unknown + (nth < rest % unknown)::INT)::INT AS size
    FROM landed
-- let groups
-- every set of landings: the chance that all of its cables are among 5 cut at random
    SELECT g, count(*) AS members, sum(size)::INT AS m, any_value(n) AS n, bool_and(coast = 'south') AS south
    FROM (SELECT unnest(range(1, (2 ** (SELECT count(*) FROM sized))::BIGINT)) AS g)
    JOIN sized ON g >> place & 1 = 1 GROUP BY g
-- let groups with {"terminals": 10, "cables_cut": 12}
-- every set of landings: the chance that all of its cables are among 12 cut at random
    SELECT g, count(*) AS members, sum(size)::INT AS m, any_value(n) AS n, bool_and(coast = 'south') AS south
    FROM (SELECT unnest(range(1, (2 ** (SELECT count(*) FROM sized))::BIGINT)) AS g)
    JOIN sized ON g >> place & 1 = 1 GROUP BY g
-- let groups with {"terminals": 10, "cables_cut": 3}
-- every set of landings: the chance that all of its cables are among 3 cut at random
    SELECT g, count(*) AS members, sum(size)::INT AS m, any_value(n) AS n, bool_and(coast = 'south') AS south
    FROM (SELECT unnest(range(1, (2 ** (SELECT count(*) FROM sized))::BIGINT)) AS g)
    JOIN sized ON g >> place & 1 = 1 GROUP BY g
-- let chances
SELECT *, CASE WHEN m > 5 THEN 0 ELSE factorial(n - m)::DOUBLE / factorial(5 - m)
        * factorial(5) / factorial(n) END AS dark
    FROM groups
-- let chances with {"terminals": 10, "cables_cut": 12}
SELECT *, CASE WHEN m > 12 THEN 0 ELSE factorial(n - m)::DOUBLE / factorial(12 - m)
        * factorial(12) / factorial(n) END AS dark
    FROM groups
-- let chances with {"terminals": 10, "cables_cut": 3}
SELECT *, CASE WHEN m > 3 THEN 0 ELSE factorial(n - m)::DOUBLE / factorial(3 - m)
        * factorial(3) / factorial(n) END AS dark
    FROM groups
-- cables
SELECT n FROM cables
-- wanted
SELECT (SELECT value FROM newest WHERE indicator = 'low-orbit satellites the agency says it needs')
-- planned
SELECT sum(satellites) FROM regional_cooperation.taiwan_programmes
WHERE function = 'communications' AND state IN ('planned', 'flying')
-- southern_landings
SELECT count(*) FROM regional_cooperation.cable_landings WHERE coast = 'south'
-- failures
SELECT count(*) AS count, count(*) FILTER (cause = 'ship suspected') AS ship_suspected,
    min(date) AS first, max(date) AS last
FROM regional_cooperation.cable_incidents
-- newest_fact
SELECT max(date) FROM facts
-- terminal_limit_gbps
SELECT (SELECT value FROM newest WHERE indicator = 'satellite terminals')
    * (SELECT value FROM newest WHERE indicator = 'mean download speed of a terminal') / 1000
-- terminal_limit_up_gbps
SELECT (SELECT value FROM newest WHERE indicator = 'satellite terminals')
    * (SELECT value FROM newest WHERE indicator = 'mean upload speed of a terminal') / 1000
-- need_tbps
SELECT (SELECT value FROM newest WHERE indicator = 'peak traffic of Matsu, weekday')
    / (SELECT value FROM newest WHERE indicator = 'people of the Matsu islands')
    * (SELECT value FROM newest WHERE indicator = 'internet users in Taiwan') * 1000000 / 1000
-- terminal_limit_gbps with {"terminals": 10, "cables_cut": 5}
SELECT 10 * (SELECT value FROM newest WHERE indicator = 'mean download speed of a terminal') / 1000
-- fallback_gbps with {"terminals": 10, "cables_cut": 5}
SELECT 10 * (SELECT value FROM newest WHERE indicator = 'mean download speed of a terminal') / 1000
-- fallback_share_percent with {"terminals": 10, "cables_cut": 5}
SELECT 100 * 10 * (SELECT value FROM newest WHERE indicator = 'mean download speed of a terminal') / 1000
    / (1000 * (SELECT value FROM newest WHERE indicator = 'international bandwidth'))
-- fallback_people with {"terminals": 10, "cables_cut": 5}
SELECT round(10 * (SELECT value FROM newest WHERE indicator = 'mean download speed of a terminal') / 1000
    / ((SELECT value FROM newest WHERE indicator = 'peak traffic of Matsu, weekday')
    / (SELECT value FROM newest WHERE indicator = 'people of the Matsu islands')), -3)
-- capacity_left_tbps with {"terminals": 10, "cables_cut": 5}
SELECT (SELECT value FROM newest WHERE indicator = 'international bandwidth') * (n - 5) / n FROM cables
-- south_dark_percent with {"terminals": 10, "cables_cut": 5}
-- south_dark_percent with {"terminals": 10, "cables_cut": 12}
-- south_dark_percent with {"terminals": 10, "cables_cut": 3}
SELECT 100 * arg_max(dark, members) FILTER (south) FROM chances
-- any_landing_dark_percent with {"terminals": 10, "cables_cut": 5}
-- any_landing_dark_percent with {"terminals": 10, "cables_cut": 12}
-- any_landing_dark_percent with {"terminals": 10, "cables_cut": 3}
SELECT 100 * sum(CASE WHEN members % 2 = 1 THEN dark ELSE -dark END) FROM chances
-- capacity_left_tbps with {"terminals": 10, "cables_cut": 12}
SELECT (SELECT value FROM newest WHERE indicator = 'international bandwidth') * (n - 12) / n FROM cables
-- capacity_left_tbps with {"terminals": 10, "cables_cut": 3}
SELECT (SELECT value FROM newest WHERE indicator = 'international bandwidth') * (n - 3) / n FROM cables
