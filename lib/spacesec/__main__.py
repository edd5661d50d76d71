"""``python -m spacesec`` is ``spacesec``; ``python -m spacesec setup`` makes the environment of a checkout,
where there is no make: it needs nothing but Python.
"""

import sys
from pathlib import Path

if sys.argv[1:] == ["setup"]:
    import runpy

    tool = Path(__file__).resolve().parents[2] / "tools" / "setup.py"
    if not tool.is_file():
        sys.exit("spacesec: only a checkout of the collection can be set up; go into its folder")
    sys.argv = [str(tool)]
    runpy.run_path(str(tool), run_name="__main__")
else:
    from spacesec.collection.cli import main

    sys.exit(main())
