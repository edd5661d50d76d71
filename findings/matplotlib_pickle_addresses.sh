#!/usr/bin/env bash
# One Matplotlib figure, drawn alike in two processes, pickles to other bytes: its transforms name their parents by address.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet "matplotlib==3.11.2"
cat >"$work/digest.py" <<'PY'
import copyreg, hashlib, io, pickle
from matplotlib.figure import Figure
from matplotlib.transforms import TransformNode


class WithoutParents(pickle.Pickler):
    def reducer_override(self, thing):
        if not isinstance(thing, TransformNode):
            return NotImplemented
        state = thing.__getstate__()
        del state['_parents']
        return copyreg.__newobj__, (type(thing),), state


figure = Figure(layout='constrained')
axes = figure.subplots()
axes.plot([2020, 2021, 2022], [308.4, 421.2, 1001.0], label='budget')
axes.legend()
for kind in (pickle.Pickler, WithoutParents):
    packed = io.BytesIO()
    kind(packed, protocol=5).dump(figure)
    print(hashlib.sha256(packed.getvalue()).hexdigest(), len(packed.getvalue()))
PY
for seed in 1 2; do PYTHONHASHSEED=$seed "$work/env/bin/python" "$work/digest.py" >"$work/$seed"; done
echo "matplotlib 3.11.2"
echo "Guess: a digest of the pickled figure tells whether the same figure was drawn before."
paste -d' ' "$work/1" "$work/2" | awk '
  NR == 1 && $1 != $3 && $2 == $4 { print "Seen: as pickled, other bytes of the same length"; seen++ }
  NR == 2 && $1 == $3 { print "Seen: without the parents of transforms, the same bytes, whatever the hash seed"; seen++ }
  END { exit seen != 2 }'
echo "Matters: a store of drawings keyed by the pickle finds nothing again until the addresses are left out."
