-- Views and macros that the queries of recounted/ share: what a budget row means, said once.

CREATE SCHEMA IF NOT EXISTS told;

-- Rows against which a decision on disagreeing sources went.
CREATE OR REPLACE VIEW told.rejected AS
SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
EXCEPT SELECT decided_row_id FROM conflicts;

-- Yen per dollar by Japanese fiscal year: the mean of the months known, April to March.
CREATE OR REPLACE VIEW told.rate AS
SELECT year(month) - CAST(month(month) < 4 AS INT) AS y, avg(jpy_per_usd) AS yen
FROM budgets.exchange_rates GROUP BY ALL;

-- Price levels, whose height is arbitrary: nominal over real GDP of the quarters known in both, by fiscal
-- year, and consumer prices chained from their yearly changes.
CREATE OR REPLACE VIEW told.price AS
SELECT CASE country WHEN 'Japan' THEN 'JPY' ELSE 'USD' END AS currency, 'gdp' AS deflator,
  year(quarter) - CAST(month(quarter) < 4 AS INT) AS y, sum(nominal) / sum(volume) AS level
FROM (
  SELECT country, quarter, any_value(amount_bn_local) FILTER (measure = 'nominal') AS nominal,
    any_value(amount_bn_local) FILTER (measure = 'real') AS volume
  FROM budgets.gdp GROUP BY country, quarter
) WHERE nominal IS NOT NULL AND volume IS NOT NULL GROUP BY ALL
UNION ALL
SELECT CASE country WHEN 'Japan' THEN 'JPY' ELSE 'USD' END, 'cpi', year,
  exp(sum(ln(1 + change_percent / 100)) OVER (PARTITION BY country ORDER BY year))
FROM budgets.prices WHERE "index" = 'cpi';

-- What one yen of a fiscal year is worth in a currency and in the prices of a base year; after the last rate
-- or price known, that one stands in.
CREATE OR REPLACE MACRO told.worth(money, prices, base) AS TABLE
WITH years AS (SELECT unnest(range(1994, 2101)) AS y), levels AS (
  SELECT y, level FROM told.price WHERE currency = money AND deflator = prices
  UNION ALL SELECT 1994, 1 WHERE prices = 'none'
), known AS (SELECT years.y, level FROM years ASOF JOIN levels ON years.y >= levels.y)
SELECT known.y, CASE money WHEN 'USD' THEN 1 / yen ELSE 1 END
  * (SELECT k.level FROM known AS k WHERE k.y = base) / level AS one
FROM known ASOF JOIN told.rate ON known.y >= rate.y;

-- Tranches of the Space Strategy Fund by the year with whose initial budget the supplementary is combined.
CREATE OR REPLACE VIEW told.tranche AS
SELECT fiscal_year + 1 AS y, any_value(amount_bn_jpy) AS billions FROM budgets.strategy_fund
WHERE ministry = 'total' AND stage = 'supplementary' GROUP BY ALL;

-- Totals of the government's space budget on the narrow count, with the fund and without it; held is the part
-- of the amount that is the fund's.
CREATE OR REPLACE VIEW told.total AS
WITH printed AS (
  SELECT stage AS basis, fiscal_year AS y, any_value(amount_bn_jpy) AS amount,
    any_value(strategy_fund) AS fund
  FROM budgets.government_space
  WHERE "count" = 'narrow' AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
), booked AS (
  SELECT basis, y, amount, fund, coalesce(billions, 0) AS tranche
  FROM printed LEFT JOIN told.tranche USING (y)
)
SELECT basis, true AS with_fund, y, amount + CASE fund WHEN 'excluded' THEN tranche ELSE 0 END AS amount,
  CASE WHEN fund IN ('included', 'excluded') THEN tranche ELSE 0 END AS held FROM booked
UNION ALL
SELECT basis, false, y, amount - CASE fund WHEN 'included' THEN tranche ELSE 0 END, 0 FROM booked;

-- The last year with a combined total, and the last with a payment in the project review.
CREATE OR REPLACE VIEW told.latest AS SELECT max(y) AS y FROM told.total WHERE basis = 'combined';
CREATE OR REPLACE VIEW told.latest_paid AS
SELECT max(fiscal_year) AS y FROM budgets.projects WHERE stage = 'paid';

-- Those totals in a currency and in the prices of a base year.
CREATE OR REPLACE MACRO told.series(step, counted, money, prices, base) AS TABLE
SELECT y, amount * one AS amount, held * one AS held
FROM told.total JOIN told.worth(money, prices, base) USING (y) WHERE basis = step AND with_fund = counted;

-- The combined total under three treatments of the fund: booked when voted, spread over a life, left out.
CREATE OR REPLACE MACRO told.trend(life, money, prices, base) AS TABLE
WITH part AS (
  SELECT total.y, coalesce(sum(billions / life), 0) AS part
  FROM told.total LEFT JOIN told.tranche ON total.y >= tranche.y AND total.y < tranche.y + life
  WHERE basis = 'combined' AND NOT with_fund GROUP BY ALL
)
SELECT y, unnest(['booked', 'spread', 'without']) AS key, part,
  unnest([total.amount, less.amount + part, less.amount]) * one AS amount
FROM told.total JOIN (SELECT y, amount FROM told.total WHERE basis = 'combined' AND NOT with_fund) AS less
USING (y) JOIN part USING (y) JOIN told.worth(money, prices, base) USING (y)
WHERE basis = 'combined' AND with_fund;

