#!/usr/bin/env bash
# satellite.js takes an OMM with its epoch as day of year and answers NaN with error code 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund "satellite.js@7.1.0" >/dev/null
cat >try.mjs <<'JS'
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import * as satellite from 'satellite.js';

const { version } = JSON.parse(readFileSync('node_modules/satellite.js/package.json'));
const omm = {
  OBJECT_NAME: 'EXAMPLE', OBJECT_ID: '2026-001A', MEAN_MOTION: 15.5, ECCENTRICITY: 0.0004,
  INCLINATION: 51.64, RA_OF_ASC_NODE: 120, ARG_OF_PERICENTER: 80, MEAN_ANOMALY: 280, EPHEMERIS_TYPE: 0,
  CLASSIFICATION_TYPE: 'U', NORAD_CAT_ID: 90001, ELEMENT_SET_NO: 999, REV_AT_EPOCH: 1, BSTAR: 0.00022,
  MEAN_MOTION_DOT: 0.00012, MEAN_MOTION_DDOT: 0,
};
console.log('satellite.js', version);
console.log('Guess: the day-of-year form of a CCSDS epoch is read like the calendar form, or raises.');
const when = new Date('2026-10-27T13:00:00Z');
const seen = ['2026-10-27T12:00:00.000000', '2026-300T12:00:00.000000'].map((epoch) => {
  const record = satellite.json2satrec({ ...omm, EPOCH: epoch });
  const state = satellite.propagate(record, when);
  return [epoch, record.jdsatepoch, record.error, Math.round(state.position.x)];
});
for (const row of seen) console.log('Seen: epoch, Julian date, error code, x in km:', ...row);
assert.deepStrictEqual(seen, [
  ['2026-10-27T12:00:00.000000', 2461341, 0, 4963],
  ['2026-300T12:00:00.000000', NaN, 0, NaN],
]);
console.log('Matters: the error code does not tell; turn such epochs into calendar dates first.');
JS
node try.mjs
