-- let rejected
-- rows against which a decided conflict went
    SELECT unnest(string_split(row_ids, ';')) AS row_id FROM conflicts WHERE decided_row_id IS NOT NULL
    EXCEPT SELECT decided_row_id FROM conflicts
-- let rate
SELECT avg(jpy_per_usd) AS yen FROM (
        SELECT jpy_per_usd FROM budgets.exchange_rates WHERE row_id NOT IN (FROM rejected)
        ORDER BY month DESC LIMIT 12
    )
-- let prices
-- contracts for satellites of the Tracking Layer that were built; the first of a recipient
    SELECT *, 1000 * amount_bn_usd / satellites AS price
    FROM (SELECT *, row_number() OVER () AS place FROM missile_warning.programme_costs)
    WHERE series LIKE 'SDA Tracking Layer Tranche%' AND stage = 'contract' AND satellites IS NOT NULL
        AND line_item NOT LIKE '%later dropped' AND row_id NOT IN (FROM rejected)
    QUALIFY row_number() OVER (PARTITION BY series, recipient ORDER BY place) = 1
-- let geostationary
SELECT * FROM missile_warning.programme_costs
    WHERE series = 'own early-warning satellite' AND line_item LIKE 'one satellite%'
        AND amount_bn_jpy IS NOT NULL AND row_id NOT IN (FROM rejected)
    QUALIFY fiscal_year = max(fiscal_year) OVER ()
-- let sensor
SELECT * FROM missile_warning.programme_costs
    WHERE series = 'two-wavelength infrared sensor' AND line_item LIKE 'instrument%'
        AND amount_bn_jpy IS NOT NULL AND row_id NOT IN (FROM rejected)
    ORDER BY fiscal_year DESC LIMIT 1
-- let quarters
-- of which nominal and real product are both known
    SELECT quarter FROM budgets.gdp
    WHERE country = 'United States' AND measure IN ('nominal', 'real') AND row_id NOT IN (FROM rejected)
        AND amount_bn_local IS NOT NULL
    GROUP BY quarter HAVING count(DISTINCT measure) = 2
-- let newest
SELECT * FROM missile_warning.partner_gdp WHERE row_id NOT IN (FROM rejected)
    QUALIFY row_number() OVER (PARTITION BY country_code ORDER BY year DESC) = 1
-- gdp_years with {"draws": 200}
SELECT country_code AS key, year FROM newest WHERE country_code IN ('JPN', 'USA', 'KOR')
-- gdp_share with {"draws": 200}
SELECT country_code AS key, 100 * gdp_bn_usd / sum(gdp_bn_usd) OVER ()
FROM newest WHERE country_code IN ('JPN', 'USA', 'KOR')
-- gdp_years with {"needs": {"JPN": 30, "USA": 72, "KOR": 20, "AUS": 10}, "draws": 200}
SELECT country_code AS key, year FROM newest WHERE country_code IN ('JPN', 'USA', 'KOR', 'AUS')
-- gdp_share with {"needs": {"JPN": 30, "USA": 72, "KOR": 20, "AUS": 10}, "draws": 200}
SELECT country_code AS key, 100 * gdp_bn_usd / sum(gdp_bn_usd) OVER ()
FROM newest WHERE country_code IN ('JPN', 'USA', 'KOR', 'AUS')
-- carried_price_years with {"draws": 200}
SELECT coalesce(list(DISTINCT fiscal_year ORDER BY fiscal_year), []) FROM prices
WHERE fiscal_year > (SELECT year(max(quarter)) FROM quarters)
-- prices_known_to with {"draws": 200}
SELECT year(max(quarter)) FROM quarters
-- deflator_known_to with {"draws": 200}
SELECT last_day(max(quarter) + INTERVAL 2 MONTH) FROM quarters
-- newest_contract_year with {"draws": 200}
SELECT max(fiscal_year) FROM prices
-- geostationary_estimate_year with {"draws": 200}
SELECT max(fiscal_year) FROM geostationary
-- amounts_entered with {"draws": 200}
SELECT (SELECT count(*) FROM prices) + (SELECT count(*) FROM geostationary)
    + (SELECT count(*) FROM sensor)
-- amounts_on_record with {"draws": 200}
SELECT count(*) FROM missile_warning.programme_costs
-- satellite_life_stated with {"draws": 200}
WITH terms AS (
SELECT * FROM missile_warning.layer_terms WHERE row_id NOT IN (FROM rejected)
)
SELECT amount AS years, statement_date AS date, (SELECT count(*) - 1 FROM terms) AS other_terms
FROM terms WHERE term = 'satellite life before replacement' ORDER BY statement_date DESC LIMIT 1
-- jpy_per_usd with {"draws": 200}
SELECT yen FROM rate
-- jpy_per_usd with {"jpy_per_usd": 150, "draws": 200}
SELECT 150.0
-- geostationary_to_low_orbit_price with {"draws": 200}
SELECT [min(amount_bn_jpy) * 1000 / yen / low, max(amount_bn_jpy) * 1000 / yen / low]
FROM geostationary, rate, (
    SELECT avg(price) AS low FROM prices
    WHERE recipient = 'all primes' AND series <> 'SDA Tracking Layer Tranche 0'
) GROUP BY yen, low
-- geostationary_to_low_orbit_price with {"jpy_per_usd": 150, "draws": 200}
SELECT [min(amount_bn_jpy) * 1000 / 150 / low, max(amount_bn_jpy) * 1000 / 150 / low]
FROM geostationary, (
    SELECT avg(price) AS low FROM prices
    WHERE recipient = 'all primes' AND series <> 'SDA Tracking Layer Tranche 0'
) GROUP BY low
