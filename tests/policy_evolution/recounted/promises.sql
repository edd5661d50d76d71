-- let heard
SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2026-11-22' GROUP BY promise_id
-- let heard with {"as_of": "2023-03-31"}
SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2023-03-31' GROUP BY promise_id
-- let heard with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2024-03-31' GROUP BY promise_id
-- let made
SELECT p.*, came, lost, last, due_until <= DATE '2026-11-22' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2026-11-22'
-- let made with {"as_of": "2023-03-31"}
SELECT p.*, came, lost, last, due_until <= DATE '2023-03-31' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2023-03-31'
-- let made with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT p.*, came, lost, last, due_until <= DATE '2024-03-31' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2024-03-31'
        AND stated_in = 'official'
-- let made with {"as_of": "2026-11-22", "groups": ["institutions", "weapons"]}
SELECT p.*, came, lost, last, due_until <= DATE '2026-11-22' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2026-11-22'
        AND "group" IN ('institutions', 'weapons')
-- let stated
SELECT CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2026-11-22')
            / (365.25 / 12) >= 24 THEN 'dropped' ELSE 'overdue' END AS state FROM made
-- let steps
SELECT months, count(*) FILTER (seen) AS came,
        (SELECT count(*) FROM waits AS longer WHERE longer.months >= waits.months) AS waiting
    FROM waits GROUP BY months
-- let curve
SELECT months, product(1 - came / waiting) OVER (ORDER BY months) AS undelivered FROM steps
-- let reached
SELECT min(months) FILTER (undelivered <= 0.5 + 1e-12) AS half,
        min(months) FILTER (undelivered < 0.5 - 1e-12) AS less FROM curve
