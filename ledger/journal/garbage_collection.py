"""The garbage collector, set for a process that takes statements."""

from __future__ import annotations

import gc

_YOUNG = 50_000


def relax_collector() -> None:
    """Collect rarely: values here are trees that reference counts already free.

    The default threshold walks all cached lots again and again. Measured: reading a
    statement took 78 microseconds with it and 31 without any collection. It is a choice
    for the whole process, so only the entry points make it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)
