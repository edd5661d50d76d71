-- With whom Japan cooperates, counted from its acts and their partners.

-- let every_tie
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        list_filter(string_split(a.domains, ';'), lambda d: d IN ('maritime', 'industry')) AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 0.5 END
            / (a.parties - 1) AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
-- let ties
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        string_split(a.domains, ';') AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 1 END
            / (a.parties - 1) AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
-- let ties with {"evidence": "independent", "space_specific_only": true}
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        string_split(a.domains, ';') AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 1 END
            / (a.parties - 1) AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
    WHERE a.evidence = 'independent'
        AND a.space_specific
-- let ties with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        string_split(a.domains, ';') AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 1 END AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
    WHERE year(a.date) BETWEEN 1 AND 2020
-- let ties with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        string_split(a.domains, ';') AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 1 END
            * pow(0.5, greatest(0, date_diff('day', a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT,
                DATE '2022-12-31')) / 365.25 / 7) AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
    WHERE year(a.date) BETWEEN 1 AND 2022
        AND a.parties = 2
-- let ties with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT * FROM every_tie WHERE len(layers) > 0
-- let followed_too
SELECT act_id, moment, (
        SELECT min(o.moment) FROM ties o
            WHERE o.stage = 'operation' AND list_contains(string_split(o.carries_out, ';'), i.act_id)
    ) AS done_at FROM (SELECT DISTINCT act_id, moment FROM ties WHERE stage = 'instrument') i
-- let lags_too
SELECT greatest(0, date_diff('day', moment, coalesce(done_at, DATE '2022-12-31'))) / 365.25 AS years,
        done_at IS NOT NULL AS seen
    FROM followed_too
-- let steps_too
SELECT years, count(*) FILTER (seen) AS events, count(*) AS ended FROM lags_too GROUP BY years
-- let risk_too
SELECT years, events, sum(ended) OVER (ORDER BY years DESC) AS at_risk FROM steps_too
-- let curve_too
SELECT years, exp(sum(ln(greatest(1 - events / at_risk, 1e-300))) OVER (ORDER BY years)) AS survival
    FROM risk_too
-- let below_too
SELECT min(years) FILTER (survival <= 0.5 + 1e-9) AS reached,
        min(years) FILTER (survival < 0.5 - 1e-9) AS under,
        max(survival) FILTER (survival <= 0.5 + 1e-9) AS first_level
    FROM curve_too
-- let followed
SELECT act_id, moment, (
        SELECT min(o.moment) FROM ties o
            WHERE o.stage = 'operation' AND list_contains(string_split(o.carries_out, ';'), i.act_id)
    ) AS done_at FROM (SELECT DISTINCT act_id, moment FROM ties WHERE stage = 'instrument') i
-- let followed with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT act_id, moment, (
        SELECT min(o.moment) FROM ties o, ties own
            WHERE own.act_id = i.act_id AND o.partner = own.partner AND o.stage = 'operation'
                AND o.moment >= i.moment AND list_has_any(o.layers, own.layers)
    ) AS done_at FROM (SELECT DISTINCT act_id, moment FROM ties WHERE stage = 'instrument') i
-- let lags
SELECT greatest(0, date_diff('day', moment, coalesce(done_at, DATE '2020-12-31'))) / 365.25 AS years,
        done_at IS NOT NULL AS seen
    FROM followed
-- let lags with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT greatest(0, date_diff('day', moment, coalesce(done_at, DATE '2022-12-31'))) / 365.25 AS years,
        done_at IS NOT NULL AS seen
    FROM followed
-- let steps
SELECT years, count(*) FILTER (seen) AS events, count(*) AS ended FROM lags GROUP BY years
-- let risk
SELECT years, events, sum(ended) OVER (ORDER BY years DESC) AS at_risk FROM steps
-- let curve
SELECT years, exp(sum(ln(greatest(1 - events / at_risk, 1e-300))) OVER (ORDER BY years)) AS survival
    FROM risk
