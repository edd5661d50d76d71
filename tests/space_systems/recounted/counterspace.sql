-- let widest
SELECT report FROM space_systems.counterspace_editions WHERE true
  ORDER BY states_count DESC, edition_year DESC LIMIT 1
-- let widest with {"edition": 2022}
SELECT report FROM space_systems.counterspace_editions WHERE edition_year <= 2022
  ORDER BY states_count DESC, edition_year DESC LIMIT 1
-- let told
SELECT *, list_position(['none reported', 'stage unclear', 'shown outside space',
  'research', 'tested', 'operational'], status) AS stage
  FROM space_systems.counterspace_capabilities WHERE true
-- let told with {"edition": 2022}
SELECT *, list_position(['none reported', 'stage unclear', 'shown outside space',
  'research', 'tested', 'operational'], status) AS stage
  FROM space_systems.counterspace_capabilities WHERE edition_year <= 2022
-- let years
SELECT state, kind, edition_year, arg_max(status, stage) AS status FROM told GROUP BY ALL
-- let pairs
SELECT state, kind, arg_min(status, edition_year) AS one, arg_max(status, edition_year) AS
  last
  FROM years GROUP BY ALL HAVING count(*) > 1
-- let decided
SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, edition_year DESC, stage DESC
-- let decided with {"rule": "furthest"}
SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, stage DESC, edition_year DESC
-- states_spoken_of
SELECT count(DISTINCT state) FROM space_systems.counterspace_capabilities
-- states_far
SELECT count(DISTINCT state) FROM decided WHERE status IN ('tested', 'operational')
-- kinds_far
-- kinds_far with {"rule": "furthest"}
SELECT state AS key, count(*) FROM decided WHERE status IN ('tested', 'operational') GROUP BY 1
-- kinds_far_other_rule
WITH decided AS (
SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, stage DESC, edition_year DESC
)
SELECT state AS key, count(*) FROM decided WHERE status IN ('tested', 'operational') GROUP BY 1
-- kinds_far_other_rule with {"rule": "furthest"}
WITH decided AS (
SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, edition_year DESC, stage DESC
)
SELECT state AS key, count(*) FROM decided WHERE status IN ('tested', 'operational') GROUP BY 1
-- states_by_kind
SELECT k AS key, count(state)
  FROM (SELECT unnest(['direct ascent', 'co-orbital', 'directed energy', 'electronic', 'cyber']) AS k)
  LEFT JOIN decided ON kind = k AND status IN ('tested', 'operational') GROUP BY 1
-- fielded
-- fielded with {"rule": "furthest"}
SELECT count(*) FROM decided WHERE status = 'operational'
-- kinds_asked
SELECT count(*)
  FROM (SELECT unnest(['direct ascent', 'co-orbital', 'directed energy', 'electronic', 'cyber']))
-- cells
SELECT 5 * count(DISTINCT state) FROM space_systems.counterspace_capabilities
-- cells_unknown
SELECT 5 * count(DISTINCT state) - count(DISTINCT (state, kind))
  FROM space_systems.counterspace_capabilities
-- kinds_far with {"edition": 2022, "kinds": ["cyber", "electronic", "directed energy"]}
WITH told AS (SELECT *, list_position(['none reported', 'stage unclear', 'shown outside space',
  'research', 'tested', 'operational'], status) AS stage
  FROM space_systems.counterspace_capabilities WHERE edition_year <= 2022
  AND kind IN ('cyber', 'electronic', 'directed energy')),
decided AS (SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, edition_year DESC, stage DESC)
SELECT state AS key, count(*) FROM decided WHERE status IN ('tested', 'operational') GROUP BY 1
-- kinds_asked with {"edition": 2022, "kinds": ["cyber", "electronic", "directed energy"]}
SELECT 3
-- states_spoken_of with {"edition": 2022, "kinds": ["cyber", "electronic", "directed energy"]}
SELECT count(DISTINCT state) FROM space_systems.counterspace_capabilities
WHERE edition_year <= 2022 AND kind IN ('cyber', 'electronic', 'directed energy')
-- cells with {"edition": 2022, "kinds": ["cyber", "electronic", "directed energy"]}
SELECT 3 * count(DISTINCT state) FROM space_systems.counterspace_capabilities
WHERE edition_year <= 2022 AND kind IN ('cyber', 'electronic', 'directed energy')
-- cells_unknown with {"edition": 2022, "kinds": ["cyber", "electronic", "directed energy"]}
SELECT 3 * count(DISTINCT state) - count(DISTINCT (state, kind))
FROM space_systems.counterspace_capabilities WHERE edition_year <= 2022
  AND kind IN ('cyber', 'electronic', 'directed energy')
