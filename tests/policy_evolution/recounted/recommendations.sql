-- A demand's day is the last on which its document may have appeared; facts of later days count, up to the

-- let asked
SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
-- let found
SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_first = 'done') AS done_on,
        min(c.date) FILTER (c.state_first IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_first = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '2025-12-31' AND c.state_first <> 'none'
    WHERE a.told <= DATE '2025-12-31' GROUP BY ALL
-- let board
SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
-- let waits
SELECT date_diff('day', told, coalesce(done_on, DATE '2025-12-31')) / (365.25 / 12) AS months,
        (done_on IS NOT NULL)::INT AS over
    FROM board WHERE measurable
-- let waits with {"as_of": "2025-12-31", "act": "partly"}
SELECT date_diff('day', told, coalesce(partly_on, DATE '2025-12-31')) / (365.25 / 12) AS months,
        (partly_on IS NOT NULL)::INT AS over
    FROM board WHERE measurable
-- let steps
SELECT months, sum(over) AS events, sum(count(*)) OVER (ORDER BY months DESC) AS waiting
    FROM waits GROUP BY months
-- let curve
SELECT months, exp(sum(ln(1 - events / waiting)) OVER (ORDER BY months)) AS share,
        sum(events / (waiting * (waiting - events))) OVER (ORDER BY months) AS variance
    FROM steps
-- asked
SELECT count(*) FROM policy_evolution.recommendations
-- documents
SELECT count(DISTINCT document_id) FROM policy_evolution.recommendations
-- demands
SELECT count(DISTINCT demand_id) FROM policy_evolution.recommendations
-- asked with {"documents": "the five"}
SELECT count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE d.one_of_five
-- asked with {"documents": "others"}
SELECT count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE NOT d.one_of_five
-- asked with {"askers": ["industry", "ruling party"]}
SELECT count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE d.asker_kind IN ('industry', 'ruling party')
-- demands with {"kind": ["law", "system"], "addressee": ["Japan"]}
SELECT count(DISTINCT m.row_id) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE m.kind IN ('law', 'system') AND r.addressee = 'Japan'
-- asked_by_asker
SELECT d.asker_kind AS key, count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
GROUP BY ALL
-- five_asked
SELECT count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE d.one_of_five
-- recurring
SELECT count(*) FROM (
    SELECT demand_id FROM policy_evolution.recommendations GROUP BY ALL HAVING count(DISTINCT document_id) > 1
)
-- unnamed
SELECT count(*) FROM policy_evolution.recommendations WHERE body = 'not named'
-- due with {"as_of": "2025-12-31"}
SELECT count(*) FROM policy_evolution.recommendations r
JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
WHERE r.due_until <= DATE '2025-12-31' AND d.date <= DATE '2025-12-31'
-- facts
SELECT count(*) FROM policy_evolution.recommendation_outcomes
-- facts with {"as_of": "2025-12-31"}
SELECT count(*) FROM policy_evolution.recommendation_outcomes WHERE date <= DATE '2025-12-31'
-- facts_agreed with {"as_of": "2025-12-31"}
SELECT count(*) FROM policy_evolution.recommendation_outcomes
WHERE date <= DATE '2025-12-31' AND state_first = state_second
-- kappa with {"as_of": "2025-12-31"}
WITH facts AS (
SELECT state_first AS one, state_second AS two FROM policy_evolution.recommendation_outcomes
    WHERE date <= DATE '2025-12-31'
), chance AS (
SELECT sum(a.n * b.n) / (SELECT count(*) ^ 2 FROM facts) AS share
    FROM (SELECT one, count(*) AS n FROM facts GROUP BY ALL) a
    JOIN (SELECT two, count(*) AS n FROM facts GROUP BY ALL) b ON a.one = b.two
)
SELECT ((SELECT avg((one = two)::INT) FROM facts) - share) / (1 - share) FROM chance
-- states
WITH asked AS (
    SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
), found AS (
    SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_first = 'done') AS done_on,
        min(c.date) FILTER (c.state_first IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_first = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '9000-01-01' AND c.state_first <> 'none'
    WHERE a.told <= DATE '9000-01-01' GROUP BY ALL
), board AS (
    SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
)
SELECT s.state AS key, count(b.state)
FROM (VALUES ('done'), ('partly'), ('begun'), ('overtaken'), ('no sign'), ('cannot be told')) s(state)
LEFT JOIN board b USING (state) GROUP BY ALL
-- states with {"as_of": "2025-12-31"}
SELECT s.state AS key, count(b.state)
FROM (VALUES ('done'), ('partly'), ('begun'), ('overtaken'), ('no sign'), ('cannot be told')) s(state)
LEFT JOIN board b USING (state) GROUP BY ALL
-- states with {"as_of": "2010-06-30"}
WITH asked AS (
    SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
), found AS (
    SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_first = 'done') AS done_on,
        min(c.date) FILTER (c.state_first IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_first = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '2010-06-30' AND c.state_first <> 'none'
    WHERE a.told <= DATE '2010-06-30' GROUP BY ALL
), board AS (
    SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
)
SELECT s.state AS key, count(b.state)
FROM (VALUES ('done'), ('partly'), ('begun'), ('overtaken'), ('no sign'), ('cannot be told')) s(state)
LEFT JOIN board b USING (state) GROUP BY ALL
-- states with {"as_of": "2025-12-31", "coding": "second"}
WITH asked AS (
    SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
), found AS (
    SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_second = 'done') AS done_on,
        min(c.date) FILTER (c.state_second IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_second = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '2025-12-31' AND c.state_second <> 'none'
    WHERE a.told <= DATE '2025-12-31' GROUP BY ALL
), board AS (
    SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
)
SELECT s.state AS key, count(b.state)
FROM (VALUES ('done'), ('partly'), ('begun'), ('overtaken'), ('no sign'), ('cannot be told')) s(state)
LEFT JOIN board b USING (state) GROUP BY ALL
-- states with {"documents": "the five"}
WITH asked AS (
    SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
    WHERE d.one_of_five
), found AS (
    SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_first = 'done') AS done_on,
        min(c.date) FILTER (c.state_first IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_first = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '9000-01-01' AND c.state_first <> 'none'
    WHERE a.told <= DATE '9000-01-01' GROUP BY ALL
), board AS (
    SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
)
SELECT s.state AS key, count(b.state)
FROM (VALUES ('done'), ('partly'), ('begun'), ('overtaken'), ('no sign'), ('cannot be told')) s(state)
LEFT JOIN board b USING (state) GROUP BY ALL
-- silent with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE state = 'no sign'
-- heard with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE state IN ('done', 'partly')
-- heard_percent with {"as_of": "2025-12-31"}
SELECT 100 * avg((state IN ('done', 'partly'))::INT) FROM board
-- heard_by_asker with {"as_of": "2025-12-31"}
SELECT asker_kind AS key, sum((state IN ('done', 'partly'))::INT)::INT FROM board GROUP BY ALL
-- recurring_done with {"as_of": "2025-12-31"}
SELECT count(*) FROM (
    SELECT demand_id, arg_min(state, (opened, document_id)) AS first FROM board
    GROUP BY ALL HAVING count(DISTINCT document_id) > 1
) WHERE first = 'done'
-- unnamed_heard with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE body = 'not named' AND state IN ('done', 'partly')
-- met with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE due_until <= DATE '2025-12-31' AND done_on <= due_until
-- five_heard with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE one_of_five AND state IN ('done', 'partly')
-- five_silent with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE one_of_five AND state = 'no sign'
-- long_asked with {"as_of": "2025-12-31"}
SELECT count(*) FROM board WHERE date_diff('day', told, DATE '2025-12-31') / (365.25 / 12) >= 60
-- long_heard with {"as_of": "2025-12-31"}
SELECT count(*) FROM board
WHERE date_diff('day', told, DATE '2025-12-31') / (365.25 / 12) >= 60 AND state IN ('done', 'partly')
-- waiting_months with {"as_of": "2025-12-31"}
SELECT least(60, max(date_diff('day', told, coalesce(done_on, DATE '2025-12-31'))) / (365.25 / 12))
FROM board WHERE measurable
-- waiting_months with {"as_of": "2025-12-31", "documents": "the five"}
WITH asked AS (
    SELECT r.*, d.asker_kind, d.one_of_five, d.date AS opened, m.kind, m.measurable,
        CASE d.date_precision WHEN 'month' THEN last_day(d.date)
            WHEN 'year' THEN make_date(year(d.date), 12, 31) ELSE d.date END AS told
    FROM policy_evolution.recommendations r
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    JOIN policy_evolution.recommendation_demands m ON m.row_id = r.demand_id
    WHERE d.one_of_five
), found AS (
    SELECT a.*, count(c.date) AS facts,
        min(c.date) FILTER (c.state_first = 'done') AS done_on,
        min(c.date) FILTER (c.state_first IN ('done', 'partly')) AS partly_on,
        min(c.date) FILTER (c.state_first = 'overtaken') AS gone_on
    FROM asked a LEFT JOIN policy_evolution.recommendation_outcomes c ON c.demand_id = a.demand_id
        AND c.date > a.told AND c.date <= DATE '2025-12-31' AND c.state_first <> 'none'
    WHERE a.told <= DATE '2025-12-31' GROUP BY ALL
), board AS (
    SELECT *, CASE WHEN done_on < coalesce(gone_on, DATE '9999-01-01') THEN 'done'
        WHEN gone_on IS NOT NULL THEN 'overtaken' WHEN partly_on IS NOT NULL THEN 'partly'
        WHEN facts > 0 THEN 'begun' WHEN measurable THEN 'no sign' ELSE 'cannot be told' END AS state
    FROM found
)
SELECT least(60, max(date_diff('day', told, coalesce(done_on, DATE '2025-12-31'))) / (365.25 / 12))
FROM board WHERE measurable
-- waiting_percent with {"as_of": "2025-12-31"}
-- waiting_percent with {"as_of": "2025-12-31", "act": "partly"}
SELECT 100 * min(share) FROM curve WHERE months <= 60
-- median_months with {"as_of": "2025-12-31"}
-- median_months with {"as_of": "2025-12-31", "act": "partly"}
SELECT min(months) FROM curve WHERE share <= 0.5
-- median_interval with {"as_of": "2025-12-31"}
-- median_interval with {"as_of": "2025-12-31", "act": "partly"}
SELECT * FROM (
    SELECT min(months) FROM curve
    WHERE share < 1 AND share ^ exp(1.959963984540054 * sqrt(variance) / -ln(share)) <= 0.5
    UNION ALL
    SELECT min(months) FROM curve
    WHERE share < 1 AND share ^ exp(-1.959963984540054 * sqrt(variance) / -ln(share)) <= 0.5
)