-- let below
SELECT min(years) FILTER (survival <= 0.5 + 1e-9) AS reached,
        min(years) FILTER (survival < 0.5 - 1e-9) AS under,
        max(survival) FILTER (survival <= 0.5 + 1e-9) AS first_level
    FROM curve
-- let layered
SELECT partner, unnest(layers) AS layer, weight / len(layers) AS weight FROM ties
-- acts
-- acts with {"evidence": "independent", "space_specific_only": true}
-- acts with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
-- acts with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
-- acts with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT count(DISTINCT act_id) FROM ties
-- ties
-- ties with {"evidence": "independent", "space_specific_only": true}
SELECT count(*) FROM ties
-- partners
-- partners with {"evidence": "independent", "space_specific_only": true}
SELECT count(DISTINCT partner) FROM ties
-- deepest_partner
-- deepest_partner with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT partner FROM ties GROUP BY partner ORDER BY sum(weight) DESC LIMIT 1
-- depth
-- depth with {"evidence": "independent", "space_specific_only": true}
-- depth with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
-- depth with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
-- depth with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT partner AS key, sum(weight) FROM ties GROUP BY partner
-- depth_share_percent
-- depth_share_percent with {"evidence": "independent", "space_specific_only": true}
-- depth_share_percent with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT partner AS key, 100 * sum(weight) / (SELECT sum(weight) FROM ties) FROM ties GROUP BY partner
-- acts_by_partner
SELECT partner AS key, count(*) FROM ties GROUP BY partner
-- operations_by_partner
-- operations_by_partner with {"evidence": "independent", "space_specific_only": true}
SELECT partner AS key, count(*) FILTER (stage = 'operation') FROM ties GROUP BY partner
-- acts_by_layer
SELECT name AS key, (SELECT count(DISTINCT act_id) FROM ties WHERE list_contains(layers, name))
FROM unnest(['situational_awareness', 'missile_warning', 'reconnaissance', 'maritime', 'positioning',
    'communications', 'exploration', 'industry', 'governance']) AS asked(name)
-- participation_coefficient
SELECT partner AS key, greatest(0, 9 / 8 * (1 - sum(pow(in_layer / whole, 2)))) FROM (
    SELECT partner, layer, sum(weight) AS in_layer, sum(sum(weight)) OVER (PARTITION BY partner) AS whole
    FROM layered GROUP BY partner, layer
) GROUP BY partner
-- japan_participation
SELECT 9 / 8 * (1 - sum(pow(in_layer / whole, 2))) FROM (
    SELECT layer, sum(weight) AS in_layer, sum(sum(weight)) OVER () AS whole FROM layered GROUP BY layer
)
-- texts_signed
-- texts_signed with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
-- texts_signed with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
-- texts_signed with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT count(DISTINCT act_id) FROM ties WHERE stage = 'instrument'
-- first_dialogue
-- first_dialogue with {"evidence": "independent", "space_specific_only": true}
SELECT partner AS key, left(min(date)::VARCHAR,
    CASE arg_min(date_precision, date) WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END)
FROM ties WHERE instrument = 'dialogue' GROUP BY partner
-- us_policy_acts_before_2010
SELECT count(*) FROM ties WHERE partner = 'United States' AND year < 2010
    AND space_specific AND list_has_any(layers, ['situational_awareness', 'governance'])
-- us_policy_acts_from_2010
-- us_policy_acts_from_2010 with {"evidence": "independent", "space_specific_only": true}
-- us_policy_acts_from_2010 with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT count(*) FROM ties WHERE partner = 'United States' AND year >= 2010
    AND space_specific AND list_has_any(layers, ['situational_awareness', 'governance'])