-- states_by_kind with {"states": ["United Kingdom", "Japan"], "kinds": ["cyber", "directed energy"]}
WITH told AS (SELECT *, list_position(['none reported', 'stage unclear', 'shown outside space',
  'research', 'tested', 'operational'], status) AS stage
  FROM space_systems.counterspace_capabilities WHERE state IN ('United Kingdom', 'Japan')),
decided AS (SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, edition_year DESC, stage DESC)
SELECT k AS key, count(state) FROM (SELECT unnest(['cyber', 'directed energy']) AS k)
LEFT JOIN decided ON kind = k AND status IN ('tested', 'operational') GROUP BY 1
-- states_far with {"states": ["United Kingdom", "Japan"], "kinds": ["cyber", "directed energy"]}
WITH told AS (SELECT *, list_position(['none reported', 'stage unclear', 'shown outside space',
  'research', 'tested', 'operational'], status) AS stage
  FROM space_systems.counterspace_capabilities WHERE state IN ('United Kingdom', 'Japan')
  AND kind IN ('cyber', 'directed energy')),
decided AS (SELECT DISTINCT ON (state, kind) state, kind, status FROM told
  ORDER BY state, kind, edition_year DESC, stage DESC)
SELECT count(DISTINCT state) FROM decided WHERE status IN ('tested', 'operational')
-- pairs_of_years
-- pairs_of_years with {"edition": 2022}
SELECT count(*) FROM pairs
-- pairs_moved
-- pairs_moved with {"edition": 2022}
SELECT count(*) FROM pairs WHERE one <> last
-- satellites
SELECT count(*) FROM space_systems.satellites WHERE state = 'flying'
-- satellites_by_orbit
SELECT k AS key, count(c)
FROM (SELECT unnest(['low', 'medium', 'quasi-zenith', 'geostationary', 'unknown']) AS k)
LEFT JOIN (SELECT coalesce(string_split(orbit, ',')[1], 'unknown') AS c
  FROM space_systems.satellites WHERE state = 'flying') ON c = k GROUP BY 1
-- satellites with {"orbit": "geostationary"}
SELECT count(*) FROM space_systems.satellites WHERE state = 'flying'
  AND string_split(orbit, ',')[1] = 'geostationary'
-- satellites_by_orbit with {"orbit": "geostationary"}
SELECT count(*) AS geostationary, 0 AS unknown
FROM space_systems.satellites WHERE state = 'flying' AND string_split(orbit, ',')[1] = 'geostationary'
-- kinds_shown
SELECT o AS key, count(DISTINCT kind)
  FROM (SELECT unnest(['low', 'medium', 'quasi-zenith', 'geostationary']) AS o)
LEFT JOIN space_systems.counterspace_reach ON orbit = o AND reach = 'shown' GROUP BY 1
-- kinds_unknown
SELECT o AS key, 5 - count(DISTINCT kind)
  FROM (SELECT unnest(['low', 'medium', 'quasi-zenith', 'geostationary']) AS o)
LEFT JOIN space_systems.counterspace_reach ON orbit = o AND reach <> 'unknown' GROUP BY 1
-- incidents
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE true
-- incidents_by_kind
SELECT kind AS key, count(*)
FROM space_systems.counterspace_incidents WHERE true GROUP BY 1
-- incidents_japan
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE true AND target_state = 'Japan'
-- incidents_japan_orbit
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE true AND target_state = 'Japan' AND orbit <> 'ground'
-- incidents_japan_named
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE true AND target_state = 'Japan' AND actor <> 'unknown'
-- incidents_public
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE true
  AND attribution IN ('government', 'several governments or an international body')
-- incidents_years
SELECT [min(year(date)), max(year(date))]
FROM space_systems.counterspace_incidents WHERE true
-- incidents with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground')
-- incidents_by_kind with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT kind AS key, count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground') GROUP BY 1
-- incidents_japan with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground') AND target_state = 'Japan'
-- incidents_japan_orbit with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground') AND target_state = 'Japan' AND orbit <> 'ground'
-- incidents_japan_named with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground') AND target_state = 'Japan' AND actor <> 'unknown'
-- incidents_public with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT count(*)
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground')
  AND attribution IN ('government', 'several governments or an international body')
