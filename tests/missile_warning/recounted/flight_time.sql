-- let rejected
-- rows against which a decided conflict went
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
-- let stated
SELECT *, row_number() OVER () AS place FROM missile_warning.flight_times
    WHERE row_id NOT IN (FROM rejected)
-- let ellipse
SELECT *, range_km / 6371.0 / 2 AS half, apogee_km / (apogee_km + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + apogee_km) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM stated WHERE minutes_low IS NOT NULL
-- let statements
-- one a flight counts: Pyongyang's to the second, else the first on record
    SELECT *, (minutes_low + coalesce(minutes_high, minutes_low)) / 2 - minutes AS residual,
        row_number() OVER (PARTITION BY launch_id ORDER BY observer = 'DPRK' DESC, place) AS turn
    FROM ellipse
-- let bands
SELECT missile_class AS kind, avg(residual) AS middle, min(residual) AS low, max(residual) AS high,
        count(*) AS flights
    FROM statements WHERE turn = 1 GROUP BY ALL
-- let chosen
SELECT 1300.0 AS km, 6371.0 * (sin(1300 / 6371.0 / 2) + cos(1300 / 6371.0 / 2) - 1) / 2 AS top
-- let chosen with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
SELECT 900.0 AS km, 4000 AS top
-- let chosen with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
SELECT 2600.0 AS km, 300 AS top
-- let chosen with {"range_km": 15000, "apogee_km": 9000}
SELECT 15000.0 AS km, 9000 AS top
-- let flown
SELECT *, km / 6371.0 / 2 AS half, top / (top + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + top) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM chosen
-- let reach
-- From the circular orbit's speed on any point can be reached.
    SELECT *, speed * speed * 6371.0 / 398600.4418 AS q,
        CASE WHEN q < 1 THEN 2 * 6371.0 * asin(q / (2 - q)) ELSE pi() * 6371.0 END AS farthest,
        CASE WHEN q >= 1 OR farthest > 5500 THEN 'icbm' ELSE 'irbm' END AS kind
    FROM flown
-- let case_
SELECT * FROM reach JOIN bands USING (kind)
-- let clocks
SELECT *, 60 * substr(launch_jst, 1, 2)::INT + substr(launch_jst, 4)::INT AS launched,
        60 * substr(alert_jst, 1, 2)::INT + substr(alert_jst, 4)::INT AS warned,
        60 * substr(passage_jst, 1, 2)::INT + substr(passage_jst, 4)::INT AS passed,
        60 * substr(detection_jst, 1, 2)::INT + substr(detection_jst, 4)::INT AS detected
    FROM missile_warning.jalert_events
-- let alerts
SELECT *, (warned - launched + 1440) % 1440 AS alert, (passed - launched + 1440) % 1440 AS passage,
        (detected - launched + 1440) % 1440 AS detection
    FROM clocks
-- flight_minutes
-- flight_minutes with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
-- flight_minutes with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
-- flight_minutes with {"range_km": 15000, "apogee_km": 9000}
SELECT minutes AS ellipse, minutes + low AS with_boost_low, minutes + high AS with_boost_high FROM case_
-- minutes_left
-- minutes_left with {"range_km": 15000, "apogee_km": 9000}
SELECT minutes + low - 5.0 AS least, minutes + high - 5.0 AS most FROM case_
-- minutes_left_at_record_delays
-- minutes_left_at_record_delays with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
-- minutes_left_at_record_delays with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
-- minutes_left_at_record_delays with {"range_km": 15000, "apogee_km": 9000}
SELECT minutes + low - max(alert) AS slowest, minutes + middle - median(alert) AS median,
    minutes + high - min(alert) AS fastest
FROM case_, alerts GROUP BY minutes, low, middle, high
-- apogee_km
-- apogee_km with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
-- apogee_km with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
-- apogee_km with {"range_km": 15000, "apogee_km": 9000}
WITH ellipse AS (
SELECT *, km / 6371.0 / 2 AS half, top / (top + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + top) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM chosen
)
SELECT top FROM ellipse
-- speed_km_s
-- speed_km_s with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
-- speed_km_s with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
-- speed_km_s with {"range_km": 15000, "apogee_km": 9000}
WITH ellipse AS (
SELECT *, km / 6371.0 / 2 AS half, top / (top + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + top) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM chosen
)
SELECT speed FROM ellipse
-- full_range_km
-- full_range_km with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
-- full_range_km with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
-- full_range_km with {"range_km": 15000, "apogee_km": 9000}
SELECT farthest FROM case_
-- minutes_left with {"range_km": 900, "apogee_km": 4000, "alert_minutes": 33}
SELECT minutes + low - 33.0 AS least, minutes + high - 33.0 AS most FROM case_
-- minutes_left with {"range_km": 2600, "apogee_km": 300, "alert_minutes": 7.5}
SELECT minutes + low - 7.5 AS least, minutes + high - 7.5 AS most FROM case_
-- residual_minutes_mean
SELECT kind AS key, middle FROM bands
-- residual_minutes_range
SELECT kind AS key, [low, high] FROM bands
-- residual_flights
SELECT kind AS key, flights FROM bands
-- timed_launches
SELECT lower(missile_type) AS key,
    [count(*) FILTER (WHERE row_id IN (SELECT launch_id FROM statements)), count(*)]
