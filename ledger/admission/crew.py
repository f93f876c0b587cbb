"""A crew of worker processes that verify signatures ahead of the one who judges.

Invariants: the crew says only whether a signature fits a key; whose key it is and
whether it was active at the entry's own index is judged by the fold. Verdicts come in the order of the jobs;
a worker that dies costs time, never a verdict: its jobs are verified here instead.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from ledger.admission.state import KeyRecord
from ledger.admission.steps import Prechecked
from ledger.admission.worker import Job, Verdict, verify
from ledger.log.envelopes import PAYLOAD_TYPE, Envelope, pae
from schemas.ids import KeyId

_SHARE = 128
"""Envelopes a frame: large enough to hide the pipe, small enough to spread."""

_FEW = 64
"""Below this many it is quicker to verify here than to hand out."""

KeyOf = Callable[[KeyId], KeyRecord | None]


class Crew:
    """Worker processes, started when the first large batch comes."""

    def __init__(self, size: int | None = None) -> None:
        """Plan for ``size`` workers; default: one a core."""
        self._size = size or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="crew")
        self._local = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []

    def check(self, envelopes: Sequence[Envelope], key_of: KeyOf) -> Callable[[], list[Prechecked]]:
        """Begin to verify; call what is returned to wait for the results, one an envelope."""
        jobs = [_job(envelope, key_of) for envelope in envelopes]
        if len(jobs) < _FEW:
            found = [_prechecked(verify(job)) for job in jobs]
            return lambda: found
        shares: list[Future[list[Verdict]]] = [
            self._threads.submit(self._verify, jobs[at : at + _SHARE]) for at in range(0, len(jobs), _SHARE)
        ]
        return lambda: [_prechecked(verdict) for share in shares for verdict in share.result()]

    def close(self) -> None:
        """Stop the workers."""
        self._threads.shutdown()
        for process in self._processes:
            if process.stdin is not None and process.stdout is not None:
                process.stdin.close()
                process.stdout.close()
            process.wait()
        self._processes = []

    def __enter__(self) -> Self:
        """Use as a context."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        self.close()

    def _verify(self, jobs: list[Job]) -> list[Verdict]:
        """Run in a thread of the crew; each has a process of its own."""
        process = self._process()
        try:
            if process.stdin is None or process.stdout is None:
                raise OSError
            process.stdin.write(marshal.dumps(jobs))
            process.stdin.flush()
            verdicts: list[Verdict] = marshal.load(process.stdout)  # noqa: S302 - our own child wrote it
            if len(verdicts) == len(jobs):
                return verdicts
        except (OSError, EOFError, ValueError, TypeError):
            pass
        # A pipe that is out of step would give one message the verdict of another.
        process.kill()
        self._local.process = None
        return [verify(job) for job in jobs]

    def _process(self) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] | None = getattr(self._local, "process", None)
        if process is None:
            process = subprocess.Popen(
                [sys.executable, "-m", "ledger.admission.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
            )
            self._local.process = process
            self._processes.append(process)
        return process


def _job(envelope: Envelope, key_of: KeyOf) -> Job:
    """Return the signatures by keys that are known; the judge sees to the others."""
    records = ((signature, key_of(signature.keyid)) for signature in envelope.signatures)
    known = tuple(
        (record.keyid, record.algorithm, record.der, signature.sig)
        for signature, record in records
        if record is not None
    )
    return pae(PAYLOAD_TYPE, envelope.payload), known


def _prechecked(verdict: Verdict) -> Prechecked:
    good, bad = verdict
    return Prechecked(frozenset(good), frozenset(bad))


def _environment() -> dict[str, str]:
    """Return what a worker needs to find this program, and nothing secret."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BATTERY_LEDGER_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
