-- claims
SELECT count(*) FROM policy_evolution.claims WHERE source_id IN
    ('fatton-2020', 'csis-uchu-digest-2024', 'umeda-wilson-2025', 'wilson-2025', 'fang-2024')
-- computed
SELECT count(*) FROM policy_evolution.claims WHERE source_id IN
    ('fatton-2020', 'csis-uchu-digest-2024', 'umeda-wilson-2025', 'wilson-2025', 'fang-2024')
    AND claim_id IN (SELECT claim_id FROM policy_evolution.claim_rules)
-- left_out
-- left_out with {"documents": ["fatton", "wilson"], "kinds": ["number"], "themes": ["budgets"]}
SELECT count(*) FROM policy_evolution.claims WHERE source_id NOT IN
    ('fatton-2020', 'csis-uchu-digest-2024', 'umeda-wilson-2025', 'wilson-2025', 'fang-2024')
-- claims with {"documents": ["fatton", "wilson"], "kinds": ["number"], "themes": ["budgets"]}
SELECT count(*) FROM policy_evolution.claims WHERE source_id IN ('fatton-2020', 'wilson-2025')
    AND kind = 'number' AND theme = 'budgets'
-- computed with {"documents": ["fatton", "wilson"], "kinds": ["number"], "themes": ["budgets"]}
SELECT count(*) FROM policy_evolution.claims WHERE source_id IN ('fatton-2020', 'wilson-2025')
    AND kind = 'number' AND theme = 'budgets'
    AND claim_id IN (SELECT claim_id FROM policy_evolution.claim_rules)
