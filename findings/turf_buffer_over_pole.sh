#!/usr/bin/env bash
# A circle of @turf/buffer that reaches over the pole leaves out its own middle.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund "@turf/buffer@7.4.0" "@turf/boolean-point-in-polygon@7.4.0" "@turf/distance@7.4.0" >/dev/null
cat >try.cjs <<'JS'
const assert = require('node:assert');
const { booleanPointInPolygon } = require('@turf/boolean-point-in-polygon');
const { buffer } = require('@turf/buffer');
const { distance } = require('@turf/distance');

const { version } = JSON.parse(require('node:fs').readFileSync('node_modules/@turf/buffer/package.json'));
console.log('@turf/buffer', version);
console.log('Guess: a larger circle holds everything that a smaller one round the same point holds.');
const centre = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [125.75, 39.03] } };
const tokyo = [139.69, 35.68];
const away = Math.round(distance(centre, tokyo));
const seen = [4000, 5500].map((radius) => booleanPointInPolygon(tokyo, buffer(centre, radius)));
console.log('Seen: Tokyo,', away, 'km away, within 4,000 km:', seen[0], '- within 5,500 km:', seen[1]);
assert.deepStrictEqual([away, ...seen], [1286, true, false]);
console.log('Matters: range rings that take in a pole must be cut at the date line first.');
JS
node try.cjs
