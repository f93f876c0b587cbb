"""The figures of ``make bench``: ratios taken in one run on one machine.

Every rate stands over raw Ed25519 verifications a second by ``cryptography`` on as many
cores, measured before and after, so that the machine's own speed cancels out.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit import write_export
from ledger.home.opening import Home
from ledger.journal.garbage_collection import relax_collector
from ledger.log.proofs import format_proof
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import follow
from ledger.questions.lots import ancestry_of
from ledger.questions.sites import site_findings
from ledger.questions.standing import standing_in
from ledger.submission import Submission
from ledger.verify import verify_file
from schemas.ids import LotId, PartyId
from tests.bench.feeds import great_lot, make_home, sign_feed, sign_lines, take

pytestmark = pytest.mark.bench

FEED = 20_000
SMALL, LARGE = 1_000, 100_000
CORES = os.cpu_count() or 1


def raw_verifications() -> float:
    """Return Ed25519 verifications a second over all cores (messages of 350 bytes)."""
    key = Ed25519PrivateKey.generate()
    message = os.urandom(350)
    signature, public = key.sign(message), key.public_key()
    share = 8_000

    def work(_: int) -> None:
        for _ in range(share):
            public.verify(signature, message)

    began = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(work, range(CORES)))
    return CORES * share / (time.perf_counter() - began)


def over_raw(count: int, work: Callable[[], object]) -> tuple[float, float]:
    """Return how many a second ``work`` did, and that over the raw rate around it."""
    before = raw_verifications()
    began = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - began)
    return rate, rate / statistics.mean((before, raw_verifications()))


def show(name: str, figure: str) -> None:
    """Print one row of the table."""
    print(f"  {name:<58}{figure:>28}")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, float, float, list[Submission]]:
    """A ledger with the whole feed, and what it cost to take it."""
    relax_collector()
    home = make_home(tmp_path_factory.mktemp("bench") / "ledger")
    submissions = sign_feed(home, FEED)
    rate, ratio = over_raw(FEED, lambda: take(home, submissions))
    return home, rate, ratio, submissions


def test_taking_statements(filled: tuple[Home, float, float, list[Submission]]) -> None:
    """Statements are taken, durable and with all rules, at a fair share of raw verification."""
    home, rate, ratio, submissions = filled
    show(f"taking {FEED:,} statements ({CORES} cores)", f"{rate:,.0f}/s = {ratio:.2f} of raw")
    stored = sum(path.stat().st_size for path in home.directory.glob("ledger.db*"))
    sent = sum(len(submission.envelope.payload) + len(submission.event) for submission in submissions)
    show("bytes stored over bytes of payload and event", f"{stored / FEED:,.0f} B = {stored / sent:.2f}")
    assert ratio > 0


def test_verifying_an_export(filled: tuple[Home, float, float, list[Submission]], tmp_path: Path) -> None:
    """An export verifies without a fault, at a fair share of raw verification."""
    home = filled[0]
    file = tmp_path / "export.zip"
    with home.store.reading() as snapshot:
        write_export(snapshot, file)
        size = snapshot.size
    faults: list[object] = []
    rate, ratio = over_raw(size, lambda: faults.extend(verify_file(file, home.genesis).faults))
    show(f"verifying an export of {size:,} entries", f"{rate:,.0f}/s = {ratio:.2f} of raw")
    assert not faults


def test_looking_up(tmp_path: Path) -> None:
    """A proof and a lot are found about as quickly in a large ledger as in a small one."""
    with make_home(tmp_path / "ledger") as home:
        submissions = sign_feed(home, LARGE)
        take(home, submissions[:SMALL])
        small = _look_ups(home)
        take(home, submissions[SMALL:])
        large = _look_ups(home)
    for name, few, many in zip(("proof", "lot"), small, large, strict=True):
        show(f"{name} at {SMALL:,} and {LARGE:,} entries", f"{few:.2f} ms, {many:.2f} ms = {many / few:.2f}")
        assert many < 20 * few


def test_standing_of_a_lot_of_many(tmp_path: Path) -> None:
    """How a lot with 10,000 ancestors stands is known in little more than the time of its provenance."""
    with make_home(tmp_path / "ledger") as home:
        take(home, sign_lines(home, great_lot(10_000, 100)))
        with home.store.reading() as snapshot:
            began = time.perf_counter()
            site_findings(snapshot, PartyId("MUN"))
            over_time = time.perf_counter() - began
        provenance, standing = _least(home, asked=False), _least(home, asked=True)
    show("provenance of a lot of 10,100 lots", f"{provenance:.2f} s")
    show("the same, and how it stands", f"{standing:.2f} s = {standing / provenance:.2f}")
    show("what is odd about its site, once at each size", f"{over_time:.2f} s")
    assert standing < 2 * provenance


def _least(home: Home, *, asked: bool) -> float:
    """Return the least seconds of five of a great lot's provenance, with its standing where that is asked for."""
    times = []
    for _ in range(5):
        with home.store.reading() as snapshot:
            began = time.process_time()
            ancestry = ancestry_of(snapshot, LotId("MUN-L-0"))
            followed = follow(ancestry)
            if asked:
                standing_in(snapshot, ancestry, followed=followed)
            times.append(time.process_time() - began)
    return min(times)


def _look_ups(home: Home) -> tuple[float, float]:
    """Return the median milliseconds of a proof and of a lot, each in a snapshot of its own."""
    with home.store.reading() as snapshot:
        indexes = range(0, snapshot.size, max(1, snapshot.size // 200))
        lots = [lot.id for lot in snapshot.page_of_lots(None, 200)]

    def prove(index: int) -> None:
        with home.store.reading() as snapshot:
            format_proof(index, snapshot.path(index), snapshot.checkpoint())

    def look(name: str) -> None:
        with home.store.reading() as snapshot:
            lot = snapshot.lots.get(LotId(name))
            assert lot is not None
            lot_report(lot, snapshot.rules, snapshot.size)

    return _median(prove, indexes), _median(look, lots)


def _median(work: Callable[[Any], None], items: Iterable[Any]) -> float:
    times: list[float] = []
    for item in items:
        began = time.perf_counter()
        work(item)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
