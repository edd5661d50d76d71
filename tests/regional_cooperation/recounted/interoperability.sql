-- Which links exist between Japan and a partner, judged again from links, acts and exercises.

-- let heads_too
SELECT exercise_id, count(*) AS named_too FROM regional_cooperation.exercise_participants GROUP BY ALL
-- let facts_too
SELECT partner, kind, state, channel, date, row_id FROM regional_cooperation.links
    UNION ALL
    SELECT t.partner, l.kind, l.state, l.channel, a.date, l.row_id
    FROM regional_cooperation.link_acts l JOIN regional_cooperation.ties t USING (act_id)
    JOIN regional_cooperation.acts a ON a.row_id = act_id
    UNION ALL
    SELECT s.participant, CASE e.domain WHEN 'situational_awareness' THEN 'space exercise'
            WHEN 'joint_command' THEN 'forces'' exercise' WHEN 'maritime' THEN 'coast guard drill' END,
        CASE WHEN s.role = 'participant' AND e.japan_role = 'participant' THEN 'works' ELSE 'observed' END,
        CASE WHEN greatest(e.nations, h.named_too) <= 2 THEN 'bilateral'
            WHEN greatest(e.nations, h.named_too) = 3 THEN 'trilateral' ELSE 'group' END,
        make_date(e.year, 1, 1), s.row_id
    FROM regional_cooperation.exercise_participants s
    JOIN regional_cooperation.exercises e ON e.row_id = s.exercise_id JOIN heads_too h USING (exercise_id)
    WHERE e.japan_role IN ('participant', 'observer') AND s.participant <> 'Japan'
-- let needs
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2025
-- let needs with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2025
        AND kind IN ('missile warning', 'coast guard drill')
-- let needs with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2020
-- let named_too
SELECT year, row_id, unnest(string_split(partners, ';')) AS partner,
        generate_subscripts(string_split(partners, ';'), 1) AS nth, kind
    FROM needs WHERE partners IS NOT NULL
-- let named
SELECT unnest(string_split(partners, ';')) AS partner, kind FROM needs WHERE partners IS NOT NULL
-- let heads
SELECT exercise_id, count(*) AS named FROM regional_cooperation.exercise_participants GROUP BY ALL
-- let facts
SELECT partner, kind, state, channel, date, row_id FROM regional_cooperation.links
    UNION ALL
    SELECT t.partner, l.kind, l.state, l.channel, a.date, l.row_id
    FROM regional_cooperation.link_acts l JOIN regional_cooperation.ties t USING (act_id)
    JOIN regional_cooperation.acts a ON a.row_id = act_id
    UNION ALL
    SELECT s.participant, CASE e.domain WHEN 'situational_awareness' THEN 'space exercise'
            WHEN 'joint_command' THEN 'forces'' exercise' WHEN 'maritime' THEN 'coast guard drill' END,
        CASE WHEN s.role = 'participant' AND e.japan_role = 'participant' THEN 'works' ELSE 'observed' END,
        CASE WHEN greatest(e.nations, h.named) <= 2 THEN 'bilateral'
            WHEN greatest(e.nations, h.named) = 3 THEN 'trilateral' ELSE 'group' END,
        make_date(e.year, 1, 1), s.row_id
    FROM regional_cooperation.exercise_participants s
    JOIN regional_cooperation.exercises e ON e.row_id = s.exercise_id JOIN heads h USING (exercise_id)
    WHERE e.japan_role IN ('participant', 'observer') AND s.participant <> 'Japan'
-- let evidence
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2025
-- let evidence with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2025
        AND kind IN ('missile warning', 'coast guard drill')
