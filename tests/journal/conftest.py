"""A ledger to write to, on each kind of database."""

from __future__ import annotations

from tests.databases import database
from tests.world.opened import yard

__all__ = ["database", "yard"]