FROM missile_warning.launches
WHERE missile_type IN ('ICBM', 'IRBM') AND apogee_km IS NOT NULL AND range_km IS NOT NULL
GROUP BY key
-- newest_launch
SELECT max(launch_date) FROM missile_warning.launches
-- statements_without_time
SELECT count(*) FROM missile_warning.flight_times
WHERE minutes_low IS NULL AND row_id NOT IN (FROM rejected)
-- detection_minutes_newest
SELECT minutes, year(event_date) AS year FROM missile_warning.warning_delays
WHERE component = 'detection' AND direction = 'duration' AND row_id NOT IN (FROM rejected)
ORDER BY event_date DESC, row_number() OVER () DESC LIMIT 1
-- message_minutes_newest
SELECT minutes, year(event_date) AS year FROM missile_warning.warning_delays
WHERE component = 'message' AND direction = 'duration' AND row_id NOT IN (FROM rejected)
ORDER BY event_date DESC, row_number() OVER () DESC LIMIT 1
-- alert_minutes_median
SELECT median(alert) FROM alerts
-- alert_minutes_announced
SELECT [min(alert), max(alert)] FROM alerts WHERE announced
-- alert_minutes_unannounced
SELECT [min(alert), max(alert)] FROM alerts WHERE NOT announced
-- minutes_to_passage
SELECT [min(passage - alert), max(passage - alert)] FROM alerts WHERE passage_kind = 'overflight'
-- detection_minutes_2012
SELECT detection FROM alerts WHERE year(event_date) = 2012 AND detection IS NOT NULL LIMIT 1
-- nearest_city_minutes
WITH pairs AS (
SELECT 2 * 6371.0088 * asin(sqrt(sin(radians(c.latitude_deg - s.latitude_deg) / 2) ^ 2
        + cos(radians(s.latitude_deg)) * cos(radians(c.latitude_deg))
        * sin(radians(c.longitude_deg - s.longitude_deg) / 2) ^ 2)) AS km,
        6371.0 * (sin(km / 6371.0 / 2) + cos(km / 6371.0 / 2) - 1) / 2 AS top
    FROM missile_warning.launch_sites s, missile_warning.cities c
    WHERE site_name IN ('Sunan', 'Wonsan Kalma International Airport',
        'Mupyong-ni Arms Plant', 'Sohae Satellite Launching Station', 'Tonghae Satellite Launching Ground')
        AND city IN ('Tokyo', 'Sapporo', 'Aomori', 'Niigata', 'Osaka', 'Fukuoka', 'Naha')
), ellipse AS (
SELECT *, km / 6371.0 / 2 AS half, top / (top + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + top) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM pairs
)
SELECT min(minutes) FROM ellipse
-- nearest_city_minutes with {"range_km": 500, "alert_minutes": 30, "cities": ["Naha"], "sites": ["Sunan"]}
WITH pairs AS (
SELECT 2 * 6371.0088 * asin(sqrt(sin(radians(c.latitude_deg - s.latitude_deg) / 2) ^ 2
        + cos(radians(s.latitude_deg)) * cos(radians(c.latitude_deg))
        * sin(radians(c.longitude_deg - s.longitude_deg) / 2) ^ 2)) AS km,
        6371.0 * (sin(km / 6371.0 / 2) + cos(km / 6371.0 / 2) - 1) / 2 AS top
    FROM missile_warning.launch_sites s, missile_warning.cities c
    WHERE site_name IN ('Sunan')
        AND city IN ('Naha')
), ellipse AS (
SELECT *, km / 6371.0 / 2 AS half, top / (top + 6371.0 * (1 - cos(half))) AS e,
        (6371.0 + top) / (1 + e) AS a, acos((1 - 6371.0 / a) / e) AS u,
        2 * sqrt(a * a * a / 398600.4418) * (pi() - u + e * sin(u)) / 60 AS minutes,
        sqrt(398600.4418 * (2 / 6371.0 - 1 / a)) AS speed
    FROM pairs
)
SELECT min(minutes) FROM ellipse
