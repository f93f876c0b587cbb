"""Every step of the write path by the name of the function that takes it, and how to break one off.

Nothing in the ledger knows of this: a function is wrapped in its own module, in the
process that is to fail.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from ledger.admission.state import LOGS, STATE


class SetAttribute(Protocol):
    """What ``setattr`` and pytest's monkeypatch both are."""

    def __call__(self, target: Any, name: str, value: Any, /) -> None: ...


@dataclass(frozen=True)
class Step:
    """The ``call``-th time that a function is entered (``before``) or has returned (``after``)."""

    target: str
    moment: str = "before"
    call: int = 1
    is_committed: bool = False

    def arm(self, strike: Callable[[], None], put: SetAttribute = setattr) -> None:
        """Let ``strike`` happen there, once."""
        module, _, path = self.target.partition(":")
        owner: Any = import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        function = getattr(owner, name)
        calls = 0

        def wrapped(*args: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            is_now = calls == self.call
            if is_now and self.moment == "before":
                strike()
            found = function(*args, **more)
            if is_now and self.moment == "after":
                strike()
            return found

        put(owner, name, wrapped)


def kill() -> None:
    """End this process as a power cut would: no clean-up, no flush, no rollback."""
    os.kill(os.getpid(), signal.SIGKILL)


_STORE, _BOOK, _PUBLISH = "ledger.store.store", "ledger.store.book", "ledger.journal.publishing"
_LOGS = [log.name for log in LOGS if log.rows is not None]

WRITING = {
    "before the transaction": Step(f"{_STORE}:Store.writing"),
    "transaction begun": Step("ledger.journal.sequencer:Sequencer._begin", "after"),
    "statements judged": Step("ledger.journal.sequencer:Sequencer._judge", "after"),
    "before the entries": Step(f"{_STORE}:Writer.append"),
    "entries written": Step(f"{_STORE}:write_rows", "after", 1),
    "events written": Step(f"{_STORE}:write_rows", "after", 2),
    "tiles written": Step(f"{_STORE}:write_rows", "after", 3),
    "sealed facts written": Step(f"{_STORE}:write_disclosures", "after", 2),
    **{f"{kind.name} written": Step(f"{_BOOK}:upsert_values", "after", call) for call, kind in enumerate(STATE, 1)},
    **{f"{name} written": Step(f"{_BOOK}:write_log", "after", call) for call, name in enumerate(_LOGS, 1)},
    "findings written": Step(f"{_BOOK}:write_findings", "after"),
    "checkpoint signed": Step("ledger.log.checkpoint:LogSigner.sign", "after"),
    "newest checkpoint written": Step(f"{_STORE}:write_latest", "after"),
    "kept checkpoint written": Step("ledger.store.kept_checkpoints:write_rows", "after"),
    "before the commit": Step("sqlalchemy.engine.default:DefaultDialect.do_commit"),
    "commit done": Step("sqlalchemy.engine.default:DefaultDialect.do_commit", "after", is_committed=True),
    "caches settled": Step(f"{_BOOK}:StoreBook.settle", "after", is_committed=True),
}  # fmt: skip

PUBLISHING = {
    "before publishing": Step(f"{_PUBLISH}:Publisher.publish", is_committed=True),
    "lock taken": Step(f"{_PUBLISH}:Publisher._read", is_committed=True),
    "temporary file made": Step(f"{_PUBLISH}:tempfile.mkstemp", "after", is_committed=True),
    "temporary file durable": Step(f"{_PUBLISH}:os.fsync", "after", is_committed=True),
    "before the rename": Step(f"{_PUBLISH}:Path.replace", is_committed=True),
    "renamed": Step(f"{_PUBLISH}:Path.replace", "after", is_committed=True),
    "folder durable": Step(f"{_PUBLISH}:os.fsync", "after", 2, is_committed=True),
    "one place published": Step(f"{_PUBLISH}:_replace", "after", is_committed=True),
    "all places published": Step(f"{_PUBLISH}:Publisher.publish", "after", is_committed=True),
    "before the answer": Step("ledger.journal.journal:Journal._answer_to", is_committed=True),
}

STEPS = WRITING | PUBLISHING

MAKING = {
    "before anything": Step("ledger.home.opening:make_keys"),
    "first key made": Step("ledger.log.signers:FileSigner.save", "after", 1),
    "second key made": Step("ledger.log.signers:FileSigner.save", "after", 2),
    "all keys made": Step("ledger.log.signers:FileSigner.save", "after", 3),
    "genesis signed": Step("ledger.home.opening:_genesis", "after"),
    "tables begun": Step("alembic.operations:Operations.create_table", "after", 4),
    "tables made": Step(f"{_STORE}:Store.open", "after"),
    "genesis written": Step(f"{_STORE}:Writer.set_checkpoint", "after"),
    "genesis committed": Step("ledger.journal.sequencer:Sequencer.append", "after", is_committed=True),
    "checkpoint published": Step(f"{_PUBLISH}:Publisher.publish", "after", is_committed=True),
    "before the settings": Step("ledger.home.folder:Folder.save", is_committed=True),
    "settings begun": Step("ledger.home.folder:Path.replace", "before", 3, is_committed=True),
}
"""Making a ledger: until the last line it does not exist, and says so."""
