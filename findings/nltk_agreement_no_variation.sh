#!/usr/bin/env bash
# nltk calls the agreement of two coders perfect where krippendorff says it cannot be told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "nltk==3.10.4" "krippendorff==0.9.0" "numpy==2.4.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import krippendorff
from nltk.metrics.agreement import AnnotationTask

print("nltk", version("nltk"), "krippendorff", version("krippendorff"))
print("Guess: the same coefficient of the same table is the same in two packages.")
table = [[1, 1, 1, 1], [1, 1, 1, 1]]
task = AnnotationTask(data=[(coder, item, code) for coder, row in enumerate(table) for item, code in enumerate(row)])
first = (task.alpha(), task.kappa(), task.pi())
try:
    second = krippendorff.alpha(table, level_of_measurement="nominal")
except ValueError as refusal:
    second = str(refusal)
print("Seen: nltk alpha, kappa, pi of a code that nobody varied:", *first)
print("Seen: krippendorff alpha of it:", second)
assert first == (1, 1.0, 1.0), first
assert second == "There has to be more than one value in the domain.", second
print("Matters: rare codes in policy texts raise a mean reliability, or stop the run, by choice of package.")
PY
