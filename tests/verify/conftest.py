"""A furnished ledger, and the files of one."""

from __future__ import annotations

from tests.verify.furnished_files import bundle, export, honest, ledger

__all__ = ["bundle", "export", "honest", "ledger"]
