#!/usr/bin/env bash
# lifelines closes the interval of a median as soon as the last unit fails.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "lifelines==0.30.3" "pandas==2.3.3" "numpy==2.4.6" "scipy==1.17.1"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

print("lifelines", version("lifelines"))
print("Guess: where the upper band never falls to one half, the median has no upper limit.")


def upper_limit(last_failed):
    fit = KaplanMeierFitter().fit([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 1, 1, 0, 0, last_failed])
    band = fit.confidence_interval_.iloc[:, 1].round(2)
    return float(median_survival_times(fit.confidence_interval_).iloc[0, 1]), list(band)[-2:]


seen = upper_limit(0), upper_limit(1)
print("Seen: last unit still working: upper limit, end of the upper band", *seen[0])
print("Seen: last unit failed at 8: upper limit, end of the upper band", *seen[1])
assert seen == ((float("inf"), [0.67, 0.67]), (8.0, [0.67, 0.0])), seen
print("Matters: lives of few satellites get an upper limit that is only the oldest age in the table.")
PY
