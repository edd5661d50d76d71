#!/usr/bin/env bash
# In world-atlas at 1:10 million the Maldives hold every point of the Earth for d3-geo.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund "world-atlas@2.0.2" "topojson-client@3.1.0" "d3-geo@3.1.2" >/dev/null
cat >try.cjs <<'JS'
const assert = require('node:assert');
const { feature } = require('topojson-client');

(async () => {
  const { geoContains } = await import('d3-geo');
  const read = (scale) => {
    const atlas = require(`world-atlas/countries-${scale}.json`);
    return feature(atlas, atlas.objects.countries).features;
  };
  const holders = (countries, point) =>
    countries.filter((country) => geoContains(country, point)).map((country) => country.properties.name);
  console.log('world-atlas 2.0.2, d3-geo 3.1.2');
  console.log('Guess: Tokyo lies in Japan alone, and the Gulf of Guinea in no country.');
  const points = [[139.69, 35.68], [0, 0]];
  const seen = ['10m', '50m'].map((scale) => points.map((point) => holders(read(scale), point)));
  console.log('Seen: at 10m', JSON.stringify(seen[0]), '- at 50m', JSON.stringify(seen[1]));
  assert.deepStrictEqual(seen, [[['Japan', 'Maldives'], ['Maldives']], [['Japan'], []]]);
  console.log('Matters: counts of passes or places by country get one row too many, everywhere.');
})();
JS
node try.cjs
