"""Packages that others bring along, at a cost to every process, and that nothing here asks for."""

import sys

# Where it is installed (JupyterLab brings it), jsonschema 4 builds 38 grammars for international web
# addresses on its own import, ten times what that costs otherwise; without it such addresses are not checked.
# papermill, nbformat and frictionless import jsonschema.
UNWANTED = ("rfc3987_syntax",)


def imports() -> None:
    """Let the imports that follow in this process do without these packages."""
    for name in UNWANTED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
