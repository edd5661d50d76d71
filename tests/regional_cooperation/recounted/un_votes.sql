-- What Japan's delegates voted beside others, counted from the roll calls.

-- let known
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        v.vote AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
    WHERE v.vote <> 'yes_or_absent'
-- let known with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        CASE v.vote WHEN 'yes_or_absent' THEN 'yes' ELSE v.vote END AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
-- let known with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        v.vote AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
    WHERE v.vote <> 'yes_or_absent'
    AND r.body = 'plenary' AND year(r.date) <= 2021
-- let placed
SELECT year, state, first(vote ORDER BY body <> 'plenary', body = 'security_council') AS vote FROM known
    WHERE topic = 'no_first_placement' GROUP BY year, state
-- let both_known_too
SELECT o.state AS partner, o.topic, o.year, o.date, o.resolution, o.resolution_id,
        j.vote AS japan, o.vote AS other,
        (j.vote = o.vote)::INT::DOUBLE AS score
    FROM known j JOIN known o USING (resolution_id)
    WHERE j.state = 'Japan' AND o.state IN ('United States')
-- let both_known_too with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT o.state AS partner, o.topic, o.year, o.date, o.resolution, o.resolution_id,
        j.vote AS japan, o.vote AS other,
        1 - abs(CASE j.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 0.5 ELSE 0 END
        - CASE o.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 0.5 ELSE 0 END)::DOUBLE AS score
    FROM known j JOIN known o USING (resolution_id)
    WHERE j.state = 'Japan' AND o.state IN ('United States')
-- let shares_too
SELECT topic, count(*) FILTER (year < 2020) AS n0, count(*) FILTER (year >= 2020) AS n1,
        avg(score) FILTER (year < 2020) AS r0, avg(score) FILTER (year >= 2020) AS r1,
        (SELECT count(*) FROM both_known_too WHERE year < 2020) AS all0,
        (SELECT count(*) FROM both_known_too WHERE year >= 2020) AS all1
    FROM both_known_too GROUP BY topic
-- let shares_too with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT topic, count(*) FILTER (year < 2014) AS n0, count(*) FILTER (year >= 2014) AS n1,
        avg(score) FILTER (year < 2014) AS r0, avg(score) FILTER (year >= 2014) AS r1,
        (SELECT count(*) FROM both_known_too WHERE year < 2014) AS all0,
        (SELECT count(*) FROM both_known_too WHERE year >= 2014) AS all1
    FROM both_known_too GROUP BY topic
-- let of_votes_too
SELECT 100 * sum((n0 / all0 + n1 / all1) / 2 * (r1 - r0)) AS points FROM shares_too WHERE n0 > 0 AND n1 > 0
-- let both_known
SELECT o.state AS partner, o.topic, o.year, o.date, o.resolution, o.resolution_id,
        j.vote AS japan, o.vote AS other,
        (j.vote = o.vote)::INT::DOUBLE AS score
    FROM known j JOIN known o USING (resolution_id)
    WHERE j.state = 'Japan' AND o.state IN ('United States', 'South Korea', 'United Kingdom', 'France',
        'Germany', 'Australia', 'India', 'Philippines', 'Indonesia',
        'China', 'Russia')
-- let both_known with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT o.state AS partner, o.topic, o.year, o.date, o.resolution, o.resolution_id,
        j.vote AS japan, o.vote AS other,
        1 - abs(CASE j.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 0.5 ELSE 0 END
        - CASE o.vote WHEN 'yes' THEN 1 WHEN 'abstain' THEN 0.5 ELSE 0 END)::DOUBLE AS score
    FROM known j JOIN known o USING (resolution_id)
    WHERE j.state = 'Japan' AND o.state IN ('United States', 'India')
-- votes
SELECT count(*) FROM known WHERE state = 'Japan'
-- votes with {"bodies": ["plenary"]}
WITH known AS (
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        v.vote AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
    WHERE v.vote <> 'yes_or_absent'
    AND r.body = 'plenary'
)
SELECT count(*) FROM known WHERE state = 'Japan'
-- votes with {"unlisted": "as_yes"}
WITH known AS (
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        CASE v.vote WHEN 'yes_or_absent' THEN 'yes' ELSE v.vote END AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
)
SELECT count(*) FROM known WHERE state = 'Japan'
-- votes with {"start_year": 1990, "end_year": 2019, "break_year": 2014}
WITH known AS (
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        v.vote AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
    WHERE v.vote <> 'yes_or_absent'
    AND year(r.date) BETWEEN 1990 AND 2019
)
SELECT count(*) FROM known WHERE state = 'Japan'
-- agreement_percent
-- agreement_percent with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- agreement_percent with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT partner AS key, map_from_entries(list((name, value))) FROM (
    SELECT partner, coalesce(topic, 'all') AS name, 100 * avg(score) AS value
    FROM both_known GROUP BY GROUPING SETS ((partner, topic), (partner))
) GROUP BY partner
-- agreement_n
-- agreement_n with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- agreement_n with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT partner AS key, map_from_entries(list((name, value))) FROM (
    SELECT partner, coalesce(topic, 'all') AS name, count(*) AS value
    FROM both_known GROUP BY GROUPING SETS ((partner, topic), (partner))
) GROUP BY partner
-- first_text_year
-- first_text_year with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT min(year) FROM both_known WHERE partner = 'United States'
-- last_text_year
-- last_text_year with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT max(year) FROM both_known WHERE partner = 'United States'
-- agreement_kappa
-- agreement_kappa with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT partner AS key, (observed - chance) / (1 - chance) FROM (
    SELECT partner, avg(score) AS observed,
        avg((japan = 'yes')::INT) * avg((other = 'yes')::INT)
        + avg((japan = 'abstain')::INT) * avg((other = 'abstain')::INT)
        + avg((japan = 'no')::INT) * avg((other = 'no')::INT) AS chance
    FROM both_known GROUP BY partner
)
-- closest_partners
-- closest_partners with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- closest_partners with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT list(partner ORDER BY first_row) FROM (
    SELECT partner, avg(score) AS mean, min(resolution_id) AS first_row FROM both_known GROUP BY partner
    QUALIFY mean >= max(mean) OVER () - 1e-12
)
-- washington_before_percent
-- washington_before_percent with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT 100 * avg(score) FROM both_known WHERE partner = 'United States' AND year < 2020
-- washington_before_n
-- washington_before_n with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT count(*) FROM both_known WHERE partner = 'United States' AND year < 2020
-- washington_after_percent
-- washington_after_percent with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT 100 * avg(score) FROM both_known WHERE partner = 'United States' AND year >= 2020
-- washington_after_n
-- washington_after_n with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT count(*) FROM both_known WHERE partner = 'United States' AND year >= 2020
-- change_from_votes
-- change_from_votes with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- change_from_votes with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT points FROM of_votes_too
-- change_from_mix
-- change_from_mix with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
SELECT 100 * avg(score) FILTER (year >= 2020) - 100 * avg(score) FILTER (year < 2020)
    - (SELECT points FROM of_votes_too) FROM both_known_too
