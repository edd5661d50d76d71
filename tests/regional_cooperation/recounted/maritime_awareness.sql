-- Pressure at sea from the coast guard's counts, and the closed forms of the repeat cycle.

-- let ellipsoid
SELECT 6378.137 AS radius, 1 / 298.257223563 * (2 - 1 / 298.257223563) AS squared,
        radians(25.75) AS latitude, radians(97.9) AS inclination
-- let ellipsoid with {"site": "luzon_strait", "satellites": 4, "transit_hours": 30}
SELECT 6378.137 AS radius, 1 / 298.257223563 * (2 - 1 / 298.257223563) AS squared,
        radians(20.5) AS latitude, radians(97.9) AS inclination
-- let ellipsoid with {"site": "sea_of_japan", "swath_km": 50, "tasking": 0.5}
SELECT 6378.137 AS radius, 1 / 298.257223563 * (2 - 1 / 298.257223563) AS squared,
        radians(39.5) AS latitude, radians(97.9) AS inclination
-- let cycle
SELECT any_value(repeat_days) AS days, any_value(repeat_revolutions) AS revolutions
    FROM regional_cooperation.radar_satellites WHERE repeat_days IS NOT NULL
-- let angles
SELECT radius * cos(latitude) / sqrt(1 - squared * pow(sin(latitude), 2)) AS parallel,
        atan((1 - squared) * tan(latitude)) AS geocentric, inclination, days, revolutions
    FROM ellipsoid, cycle
-- let sides
SELECT *, sqrt(1 - pow(cos(inclination) / cos(geocentric), 2)) AS north,
        cos(inclination) / cos(geocentric) - days / revolutions * cos(geocentric) AS east
    FROM angles
-- let spacing
SELECT 2 * pi() * parallel / revolutions * north / sqrt(north * north + east * east) AS km, days
    FROM sides
-- let at_sea
SELECT * FROM regional_cooperation.acts WHERE list_contains(string_split(domains, ';'), 'maritime')
-- let rejected
SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts
    WHERE decided_row_id IS NOT NULL EXCEPT SELECT decided_row_id FROM conflicts
-- let counts
SELECT *, year(date) AS year FROM regional_cooperation.maritime
    WHERE row_id NOT IN (SELECT row_id FROM rejected)
        AND area = 'senkaku' AND coverage = 'complete' AND indicator <> 'streak'
-- vessels_last_year
SELECT arg_max(value, year) FROM counts WHERE zone = 'contiguous' AND indicator = 'vessels'
-- last_year
SELECT max(year) FROM counts WHERE zone = 'contiguous' AND indicator = 'vessels'
-- days_last_year
SELECT arg_max(value, year) FROM counts WHERE zone = 'contiguous' AND indicator = 'days'
-- last_year_of_days
SELECT max(year) FROM counts WHERE zone = 'contiguous' AND indicator = 'days'
-- years_without_vessel_count
SELECT coalesce(list(y ORDER BY y), [])
FROM range(2013, (SELECT max(year) FROM counts WHERE zone = 'contiguous' AND indicator = 'vessels')) AS r(y)
WHERE y NOT IN (SELECT year FROM counts WHERE zone = 'contiguous' AND indicator = 'vessels')
-- vessel_growth
SELECT arg_max(value, year) / any_value(value) FILTER (year = 2013)
FROM counts WHERE zone = 'contiguous' AND indicator = 'vessels'
-- presence_change_year
WITH days AS (
SELECT year, value AS hit, (make_date(year + 1, 1, 1) - make_date(year, 1, 1)) AS length
    FROM counts WHERE zone = 'contiguous' AND indicator = 'days' AND year >= 2013
), shares AS (
SELECT s.year AS split, d.year >= s.year AS later,
        sum(hit) AS hit, sum(length) AS length, count(*) AS years
    FROM days d, (SELECT year FROM days) s GROUP BY ALL
), fits AS (
SELECT split, sum(hit * ln(hit / length) + (length - hit) * ln(1 - hit / length)) AS fit
    FROM shares GROUP BY split HAVING count(*) = 2 AND min(years) >= 2
)
SELECT arg_max(split, fit) FROM fits
-- territorial_days_2012_2022
SELECT sum(value) FROM counts WHERE zone = 'territorial' AND indicator = 'days' AND year <= 2022
-- territorial_last_year
SELECT max(year) FROM counts WHERE zone = 'territorial' AND indicator = 'days'
-- territorial_days_last_year
SELECT arg_max(value, year) FROM counts WHERE zone = 'territorial' AND indicator = 'days'
-- longest_streak_days
SELECT max(value) FROM regional_cooperation.maritime WHERE indicator = 'streak'
-- newer_counts
WITH counts AS (
SELECT *, year(date) AS year FROM regional_cooperation.maritime
    WHERE row_id NOT IN (SELECT row_id FROM rejected) AND indicator <> 'streak'
), whole AS (
SELECT indicator, max(year) AS last FROM counts
    WHERE zone = 'contiguous' AND coverage = 'complete' AND indicator IN ('vessels', 'days') GROUP BY ALL
)
SELECT coalesce(list({'indicator': indicator, 'zone': zone, 'first': date::VARCHAR,
    'last': period_end::VARCHAR, 'value': value} ORDER BY period_end), [])
FROM counts WHERE year > coalesce(
    (SELECT last FROM whole w WHERE w.indicator = counts.indicator AND counts.zone = 'contiguous'),
    (SELECT max(last) FROM whole)
)
-- maritime_acts
SELECT count(*) FROM at_sea
-- maritime_acts_india
SELECT count(*) FROM at_sea a JOIN regional_cooperation.ties t ON t.act_id = a.row_id
WHERE partner = 'India'
-- maritime_acts_taiwan
SELECT count(*) FROM at_sea a JOIN regional_cooperation.ties t ON t.act_id = a.row_id
WHERE partner = 'Taiwan'
-- maritime_operations_taiwan
SELECT count(*) FROM at_sea a JOIN regional_cooperation.ties t ON t.act_id = a.row_id
WHERE partner = 'Taiwan' AND stage = 'operation'
-- track_spacing_km
-- track_spacing_km with {"site": "luzon_strait", "satellites": 4, "transit_hours": 30}
-- track_spacing_km with {"site": "sea_of_japan", "swath_km": 50, "tasking": 0.5}
SELECT km FROM spacing
-- catch_probability_poisson
SELECT 1 - exp(-2 * 200 / km * 1 * 48 / (24 * days) * 1.0 * 0.9) FROM spacing
-- satellites_for_even_odds
SELECT ceil(ln(2) / (2 * 200 / km * 48 / (24 * days) * 1.0 * 0.9)) FROM spacing
-- catch_probability_poisson with {"site": "luzon_strait", "satellites": 4, "transit_hours": 30}
SELECT 1 - exp(-2 * 200 / km * 4 * 30 / (24 * days) * 1.0 * 0.9) FROM spacing
-- satellites_for_even_odds with {"site": "luzon_strait", "satellites": 4, "transit_hours": 30}
SELECT ceil(ln(2) / (2 * 200 / km * 30 / (24 * days) * 1.0 * 0.9)) FROM spacing
-- catch_probability_poisson with {"site": "sea_of_japan", "swath_km": 50, "tasking": 0.5}
SELECT 1 - exp(-2 * 50 / km * 1 * 48 / (24 * days) * 0.5 * 0.9) FROM spacing
-- satellites_for_even_odds with {"site": "sea_of_japan", "swath_km": 50, "tasking": 0.5}
SELECT ceil(ln(2) / (2 * 50 / km * 48 / (24 * days) * 0.5 * 0.9)) FROM spacing
