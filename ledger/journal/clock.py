"""The clock, handed in so that tests can hold it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Gives the time."""

    def now(self) -> int:
        """Return Unix time in whole seconds."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> int:
        """Return Unix time in whole seconds."""
        return int(time.time())