-- first_placement_japan
-- first_placement_japan with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- first_placement_japan with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT year AS key, vote FROM placed WHERE state = 'Japan' ORDER BY year
-- first_no_japan
-- first_no_japan with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- first_no_japan with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT min(year) FROM placed WHERE state = 'Japan' AND vote = 'no'
-- first_placement_south_korea
-- first_placement_south_korea with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT year AS key, vote FROM placed WHERE state = 'South Korea' ORDER BY year
-- first_no_south_korea
-- first_no_south_korea with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT min(year) FROM placed WHERE state = 'South Korea' AND vote = 'no'
-- first_placement_both
-- first_placement_both with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT count(*) FROM placed a JOIN placed b USING (year) WHERE a.state = 'Japan' AND b.state = 'South Korea'
-- first_placement_shared
-- first_placement_shared with {"unlisted": "as_yes", "abstention": "half", "partners": ["India"]}
-- first_placement_shared with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT count(*) FROM placed a JOIN placed b USING (year)
WHERE a.state = 'Japan' AND b.state = 'South Korea' AND a.vote = b.vote
-- washington_before_percent with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT 100 * avg(score) FROM both_known WHERE partner = 'United States' AND year < 2014
-- washington_before_n with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT count(*) FROM both_known WHERE partner = 'United States' AND year < 2014
-- washington_after_percent with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT 100 * avg(score) FROM both_known WHERE partner = 'United States' AND year >= 2014
-- washington_after_n with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT count(*) FROM both_known WHERE partner = 'United States' AND year >= 2014
-- change_from_mix with {"bodies": ["plenary"], "end_year": 2021, "break_year": 2014}
SELECT 100 * avg(score) FILTER (year >= 2014) - 100 * avg(score) FILTER (year < 2014)
    - (SELECT points FROM of_votes_too) FROM both_known_too
-- splits_from_washington with {"start_year": 2014}
WITH known AS (
SELECT v.resolution_id, v.state, r.resolution, r.topic, r.body, r.date, year(r.date) AS year,
        v.vote AS vote
    FROM regional_cooperation.un_votes v
    JOIN regional_cooperation.un_resolutions r ON r.row_id = v.resolution_id
    WHERE v.vote <> 'yes_or_absent'
    AND year(r.date) >= 2014
), both_known AS (
SELECT o.state AS partner, o.topic, o.year, o.date, o.resolution, o.resolution_id,
        j.vote AS japan, o.vote AS other,
        (j.vote = o.vote)::INT::DOUBLE AS score
    FROM known j JOIN known o USING (resolution_id)
    WHERE j.state = 'Japan' AND o.state IN ('United States')
)
SELECT list(resolution
    ORDER BY date, regexp_extract(resolution, '/([0-9]+)', 1)::INT, resolution)
FROM both_known WHERE score < 1
-- closest_partner
SELECT partner FROM both_known GROUP BY partner ORDER BY avg(score) DESC LIMIT 1
-- closest_beyond_chance
SELECT partner FROM (
    SELECT partner, avg(score) AS observed,
        avg((japan = 'yes')::INT) * avg((other = 'yes')::INT)
        + avg((japan = 'abstain')::INT) * avg((other = 'abstain')::INT)
        + avg((japan = 'no')::INT) * avg((other = 'no')::INT) AS chance
    FROM both_known GROUP BY partner
)
ORDER BY (observed - chance) / (1 - chance) DESC LIMIT 1
-- without_japan
SELECT coalesce(list({'resolution': resolution, 'year': year(date)}), [])
FROM regional_cooperation.un_resolutions
WHERE topic <> 'no_first_placement' AND row_id NOT IN (
    SELECT resolution_id FROM regional_cooperation.un_votes WHERE state = 'Japan'
)
-- told_twice
SELECT coalesce(list(row_id), []) FROM (
    SELECT row_id, row_number() OVER (PARTITION BY resolution_id, state) AS place
    FROM regional_cooperation.un_votes
) WHERE place > 1