-- let evidence with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2020
-- let evidence with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2024
-- let asked_too
SELECT * FROM unnest(['Taiwan', 'South Korea', 'Philippines', 'Australia']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
-- let asked_too with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT * FROM unnest(['Taiwan', 'South Korea', 'Philippines', 'Australia']) AS p(partner),
        unnest(['missile warning', 'coast guard drill']) AS k(kind)
-- let asked_too with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT * FROM unnest(['United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan', 'India',
        'United Kingdom', 'France', 'Germany', 'Italy', 'Canada', 'European Union',
        'NATO']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
-- let asked
SELECT * FROM unnest(['United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan', 'India',
        'United Kingdom', 'France', 'Germany', 'Italy', 'Canada', 'European Union',
        'NATO']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
-- let asked with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT * FROM unnest(['United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan', 'India',
        'United Kingdom', 'France', 'Germany', 'Italy', 'Canada', 'European Union',
        'NATO']) AS p(partner),
        unnest(['missile warning', 'coast guard drill']) AS k(kind)
-- let asked with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT * FROM unnest(['India', 'United States']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
-- let doubts_too
SELECT *, max(place) FILTER (state = 'in doubt') OVER (PARTITION BY partner, kind) AS last_doubt
    FROM evidence_too
-- let doubts
SELECT *, max(place) FILTER (state = 'in doubt') OVER (PARTITION BY partner, kind) AS last_doubt
    FROM evidence
-- let cells_too
SELECT asked_too.partner, asked_too.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked_too LEFT JOIN doubts USING (partner, kind) GROUP BY ALL
-- let cells_too with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT asked_too.partner, asked_too.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked_too LEFT JOIN doubts USING (partner, kind) GROUP BY ALL
-- let cells
SELECT asked.partner, asked.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked LEFT JOIN doubts USING (partner, kind) GROUP BY ALL
-- let cells with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT asked.partner, asked.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked LEFT JOIN doubts USING (partner, kind) GROUP BY ALL
-- let cells with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT asked.partner, asked.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2021 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2021 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2021 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked LEFT JOIN doubts USING (partner, kind) GROUP BY ALL
-- pairs with {"as_of": 2025, "first_year": 2012}
-- pairs with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT count(*) FROM cells
-- exist with {"as_of": 2025, "first_year": 2012}
-- exist with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT count(*) FROM cells WHERE working > 0
-- in_part with {"as_of": 2025, "first_year": 2012}
-- in_part with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT count(*) FROM cells WHERE working = 0 AND others > 0
-- no_sign with {"as_of": 2025, "first_year": 2012}
-- no_sign with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT count(*) FROM cells WHERE others = 0
-- exist_other_groups with {"as_of": 2025, "first_year": 2012}
-- exist_other_groups with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT count(*) FROM cells WHERE working_other_way > 0
-- by_partner with {"as_of": 2025, "first_year": 2012}
-- by_partner with {"as_of": 2024, "groups": false, "held_within": 3}
SELECT partner AS key, count(*) FILTER (working > 0) FROM cells GROUP BY partner
-- by_kind with {"as_of": 2025, "first_year": 2012}
-- by_kind with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT kind AS key, count(*) FILTER (working > 0) FROM cells GROUP BY kind
-- warning_since with {"as_of": 2025, "first_year": 2012}
-- warning_since with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT partner AS key, since FROM cells WHERE kind = 'missile warning' AND working > 0
-- focus_exist with {"as_of": 2025, "first_year": 2012}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND working > 0
-- focus_part with {"as_of": 2025, "first_year": 2012}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND working = 0 AND others > 0
-- focus_lacking with {"as_of": 2025, "first_year": 2012}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND others = 0
-- focus_refused with {"as_of": 2025, "first_year": 2012}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND others = 0 AND refusals > 0
-- beside_exist with {"as_of": 2025, "first_year": 2012}
SELECT partner AS key, count(*) FILTER (working > 0) FROM cells_too WHERE partner <> 'Taiwan' GROUP BY partner
-- beside_ahead with {"as_of": 2025, "first_year": 2012}
SELECT partner AS key, count(*) FILTER (working > 0
    AND kind IN (SELECT kind FROM cells_too WHERE partner = 'Taiwan' AND others = 0))
FROM cells_too WHERE partner <> 'Taiwan' GROUP BY partner
-- lacking_beside with {"as_of": 2025, "first_year": 2012}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), []) FROM (
    SELECT kind FROM cells_too GROUP BY kind
    HAVING bool_and(CASE WHEN partner = 'Taiwan' THEN others = 0 ELSE working > 0 END)
)
-- held_by_partner with {"as_of": 2025, "first_year": 2012}
SELECT partner AS key, count(*) FROM evidence
WHERE state = 'works' AND partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
    AND kind IN ('space exercise', 'missile defense exercise', 'forces'' exercise',
        'coast guard drill')
    AND year(date) >= 2012
GROUP BY partner
-- held_years with {"as_of": 2025, "first_year": 2012}
SELECT [min(year(date)), max(year(date))] FROM evidence
WHERE state = 'works' AND partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
    AND kind IN ('space exercise', 'missile defense exercise', 'forces'' exercise',
        'coast guard drill')
    AND year(date) >= 2012
-- demands with {"as_of": 2025, "first_year": 2012}
-- demands with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT count(DISTINCT recommendation_id) FROM needs
-- demand_documents with {"as_of": 2025, "first_year": 2012}
-- demand_documents with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT count(DISTINCT document) FROM needs
-- demands_by_kind with {"as_of": 2025, "first_year": 2012}
-- demands_by_kind with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT kind AS key, count(*) FROM needs GROUP BY kind
-- pairs_demanded with {"as_of": 2025, "first_year": 2012}
-- pairs_demanded with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT count(DISTINCT (partner, kind)) FROM named
-- pairs_unmet with {"as_of": 2025, "first_year": 2012}
WITH heads_too AS (
SELECT exercise_id, count(*) AS named_too FROM regional_cooperation.exercise_participants GROUP BY ALL
), facts_too AS (
SELECT partner, kind, state, channel, date, row_id FROM regional_cooperation.links
    UNION ALL
    SELECT t.partner, l.kind, l.state, l.channel, a.date, l.row_id
    FROM regional_cooperation.link_acts l JOIN regional_cooperation.ties t USING (act_id)
    JOIN regional_cooperation.acts a ON a.row_id = act_id
    UNION ALL
    SELECT s.participant, CASE e.domain WHEN 'situational_awareness' THEN 'space exercise'
            WHEN 'joint_command' THEN 'forces'' exercise' WHEN 'maritime' THEN 'coast guard drill' END,
        CASE WHEN s.role = 'participant' AND e.japan_role = 'participant' THEN 'works' ELSE 'observed' END,
        CASE WHEN greatest(e.nations, h.named_too) <= 2 THEN 'bilateral'
            WHEN greatest(e.nations, h.named_too) = 3 THEN 'trilateral' ELSE 'group' END,
        make_date(e.year, 1, 1), s.row_id
    FROM regional_cooperation.exercise_participants s
    JOIN regional_cooperation.exercises e ON e.row_id = s.exercise_id JOIN heads_too h USING (exercise_id)
    WHERE e.japan_role IN ('participant', 'observer') AND s.participant <> 'Japan'
), evidence_too AS (
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts_too
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2025
), asked AS (
SELECT * FROM unnest(['United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan', 'India',
        'United Kingdom', 'France', 'Germany', 'Italy', 'Canada', 'European Union',
        'NATO']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
), doubts_too AS (
SELECT *, max(place) FILTER (state = 'in doubt') OVER (PARTITION BY partner, kind) AS last_doubt
    FROM evidence_too
), cells_too_also AS (
SELECT asked.partner, asked.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2020 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked LEFT JOIN doubts_too USING (partner, kind) GROUP BY ALL
), needs AS (
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2025
), named_too AS (
SELECT year, row_id, unnest(string_split(partners, ';')) AS partner,
        generate_subscripts(string_split(partners, ';'), 1) AS nth, kind
    FROM needs WHERE partners IS NOT NULL
)
SELECT coalesce(list(kind || ', ' || partner ORDER BY first_said), []) FROM (
    SELECT partner, kind, min((year, row_id, nth)) AS first_said FROM named_too
    JOIN cells_too_also USING (partner, kind) WHERE working = 0 GROUP BY ALL
)
-- held_by_partner with {"as_of": 2024, "groups": false, "held_within": 3}
-- held_by_partner with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT partner AS key, count(*) FROM evidence
WHERE state = 'works' AND partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
    AND kind IN ('space exercise', 'missile defense exercise', 'forces'' exercise',
        'coast guard drill')
    AND year(date) >= (SELECT min(year(date)) FROM regional_cooperation.links)
GROUP BY partner
-- demands with {"as_of": 2024, "groups": false, "held_within": 3}
WITH needs_too AS (
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2024
)
SELECT count(DISTINCT recommendation_id) FROM needs_too
-- exist with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT count(*) FROM cells_too WHERE working > 0
-- exist_other_groups with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT count(*) FROM cells_too WHERE working_other_way > 0
-- focus_exist with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells WHERE partner = 'India' AND working > 0
-- focus_part with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells WHERE partner = 'India' AND working = 0 AND others > 0
-- focus_lacking with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), [])
FROM cells WHERE partner = 'India' AND others = 0
-- beside_exist with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT partner AS key, count(*) FILTER (working > 0) FROM cells WHERE partner <> 'India' GROUP BY partner
-- beside_ahead with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT partner AS key, count(*) FILTER (working > 0
    AND kind IN (SELECT kind FROM cells WHERE partner = 'India' AND others = 0))
FROM cells WHERE partner <> 'India' GROUP BY partner
-- lacking_beside with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'protection of secrets', 'supply and access', 'orbital data',
    'missile warning', 'air and sea picture', 'tactical data link',
    'liaison officers', 'hosted payload', 'space exercise',
    'missile defense exercise', 'forces'' exercise', 'coast guard drill'
], kind)), []) FROM (
    SELECT kind FROM cells GROUP BY kind
    HAVING bool_and(CASE WHEN partner = 'India' THEN others = 0 ELSE working > 0 END)
)
-- held_years with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
SELECT [min(year(date)), max(year(date))] FROM evidence
WHERE state = 'works' AND partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
    AND kind IN ('space exercise', 'missile defense exercise', 'forces'' exercise',
        'coast guard drill')
    AND year(date) >= (SELECT min(year(date)) FROM regional_cooperation.links)