-- incidents_years with {"first_year": 2010, "last_year": 2020, "orbit": "low"}
SELECT [min(year(date)), max(year(date))]
FROM space_systems.counterspace_incidents WHERE year(date) BETWEEN 2010 AND 2020
  AND orbit IN ('low', 'ground')
-- editions_read
SELECT count(*) FROM space_systems.counterspace_editions WHERE true
-- reports_read
SELECT count(DISTINCT report) FROM space_systems.counterspace_editions WHERE true
-- widest_states
SELECT max(states_count) FROM space_systems.counterspace_editions WHERE true
-- widest_edition
SELECT edition_year FROM space_systems.counterspace_editions WHERE true
  ORDER BY states_count DESC, edition_year DESC LIMIT 1
-- widest_first_states
-- widest_first_states with {"edition": 2022}
SELECT arg_min(states_count, edition_year) FROM space_systems.counterspace_editions
  SEMI JOIN widest USING (report)
-- widest_first_edition
-- widest_first_edition with {"edition": 2022}
SELECT min(edition_year) FROM space_systems.counterspace_editions SEMI JOIN widest USING (report)
-- japan_covered_since
SELECT min(edition_year) FROM space_systems.counterspace_editions
WHERE true AND list_contains(string_split(states, ';'), 'Japan')
-- editions_read with {"edition": 2022}
SELECT count(*) FROM space_systems.counterspace_editions WHERE edition_year <= 2022
-- reports_read with {"edition": 2022}
SELECT count(DISTINCT report) FROM space_systems.counterspace_editions WHERE edition_year <= 2022
-- widest_states with {"edition": 2022}
SELECT max(states_count) FROM space_systems.counterspace_editions WHERE edition_year <= 2022
-- widest_edition with {"edition": 2022}
SELECT edition_year FROM space_systems.counterspace_editions WHERE edition_year <= 2022
  ORDER BY states_count DESC, edition_year DESC LIMIT 1
-- japan_covered_since with {"edition": 2022}
SELECT min(edition_year) FROM space_systems.counterspace_editions
WHERE edition_year <= 2022 AND list_contains(string_split(states, ';'), 'Japan')
-- pledged
SELECT sum(states)::BIGINT FROM space_systems.asat_pledges
-- pledged_japan
SELECT date FROM space_systems.asat_pledges WHERE state = 'Japan'
-- pledges_until
SELECT max(CASE date_precision WHEN 'month' THEN last_day(date)
  WHEN 'year' THEN make_date(year(date), 12, 31) ELSE date END) FROM space_systems.asat_pledges
-- testers
SELECT list(DISTINCT state ORDER BY state) FROM space_systems.destructive_events
  WHERE kind = 'destructive test'
-- testers_pledged
SELECT list(DISTINCT state ORDER BY state) FROM space_systems.destructive_events
  WHERE kind = 'destructive test'
  AND state IN (SELECT state FROM space_systems.asat_pledges)
-- destructive_tests
SELECT count(DISTINCT event) FROM space_systems.destructive_events WHERE kind = 'destructive test'
-- last_test
SELECT max(date) FROM space_systems.destructive_events WHERE kind = 'destructive test'
-- vote
SELECT [total_yes, total_no, total_abstain] FROM regional_cooperation.un_resolutions
  WHERE topic = 'test_ban'
-- vote_day
SELECT date FROM regional_cooperation.un_resolutions WHERE topic = 'test_ban'
-- acts
SELECT count(*) FROM policy_evolution.events
WHERE (domain = 'counterspace' OR list_contains(string_split(other_domains, ';'), 'counterspace'))
  AND NOT external AND status = 'happened'
-- acts_years
SELECT [min(year(date)), max(year(date))] FROM policy_evolution.events
WHERE (domain = 'counterspace' OR list_contains(string_split(other_domains, ';'), 'counterspace'))
  AND NOT external AND status = 'happened'
-- statements
SELECT count(*) FROM policy_evolution.events
WHERE (domain = 'counterspace' OR list_contains(string_split(other_domains, ';'), 'counterspace'))
  AND NOT external AND status = 'happened' AND kind = 'statement'
