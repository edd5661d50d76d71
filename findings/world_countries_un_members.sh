#!/usr/bin/env bash
# world-countries counts 194 members of the United Nations: the Holy See is marked as one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund "world-countries@5.1.0" >/dev/null
cat >try.cjs <<'JS'
const assert = require('node:assert');
const countries = require('world-countries');

const { version } = JSON.parse(require('node:fs').readFileSync('node_modules/world-countries/package.json'));
console.log('world-countries', version);
console.log('Guess: 193 states are marked as members, and the two observers are not.');
const members = countries.filter((country) => country.unMember).length;
const observers = ['VA', 'PS'].map((code) => countries.find((country) => country.cca2 === code).unMember);
console.log('Seen: members', members, '- Holy See', observers[0], '- Palestine', observers[1]);
assert.deepStrictEqual([members, ...observers], [194, true, false]);
console.log('Matters: shares of members that signed or voted have the wrong denominator.');
JS
node try.cjs
