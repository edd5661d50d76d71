import os

import pytest

# Signals and limits as these tests use them are POSIX.
collect_ignore_glob = [] if os.name == "posix" else ["test_*.py"]


@pytest.fixture(scope="module")
def changed():
    """A collection with the outputs of a run from before its table changed, and both states of its
    outputs.
    """
    from tests.faults.place import place

    with place() as here:
        here.fine("run", "--force")
        before = here.seen("figures", "notebooks")
        here.change("1002.0")
        here.fine("run")
        after = here.seen("figures", "notebooks")
        assert before.keys() == after.keys() and all(
            before[name] != after[name] for name in before if not name.endswith("svg")
        )
        here.before, here.after = before, after
        yield here