-- due with {"as_of": "2026-11-22"}
-- due with {"as_of": "2023-03-31"}
-- due with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
-- due with {"as_of": "2026-11-22", "groups": ["institutions", "weapons"]}
SELECT count(*) FROM made WHERE due
-- met with {"as_of": "2026-11-22"}
-- met with {"as_of": "2023-03-31"}
-- met with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
-- met with {"as_of": "2026-11-22", "groups": ["institutions", "weapons"]}
SELECT count(*) FROM made WHERE due AND met
-- met_percent with {"as_of": "2026-11-22"}
-- met_percent with {"as_of": "2023-03-31"}
-- met_percent with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT 100 * avg(met::INT) FROM made WHERE due
-- delivered with {"as_of": "2026-11-22"}
-- delivered with {"as_of": "2023-03-31"}
-- delivered with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT count(came) FROM made WHERE due
-- delivered_ahead with {"as_of": "2026-11-22"}
-- delivered_ahead with {"as_of": "2023-03-31"}
-- delivered_ahead with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
-- delivered_ahead with {"as_of": "2026-11-22", "groups": ["institutions", "weapons"]}
SELECT count(came) FROM made WHERE NOT due
-- brier with {"as_of": "2026-11-22"}
-- brier with {"as_of": "2023-03-31"}
-- brier with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT avg((
    CASE wording WHEN 'will' THEN 0.95 WHEN 'plans' THEN 0.8 WHEN 'expected' THEN 0.7 ELSE 0.4 END - met::INT
) ** 2)
FROM made WHERE due
-- brier_base_rate with {"as_of": "2026-11-22"}
-- brier_base_rate with {"as_of": "2023-03-31"}
-- brier_base_rate with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT avg(met::INT) * (1 - avg(met::INT)) FROM made WHERE due
-- brier_skill with {"as_of": "2026-11-22"}
-- brier_skill with {"as_of": "2023-03-31"}
-- brier_skill with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT 1 - avg((
    CASE wording WHEN 'will' THEN 0.95 WHEN 'plans' THEN 0.8 WHEN 'expected' THEN 0.7 ELSE 0.4 END - met::INT
) ** 2) / (avg(met::INT) * (1 - avg(met::INT))) FROM made WHERE due
-- met_percent_by_group with {"as_of": "2026-11-22"}
-- met_percent_by_group with {"as_of": "2023-03-31"}
SELECT "group" AS key, 100 * avg(met::INT) FROM made WHERE due GROUP BY "group"
-- met_by_group with {"as_of": "2026-11-22"}
-- met_by_group with {"as_of": "2023-03-31"}
SELECT "group" AS key, count(*) FILTER (met) FROM made WHERE due GROUP BY "group"
-- due_by_group with {"as_of": "2026-11-22"}
-- due_by_group with {"as_of": "2023-03-31"}
SELECT "group" AS key, count(*) FROM made WHERE due GROUP BY "group"
-- made_later with {"as_of": "2026-11-22"}
SELECT count(*) FROM policy_evolution.promises
WHERE promised_date > DATE '2026-11-22'
-- states with {"as_of": "2026-11-22"}
-- states with {"as_of": "2026-11-22", "groups": ["institutions", "weapons"]}
SELECT one AS key, count(state) AS promises
FROM unnest(['early', 'on time', 'late', 'overdue', 'dropped', 'lost', 'not due']) AS kinds(one)
LEFT JOIN stated ON state = one GROUP BY one
-- median_slip_months with {"as_of": "2026-11-22"}
WITH heard AS (
    SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2026-11-22' GROUP BY promise_id
), made AS (
    SELECT p.*, came, lost, last, due_until <= DATE '2026-11-22' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2026-11-22'
), stated AS (
    SELECT *, CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2026-11-22')
            / (365.25 / 12) >= 24 THEN 'dropped' ELSE 'overdue' END AS state FROM made WHERE due
), waits AS (
    SELECT came IS NOT NULL AS seen, CASE state WHEN 'early' THEN date_diff('day', due_from, came)
        WHEN 'on time' THEN 0 WHEN 'late' THEN date_diff('day', due_until, came)
        WHEN 'overdue' THEN date_diff('day', due_until, DATE '2026-11-22') ELSE 1e9 END
        / (365.25 / 12) AS months
    FROM stated
), steps AS (
    SELECT months, count(*) FILTER (seen) AS came,
        (SELECT count(*) FROM waits AS longer WHERE longer.months >= waits.months) AS waiting
    FROM waits GROUP BY months
), curve AS (
    SELECT months, product(1 - came / waiting) OVER (ORDER BY months) AS undelivered FROM steps
), reached AS (
    SELECT min(months) FILTER (undelivered <= 0.5 + 1e-12) AS half,
        min(months) FILTER (undelivered < 0.5 - 1e-12) AS less FROM curve
)
SELECT (half + coalesce(less, half)) / 2 FROM reached
-- made_later with {"as_of": "2023-03-31"}
SELECT count(*) FROM policy_evolution.promises
WHERE promised_date > DATE '2023-03-31'
-- states with {"as_of": "2023-03-31"}
WITH stated AS (
SELECT CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2023-03-31')
            / (365.25 / 12) >= 24 THEN 'dropped' ELSE 'overdue' END AS state FROM made
)
SELECT one AS key, count(state) AS promises
FROM unnest(['early', 'on time', 'late', 'overdue', 'dropped', 'lost', 'not due']) AS kinds(one)
LEFT JOIN stated ON state = one GROUP BY one
-- made_later with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
SELECT count(*) FROM policy_evolution.promises
WHERE promised_date > DATE '2024-03-31' AND stated_in = 'official'
-- states with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
WITH stated AS (
SELECT CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2024-03-31')
            / (365.25 / 12) >= 3 THEN 'dropped' ELSE 'overdue' END AS state FROM made
)
SELECT one AS key, count(state) AS promises
FROM unnest(['early', 'on time', 'late', 'overdue', 'dropped', 'lost', 'not due']) AS kinds(one)
LEFT JOIN stated ON state = one GROUP BY one
-- median_slip_months with {"as_of": "2024-03-31", "sources": ["official"], "dropped_after_months": 3}
WITH heard AS (
    SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2024-03-31' GROUP BY promise_id
), made AS (
    SELECT p.*, came, lost, last, due_until <= DATE '2024-03-31' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2024-03-31'
        AND stated_in = 'official'
), stated AS (
    SELECT *, CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2024-03-31')
            / (365.25 / 12) >= 3 THEN 'dropped' ELSE 'overdue' END AS state FROM made WHERE due
), waits AS (
    SELECT came IS NOT NULL AS seen, CASE state WHEN 'early' THEN date_diff('day', due_from, came)
        WHEN 'on time' THEN 0 WHEN 'late' THEN date_diff('day', due_until, came)
        WHEN 'overdue' THEN date_diff('day', due_until, DATE '2024-03-31') ELSE 1e9 END
        / (365.25 / 12) AS months
    FROM stated
), steps AS (
    SELECT months, count(*) FILTER (seen) AS came,
        (SELECT count(*) FROM waits AS longer WHERE longer.months >= waits.months) AS waiting
    FROM waits GROUP BY months
), curve AS (
    SELECT months, product(1 - came / waiting) OVER (ORDER BY months) AS undelivered FROM steps
), reached AS (
    SELECT min(months) FILTER (undelivered <= 0.5 + 1e-12) AS half,
        min(months) FILTER (undelivered < 0.5 - 1e-12) AS less FROM curve
)
SELECT (half + coalesce(less, half)) / 2 FROM reached
-- made_later with {"as_of": "2022-12-23"}
SELECT count(*) FROM policy_evolution.promises
WHERE promised_date > DATE '2022-12-23'
-- states with {"as_of": "2022-12-23"}
WITH heard AS (
SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2022-12-23' GROUP BY promise_id
), made AS (
SELECT p.*, came, lost, last, due_until <= DATE '2022-12-23' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2022-12-23'
), stated AS (
SELECT CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2022-12-23')
            / (365.25 / 12) >= 24 THEN 'dropped' ELSE 'overdue' END AS state FROM made
)
SELECT one AS key, count(state) AS promises
FROM unnest(['early', 'on time', 'late', 'overdue', 'dropped', 'lost', 'not due']) AS kinds(one)
LEFT JOIN stated ON state = one GROUP BY one
-- median_slip_months with {"as_of": "2021-06-30"}
WITH heard AS (
    SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2021-06-30' GROUP BY promise_id
), made AS (
    SELECT p.*, came, lost, last, due_until <= DATE '2021-06-30' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2021-06-30'
), stated AS (
    SELECT *, CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2021-06-30')
            / (365.25 / 12) >= 24 THEN 'dropped' ELSE 'overdue' END AS state FROM made WHERE due
), waits AS (
    SELECT came IS NOT NULL AS seen, CASE state WHEN 'early' THEN date_diff('day', due_from, came)
        WHEN 'on time' THEN 0 WHEN 'late' THEN date_diff('day', due_until, came)
        WHEN 'overdue' THEN date_diff('day', due_until, DATE '2021-06-30') ELSE 1e9 END
        / (365.25 / 12) AS months
    FROM stated
), steps AS (
    SELECT months, count(*) FILTER (seen) AS came,
        (SELECT count(*) FROM waits AS longer WHERE longer.months >= waits.months) AS waiting
    FROM waits GROUP BY months
), curve AS (
    SELECT months, product(1 - came / waiting) OVER (ORDER BY months) AS undelivered FROM steps
), reached AS (
    SELECT min(months) FILTER (undelivered <= 0.5 + 1e-12) AS half,
        min(months) FILTER (undelivered < 0.5 - 1e-12) AS less FROM curve
)
SELECT (half + coalesce(less, half)) / 2 FROM reached
-- states with {"as_of": "2021-03-31", "dropped_after_months": 0}
WITH heard AS (
SELECT promise_id, min(date) FILTER (state = 'delivered') AS came,
        min(date) FILTER (state = 'lost') AS lost, max(date) AS last
    FROM policy_evolution.promise_outcomes WHERE date <= DATE '2021-03-31' GROUP BY promise_id
), made AS (
SELECT p.*, came, lost, last, due_until <= DATE '2021-03-31' AS due,
        coalesce(came <= due_until, false) AS met
    FROM policy_evolution.promises AS p LEFT JOIN heard ON promise_id = row_id
    WHERE promised_date <= DATE '2021-03-31'
), stated AS (
SELECT CASE WHEN came < due_from THEN 'early' WHEN came <= due_until THEN 'on time'
        WHEN came IS NOT NULL THEN 'late' WHEN lost IS NOT NULL THEN 'lost' WHEN NOT due THEN 'not due'
        WHEN date_diff('day', greatest(due_until, coalesce(last, due_until)), DATE '2021-03-31')
            / (365.25 / 12) >= 0 THEN 'dropped' ELSE 'overdue' END AS state FROM made
)
SELECT one AS key, count(state) AS promises
FROM unnest(['early', 'on time', 'late', 'overdue', 'dropped', 'lost', 'not due']) AS kinds(one)
LEFT JOIN stated ON state = one GROUP BY one