-- us_acts_before_2010
-- us_acts_before_2010 with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
SELECT count(*) FROM ties WHERE partner = 'United States' AND year < 2010
-- exercises_shared
SELECT o.participant AS key, count(DISTINCT o.exercise_id)
FROM regional_cooperation.exercise_participants j
JOIN regional_cooperation.exercise_participants o USING (exercise_id)
JOIN regional_cooperation.exercises e ON e.row_id = exercise_id
WHERE j.participant = 'Japan' AND o.participant <> 'Japan'
GROUP BY o.participant
-- unseated
SELECT coalesce(list({'exercise': exercise, 'year': year} ORDER BY year), [])
FROM regional_cooperation.exercises e
WHERE row_id NOT IN (SELECT exercise_id FROM regional_cooperation.exercise_participants)
-- without_partner
SELECT coalesce(list({'title': title, 'year': year(date)}), [])
FROM regional_cooperation.acts
WHERE row_id NOT IN (SELECT act_id FROM regional_cooperation.ties)
-- texts_carried_out with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
-- texts_carried_out with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT count(*) FILTER (seen) FROM lags
-- carried_out_named with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
SELECT count(*) FILTER (seen) FROM lags
-- median_years_to_operation with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
-- median_years_to_operation with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT CASE WHEN abs(first_level - 0.5) < 1e-9 THEN (reached + coalesce(under, reached)) / 2 ELSE reached END
FROM below
-- median_years_other_rule with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
WITH ties AS (
SELECT t.partner, t.act_id, a.title, a.stage, a.bindingness, a.instrument, a.space_specific, a.date,
        a.date_precision, a.carries_out, year(a.date) AS year,
        a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT AS moment,
        string_split(a.domains, ';') AS layers,
        CASE a.bindingness WHEN 'binding' THEN 3 WHEN 'operational' THEN 2 ELSE 1 END AS weight
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
    WHERE year(a.date) BETWEEN 1 AND 2020
), followed_too AS (
SELECT act_id, moment, (
        SELECT min(o.moment) FROM ties o, ties own
            WHERE own.act_id = i.act_id AND o.partner = own.partner AND o.stage = 'operation'
                AND o.moment >= i.moment AND list_has_any(o.layers, own.layers)
    ) AS done_at FROM (SELECT DISTINCT act_id, moment FROM ties WHERE stage = 'instrument') i
), lags_too AS (
SELECT greatest(0, date_diff('day', moment, coalesce(done_at, DATE '2020-12-31'))) / 365.25 AS years,
        done_at IS NOT NULL AS seen
    FROM followed_too
), steps_too AS (
SELECT years, count(*) FILTER (seen) AS events, count(*) AS ended FROM lags_too GROUP BY years
), risk_too AS (
SELECT years, events, sum(ended) OVER (ORDER BY years DESC) AS at_risk FROM steps_too
), curve_too AS (
SELECT years, exp(sum(ln(greatest(1 - events / at_risk, 1e-300))) OVER (ORDER BY years)) AS survival
    FROM risk_too
), below_too AS (
SELECT min(years) FILTER (survival <= 0.5 + 1e-9) AS reached,
        min(years) FILTER (survival < 0.5 - 1e-9) AS under,
        max(survival) FILTER (survival <= 0.5 + 1e-9) AS first_level
    FROM curve_too
)
SELECT CASE WHEN abs(first_level - 0.5) < 1e-9 THEN (reached + coalesce(under, reached)) / 2 ELSE reached END
FROM below_too
-- exercises_shared with {"end_year": 2020, "operation_rule": "named", "multilateral_weight": "full"}
SELECT o.participant AS key, count(DISTINCT o.exercise_id)
FROM regional_cooperation.exercise_participants j
JOIN regional_cooperation.exercise_participants o USING (exercise_id)
JOIN regional_cooperation.exercises e ON e.row_id = exercise_id
WHERE j.participant = 'Japan' AND o.participant <> 'Japan' AND e.year BETWEEN 1 AND 2020
GROUP BY o.participant
-- carried_out_named with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT count(*) FILTER (seen) FROM lags_too
-- median_years_other_rule with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT CASE WHEN abs(first_level - 0.5) < 1e-9 THEN (reached + coalesce(under, reached)) / 2 ELSE reached END
FROM below_too
-- acts_rate_ratio_2008 with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT (count(DISTINCT act_id) FILTER (year >= 2008) / (2022 - 2007))
    / (count(DISTINCT act_id) FILTER (year < 2008) / (2008 - (
        SELECT least(min(year(date)), (SELECT min(year) FROM regional_cooperation.exercises))
        FROM regional_cooperation.acts)))
