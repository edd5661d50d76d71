-- What joins policy, money, satellites and threats by date. Rows are counted as this collection holds them.
CREATE VIEW timeline AS
SELECT date, theme, table_name, facts.row_id, facts.title, sources.author AS source, sources.url, facts.locator
FROM facts LEFT JOIN sources ON sources.id = facts.source_id WHERE date IS NOT NULL ORDER BY date, facts.row_id;

CREATE VIEW years AS
SELECT year,
  sum(table_name = 'policy_evolution.events') AS policy_event_rows,
  sum(table_name = 'regional_cooperation.acts') AS cooperation_act_rows,
  sum(table_name = 'space_systems.satellites') AS satellite_rows,
  sum(table_name = 'missile_warning.launches') AS missile_launch_rows,
  sum(theme = 'budgets') AS budget_rows
FROM facts WHERE year IS NOT NULL GROUP BY year ORDER BY year;

CREATE VIEW judged_claims AS
SELECT claims.claim_id, claims.claim, verdicts.verdict, verdicts.computed, verdicts.reason, claims.source_id,
  claims.locator
FROM "policy_evolution.claims" AS claims JOIN verdicts USING (claim_id);

-- What full text searches.
CREATE VIEW texts AS
SELECT 'question' AS kind, question AS id, title, answer AS words FROM questions
UNION ALL SELECT 'claim', claim_id, claim, verdict || ' ' || coalesce(reason, '') FROM judged_claims
UNION ALL SELECT 'fact', row_id, title, coalesce(locator, '') || ' ' || coalesce(note, '') FROM facts
UNION ALL SELECT 'source', id, coalesce(original_title || ' ', '') || title,
  author || ' ' || coalesce(publisher, '') FROM sources
UNION ALL SELECT 'figure', question || '/' || name, title, subtitle || ' ' || caption || ' ' || alt FROM figures;
