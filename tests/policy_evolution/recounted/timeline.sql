-- Happened events that no source of higher standing overrules; acts are those that are no external shock.

-- let plans
SELECT edition, min(date) AS day FROM policy_evolution.documents
    WHERE family = 'basic plan' AND edition <> 'forerunner' GROUP BY edition
-- let shown
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'happened'
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
-- let shown with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'happened' AND year(date) BETWEEN 2000 AND 2018 AND evidence = 'independent'
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
-- let shown with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'happened' AND list_has_any(fields, ['missile-warning', 'cyber']) AND year >= 1990
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
-- events
-- events with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- events with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT count(*) FROM shown
-- external_shocks
-- external_shocks with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- external_shocks with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT count(*) FROM shown WHERE external_shock
-- by_posture
-- by_posture with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- by_posture with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT name AS key, count(row_id)
FROM (VALUES ('peaceful'), ('non-offensive'), ('security-use'), ('warfighting'), ('none')) p(name)
LEFT JOIN shown ON posture = name AND NOT external_shock GROUP BY ALL
-- agreed_by_posture
-- agreed_by_posture with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- agreed_by_posture with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT name AS key, count(row_id)
FROM (VALUES ('peaceful'), ('non-offensive'), ('security-use'), ('warfighting')) p(name)
LEFT JOIN shown ON posture_first = name AND posture_second = name AND NOT external_shock
GROUP BY ALL
-- first_agreed_year
-- first_agreed_year with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- first_agreed_year with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT name AS key, min(year)
FROM (VALUES ('peaceful'), ('non-offensive'), ('security-use'), ('warfighting')) p(name)
LEFT JOIN shown ON posture_first = name AND posture_second = name AND NOT external_shock
GROUP BY ALL
-- half_since
-- half_since with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- half_since with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT max(year) FROM (
    SELECT year, sum(count(*)) OVER (ORDER BY year DESC) AS later, sum(count(*)) OVER () AS whole
    FROM shown GROUP BY year
) WHERE 2 * later >= whole
-- busiest_year
-- busiest_year with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- busiest_year with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT year FROM shown GROUP BY year ORDER BY count(*) DESC, year LIMIT 1
-- independent_percent
-- independent_percent with {"start_year": 2000, "end_year": 2018, "evidence": ["independent"]}
-- independent_percent with {"domains": ["missile-warning", "cyber"], "start_year": 1990}
SELECT 100 * avg((evidence = 'independent')::INT) FROM shown
-- cuts_first with {"start_year": 2010}
SELECT bool_or(whole < part) FROM (
    SELECT min(year) AS whole, min(year) FILTER (year >= 2010) AS part
    FROM shown WHERE posture_first = posture_second AND posture <> 'none' AND NOT external_shock
    GROUP BY posture_first
)
-- cuts_first
SELECT false
-- planned
WITH shown AS (
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'planned'
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
)
SELECT count(*) FROM shown
-- planned with {"domains": ["industry", "counterspace", "governance"]}
WITH shown AS (
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'planned'
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
)
SELECT count(*) FROM shown WHERE list_has_any(fields, ['industry', 'counterspace', 'governance'])
-- planned with {"end_year": 2020}
SELECT 0
-- planned with {"evidence": ["seed"]}
WITH shown AS (
SELECT *, year(date) AS year,
        string_split(domain || coalesce(';' || other_domains, ''), ';') AS fields,
        coalesce(nullif(posture_first, 'not-coded'), nullif(nullif(posture_second, 'not-coded'),
            'external-shock'), 'none') AS posture
    FROM policy_evolution.events
    WHERE status = 'planned'
        AND row_id NOT IN (
            SELECT unnest(string_split(row_ids, ';')) FROM conflicts
            WHERE "table" = 'policy_evolution/events' AND decided_row_id IS NOT NULL
            EXCEPT SELECT decided_row_id FROM conflicts WHERE decided_row_id IS NOT NULL
        )
)
SELECT count(*) FROM shown WHERE evidence = 'seed'
-- unit_first_people
SELECT arg_min(people, date) FROM policy_evolution.unit_strength WHERE status = 'reported'
-- unit_last_people
SELECT arg_max(people, date) FROM policy_evolution.unit_strength WHERE status = 'reported'
-- unit_growth_multiple
SELECT arg_max(people, date) / arg_min(people, date)
FROM policy_evolution.unit_strength WHERE status = 'reported'
-- jaxa_forerunners
SELECT count(*) FROM policy_evolution.institutions WHERE successor_row_id = 'institution-jaxa'
-- basic_plans
SELECT count(*) FROM plans
-- basic_plan_gap_years
SELECT gap FROM (
    SELECT day, round(date_diff('day', lag(day) OVER (ORDER BY day), day) / 365.25, 2) AS gap FROM plans
) WHERE gap IS NOT NULL ORDER BY day
-- law_year
SELECT year(date) FROM policy_evolution.documents WHERE row_id = 'document-basic-space-law-2008'
