"""Are vulnerabilities of the locked packages known? Asked of the package index's advisories where they can be
reached, said plainly where not.
"""

import json
import subprocess
import sys

from spacesec.machine import paths

PATIENCE_SECONDS = 300


def vulnerabilities() -> tuple[list[str], str]:
    """One sentence for each known vulnerability of a locked package, and how much could be asked: of all
    packages, of some, or of none and why.
    """
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(paths.root() / "requirements.lock"),
        "--disable-pip",
        "--require-hashes",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return [], _unreached(f"no answer within {PATIENCE_SECONDS} s")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        said = done.stderr.strip().splitlines() or [f"pip-audit ended with status {done.returncode}"]
        return [], _unreached(said[-1][:200])
    return findings(packages)


def findings(packages: list[dict]) -> tuple[list[str], str]:
    """The same from pip-audit's list of packages; one that it skipped (an index without advisories, a private
    package) counts as not asked.
    """
    asked = [package for package in packages if "skip_reason" not in package]
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}; {_mend(fault)}"
        for package in asked
        for fault in package["vulns"]
    ]
    if not asked:
        reason = packages[0]["skip_reason"] if packages else "no package is locked"
        return [], _unreached(f"of none of {len(packages)} packages: {reason}")
    missed = f", {len(packages) - len(asked)} could not be asked about" if len(asked) < len(packages) else ""
    return faults, f"{len(asked)} locked packages asked about{missed}, {len(faults)} known vulnerabilities"


def _unreached(why: str) -> str:
    return (
        f"known vulnerabilities could not be asked for ({why}); ask again where the package index can be"
        " reached"
    )


def _mend(fault: dict) -> str:
    return (
        f"fixed in {', '.join(fault['fix_versions'])}, run `make lock`"
        if fault.get("fix_versions")
        else "no fixed version yet"
    )