-- The ministry's own space totals, and the Cabinet Office's count of the ministry without missile defense.
CREATE OR REPLACE VIEW told.own AS
SELECT DISTINCT fiscal_year AS y, scope, stage, amount_bn_jpy AS billions FROM budgets.defense_space
WHERE series = 'ministry_count' AND row_id NOT IN (FROM told.rejected);
CREATE OR REPLACE VIEW told.office AS
SELECT DISTINCT fiscal_year AS y, amount_bn_jpy AS billions FROM budgets.ministries
WHERE ministry = 'MoD' AND stage = 'initial' AND "count" = 'narrow' AND row_id NOT IN (FROM told.rejected);

-- The five-year plan's years with the initial budget on a scope, or else on one that states none.
CREATE OR REPLACE MACRO told.plan(wanted) AS TABLE
SELECT y, billions FROM (SELECT unnest(range(2023, 2028)) AS y) LEFT JOIN (
  SELECT y, coalesce(any_value(billions) FILTER (scope = wanted), any_value(billions)) AS billions
  FROM told.own WHERE stage = 'initial' AND scope IN (wanted, 'overlap_not_stated') GROUP BY y
) USING (y);

-- Japan's nominal GDP by fiscal year, of four quarters at annual rates, and that of 2022 as known then.
CREATE OR REPLACE VIEW told.gdp AS
SELECT year(quarter) - CAST(month(quarter) < 4 AS INT) AS y, avg(amount_bn_local) AS billions
FROM budgets.gdp WHERE country = 'Japan' AND measure = 'nominal' GROUP BY ALL HAVING count(*) = 4;
CREATE OR REPLACE VIEW told.older AS
SELECT (SELECT any_value(amount_bn_usd) FROM budgets.gdp_usd WHERE year = 2022)
  * (SELECT avg(jpy_per_usd) FROM budgets.exchange_rates WHERE year(month) = 2022) AS billions;

-- Totals of defense spending by definition; of several rows of one fact the first.
CREATE OR REPLACE VIEW told.defense AS
SELECT fiscal_year AS y, definition, stage, arg_min(amount_bn_jpy, place) AS billions
FROM (SELECT *, row_number() OVER () AS place FROM budgets.defense_totals)
WHERE component = 'total' AND amount_bn_jpy IS NOT NULL AND row_id NOT IN (FROM told.rejected) GROUP BY ALL;

-- Four counts of a year's defense spending over the GDPs that are known.
CREATE OR REPLACE MACRO told.board(wanted) AS TABLE
SELECT 100 * spent.billions / over.billions AS percent FROM told.defense AS spent, (
  SELECT billions FROM told.older UNION ALL SELECT billions FROM told.gdp WHERE y = 2022
  UNION ALL SELECT billions FROM told.gdp WHERE y = wanted
) AS over
WHERE y = wanted AND (
  definition IN ('without_saco', 'with_saco', 'security_related') AND stage = 'initial'
  OR definition = 'security_related' AND stage = 'initial_plus_supplementary'
);

-- National space spending over GDP or military expenditure; who has no GDP of its own is left out.
CREATE OR REPLACE MACRO told.burden(who, what) AS TABLE
WITH above AS (
  SELECT country, year AS y, arg_min(amount_bn_usd, place) AS billions
  FROM (SELECT *, row_number() OVER () AS place FROM budgets.comparators)
  WHERE series IN ('national-space', 'world-space') AND scope = 'all' AND estimator = who
  AND country NOT IN ('World', 'European Union', 'ESA') AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
), below AS (
  SELECT country, year AS y, any_value(amount_bn_usd) AS billions FROM budgets.countries
  WHERE quantity = what AND row_id NOT IN (FROM told.rejected) GROUP BY ALL
)
SELECT country, y, 100 * above.billions / below.billions AS percent FROM above JOIN below USING (country, y);

-- Projects of the review by year, a column for each stage; money is what could be spent: what is carried out
-- is still in the gross amounts, and no longer in the net ones.
CREATE OR REPLACE VIEW told.project AS
SELECT *, available + CASE rule WHEN 'net_of_carry_out' THEN sent ELSE 0 END AS money FROM (
  SELECT project_id AS key, fiscal_year AS y, any_value(project) AS name,
    any_value(amount_bn_jpy) FILTER (stage = 'initial') AS initial,
    any_value(amount_bn_jpy) FILTER (stage = 'supplementary') AS added,
    any_value(amount_bn_jpy) FILTER (stage = 'paid') AS paid,
    any_value(amount_bn_jpy) FILTER (stage = 'available') AS available,
    coalesce(any_value(carried_out_bn_jpy) FILTER (stage = 'available'), 0) AS sent,
    any_value(available_rule) FILTER (stage = 'available') AS rule
  FROM budgets.projects GROUP BY ALL
);
-- From FY2014, the first sheets that print what is carried out; a payment beyond the money says nothing.
CREATE OR REPLACE VIEW told.usable AS
SELECT * FROM told.project WHERE y >= 2014 AND money > 0 AND paid + sent <= money * 1.005;

-- Items of the budget book by year.
CREATE OR REPLACE VIEW told.book AS
SELECT item, fiscal_year AS y, sum(amount_bn_jpy) FILTER (stage = 'initial') AS initial,
  sum(amount_bn_jpy) FILTER (stage = 'supplementary') AS added,
  sum(amount_bn_jpy) FILTER (stage = 'paid') AS paid
FROM budgets.budget_book GROUP BY ALL;

-- The part of each fiscal year that each satellite was in orbit.
CREATE OR REPLACE VIEW told.flown AS
SELECT name, programme, function, state, y,
  greatest(0, least(coalesce(end_date, make_date(y + 1, 4, 1)), make_date(y + 1, 4, 1))
    - greatest(launch_date, make_date(y, 4, 1))) / (make_date(y + 1, 4, 1) - make_date(y, 4, 1)) AS part
FROM space_systems.satellites, (SELECT unnest(range(2000, 2101)) AS y) WHERE outcome = 'success';