FROM ties
-- unseated with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT coalesce(list({'exercise': exercise, 'year': year} ORDER BY year), [])
FROM regional_cooperation.exercises e
WHERE row_id NOT IN (SELECT exercise_id FROM regional_cooperation.exercise_participants)
    AND e.year BETWEEN 1
    AND 2022
-- without_partner with {"end_year": 2022, "multilateral_weight": "exclude", "half_life_years": 7}
SELECT coalesce(list({'title': title, 'year': year(date)}), [])
FROM regional_cooperation.acts
WHERE row_id NOT IN (SELECT act_id FROM regional_cooperation.ties) AND year(date) BETWEEN 1 AND 2022
-- acts_by_layer with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT name AS key, (SELECT count(DISTINCT act_id) FROM ties WHERE list_contains(layers, name))
FROM unnest(['maritime', 'industry']) AS asked(name)
-- participation_coefficient with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT partner AS key, greatest(0, 2 / 1 * (1 - sum(pow(in_layer / whole, 2)))) FROM (
    SELECT partner, layer, sum(weight) AS in_layer, sum(sum(weight)) OVER (PARTITION BY partner) AS whole
    FROM layered GROUP BY partner, layer
) GROUP BY partner
-- japan_participation with {"layers": ["maritime", "industry"], "weight_political": 0.5}
SELECT 2 / 1 * (1 - sum(pow(in_layer / whole, 2))) FROM (
    SELECT layer, sum(weight) AS in_layer, sum(sum(weight)) OVER () AS whole FROM layered GROUP BY layer
)
-- rank_range with {"end_year": 2020}
WITH counted AS (
SELECT t.partner, a.parties, a.bindingness, a.evidence, a.space_specific,
        greatest(0, date_diff('day', a.date + CASE a.date_precision
            WHEN 'month' THEN 14 WHEN 'year' THEN 181 ELSE 0 END::INT,
            DATE '2020-12-31')) AS age
    FROM regional_cooperation.ties t JOIN regional_cooperation.acts a ON a.row_id = t.act_id
    WHERE year(a.date) <= 2020
), ways AS (
SELECT * FROM (VALUES ('inverse'), ('full'), ('exclude')) AS m(multilateral),
        (VALUES (false), (true)) AS e(independent), (VALUES (false), (true)) AS s(narrow),
        (VALUES (3, 2, 1), (1, 1, 1), (9, 3, 1)) AS w(binding, operational, political),
        (VALUES (false), (true)) AS f(fades)
), depths AS (
SELECT w.*, c.partner, round(sum(
        CASE bindingness WHEN 'binding' THEN binding WHEN 'operational' THEN operational ELSE political END
        / CASE multilateral WHEN 'inverse' THEN parties - 1 ELSE 1 END
        * CASE WHEN fades THEN pow(0.5, age / 365.25 / 10) ELSE 1 END
    ), 9) AS depth
    FROM ways w, counted c
    WHERE (multilateral <> 'exclude' OR parties = 2) AND (NOT independent OR evidence = 'independent')
        AND (NOT narrow OR space_specific)
    GROUP BY ALL
), ranked AS (
SELECT partner, rank() OVER (
        PARTITION BY multilateral, independent, narrow, binding, operational, political, fades
        ORDER BY depth DESC
    ) AS place FROM depths
)
SELECT partner AS key, [min(place), max(place)] FROM ranked GROUP BY partner
-- told_twice
SELECT coalesce(list(row_id), []) FROM (
    SELECT row_id, row_number() OVER (PARTITION BY act_id, partner) AS place FROM regional_cooperation.ties
) WHERE place > 1