-- pairs_unmet with {"as_of": 2020, "focus": "India", "beside": ["United States"]}
WITH heads_too AS (
SELECT exercise_id, count(*) AS named_too FROM regional_cooperation.exercise_participants GROUP BY ALL
), facts_too AS (
SELECT partner, kind, state, channel, date, row_id FROM regional_cooperation.links
    UNION ALL
    SELECT t.partner, l.kind, l.state, l.channel, a.date, l.row_id
    FROM regional_cooperation.link_acts l JOIN regional_cooperation.ties t USING (act_id)
    JOIN regional_cooperation.acts a ON a.row_id = act_id
    UNION ALL
    SELECT s.participant, CASE e.domain WHEN 'situational_awareness' THEN 'space exercise'
            WHEN 'joint_command' THEN 'forces'' exercise' WHEN 'maritime' THEN 'coast guard drill' END,
        CASE WHEN s.role = 'participant' AND e.japan_role = 'participant' THEN 'works' ELSE 'observed' END,
        CASE WHEN greatest(e.nations, h.named_too) <= 2 THEN 'bilateral'
            WHEN greatest(e.nations, h.named_too) = 3 THEN 'trilateral' ELSE 'group' END,
        make_date(e.year, 1, 1), s.row_id
    FROM regional_cooperation.exercise_participants s
    JOIN regional_cooperation.exercises e ON e.row_id = s.exercise_id JOIN heads_too h USING (exercise_id)
    WHERE e.japan_role IN ('participant', 'observer') AND s.participant <> 'Japan'
), evidence_too AS (
SELECT *, row_number() OVER (ORDER BY year(date), date, row_id) AS place FROM facts_too
    WHERE partner IN ('United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan',
        'India', 'United Kingdom', 'France', 'Germany', 'Italy', 'Canada',
        'European Union', 'NATO')
        AND year(date) <= 2020
), asked_too AS (
SELECT * FROM unnest(['United States', 'Australia', 'South Korea', 'Philippines', 'Taiwan', 'India',
        'United Kingdom', 'France', 'Germany', 'Italy', 'Canada', 'European Union',
        'NATO']) AS p(partner),
        unnest(['protection of secrets', 'supply and access', 'orbital data',
        'missile warning', 'air and sea picture', 'tactical data link',
        'liaison officers', 'hosted payload', 'space exercise',
        'missile defense exercise', 'forces'' exercise', 'coast guard drill']) AS k(kind)
), doubts_too AS (
SELECT *, max(place) FILTER (state = 'in doubt') OVER (PARTITION BY partner, kind) AS last_doubt
    FROM evidence_too
), cells_too_also AS (
SELECT asked_too.partner, asked_too.kind,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working,
        count(*) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND channel <> 'group'
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS working_other_way,
        min(year(date)) FILTER (state = 'works' AND place > coalesce(last_doubt, 0)
            AND (year(date) > 2015 OR kind NOT IN (
                'space exercise', 'missile defense exercise', 'forces'' exercise',
                'coast guard drill'))) AS since,
        count(*) FILTER (state <> 'refused') AS others,
        count(*) FILTER (state = 'refused') AS refusals
    FROM asked_too LEFT JOIN doubts_too USING (partner, kind) GROUP BY ALL
), needs AS (
SELECT n.*, d.title AS document, year(d.date) AS year FROM regional_cooperation.link_needs n
    JOIN policy_evolution.recommendations r ON r.row_id = n.recommendation_id
    JOIN policy_evolution.recommendation_documents d ON d.row_id = r.document_id
    WHERE year(d.date) <= 2020
), named_too AS (
SELECT year, row_id, unnest(string_split(partners, ';')) AS partner,
        generate_subscripts(string_split(partners, ';'), 1) AS nth, kind
    FROM needs WHERE partners IS NOT NULL
)
SELECT coalesce(list(kind || ', ' || partner ORDER BY first_said), []) FROM (
    SELECT partner, kind, min((year, row_id, nth)) AS first_said FROM named_too
    JOIN cells_too_also USING (partner, kind) WHERE working = 0 GROUP BY ALL
)
-- focus_exist with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'missile warning', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND working > 0
-- focus_lacking with {"as_of": 2025, "kinds": ["missile warning", "coast guard drill"]}
SELECT coalesce(list(kind ORDER BY list_position([
    'missile warning', 'coast guard drill'
], kind)), [])
FROM cells_too WHERE partner = 'Taiwan' AND others = 0
