#!/usr/bin/env bash
# python-docx and mammoth lose the words of a Word document that have a reading (furigana) above them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "python-docx==1.2.0" "mammoth==1.13.0" "docx2txt==0.9"
cd "$work"
venv/bin/python -W ignore - <<'PY'
import zipfile
from importlib.metadata import version

import docx
import docx2txt
import mammoth

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RUBY = "<w:ruby><w:rt><w:r><w:t>うちゅう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>宇宙</w:t></w:r></w:rubyBase></w:ruby>"
with zipfile.ZipFile("plan.docx", "w") as packed:
    packed.writestr(
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        ' PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    packed.writestr(
        "_rels/.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    )
    packed.writestr(
        "word/document.xml",
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r>{RUBY}</w:r><w:r><w:t>の安全保障</w:t></w:r></w:p>'
        "</w:body></w:document>",
    )
print("python-docx", version("python-docx"), "mammoth", version("mammoth"), "docx2txt", version("docx2txt"))
print("Guess: 宇宙の安全保障, with or without the reading.")
seen = [
    docx.Document("plan.docx").paragraphs[0].text,
    mammoth.extract_raw_text(open("plan.docx", "rb")).value.strip(),
    docx2txt.process("plan.docx").strip(),
]
print("Seen:", *seen)
assert seen == ["の安全保障", "の安全保障", "うちゅう宇宙の安全保障"], seen
print("Matters: the rare and the new words of a plan are the ones with readings, and they are not counted.")
PY
