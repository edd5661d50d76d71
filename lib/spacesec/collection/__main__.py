"""``python -m spacesec.collection`` is the command ``spacesec``."""

import sys

from spacesec.collection.cli import main

sys.exit(main())
