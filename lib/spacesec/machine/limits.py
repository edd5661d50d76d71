"""What the reader's shell or cluster lets a process take, held against what a run takes before it begins."""

from spacesec.errors import RunError

try:
    import resource
except ImportError:  # not a POSIX system: it has no such limits
    resource = None

# Measured with budgets/government_space: the driver holds 38 files with one run at once and 127 with four;
# a run ends well with 100 files and not with 64, with 1,200,000 KB of addresses and not with 1,000,000.
FILES, FILES_A_RUN, MEMORY_KB = 64, 32, 1_200_000


def suffice(runs: int = 1) -> None:
    """As many open files as the system allows, for this process and those that it starts. Raises RunError
    where that, or the memory, is too little for this many runs at once.
    """
    if resource is None:
        return
    wanted = FILES + FILES_A_RUN * runs
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if _below(soft, wanted):
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if _below(soft, wanted):
        raise RunError(
            f"this shell lets a process open {soft} files, and this takes {wanted}; run `ulimit -n {wanted}`"
            " in a new shell, or take fewer --jobs"
        )
    memory = resource.getrlimit(resource.RLIMIT_AS)[0]
    if _below(memory, MEMORY_KB * 1024):
        raise RunError(
            f"this shell lets a process take {memory // 1024} KB of memory, and a run takes {MEMORY_KB}; run"
            f" `ulimit -v {MEMORY_KB}` in a new shell"
        )


def _below(limit: int, wanted: int) -> bool:
    return limit != resource.RLIM_INFINITY and limit < wanted
