"""Find, run and verify the notebooks; the only part of the library that knows papermill."""

from spacesec.machine import lean

lean.imports()
