"""For whoever runs the server: is it alive, is it ready, how much goes through."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api.deps import DeskDep
from api.problems import NOT_READY, Json, RequestError
from api.responses import PROBLEMS

router = APIRouter(tags=["operations"])

_NO_STORE: Final = {"Cache-Control": "no-store"}
_PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", summary="Is the server alive")
def get_health() -> Response:
    """Answer as long as the process can; it looks at nothing else."""
    return Json({"status": "ok"}, headers=_NO_STORE)


@router.get("/readyz", summary="Is the ledger ready", responses={503: PROBLEMS[503]})
def get_readiness(desk: DeskDep) -> Response:
    """Answer whether the database can be read and the ledger has begun."""
    with desk.home.store.reading() as snapshot:
        facts, size = snapshot.facts, snapshot.size
    if facts is None:
        raise RequestError(NOT_READY, "expected a ledger with a genesis, got an empty one")
    return Json({"status": "ready", "tree_size": size}, headers=_NO_STORE)


@router.get("/metrics", summary="Figures for Prometheus", response_class=PlainTextResponse)
def get_metrics(desk: DeskDep) -> Response:
    """Return the tree size, the length of the write queue, and what became of statements."""
    with desk.home.store.reading() as snapshot:
        size = snapshot.size
    lines = [
        "# HELP battery_ledger_tree_size Entries in the ledger.",
        "# TYPE battery_ledger_tree_size gauge",
        f"battery_ledger_tree_size {size}",
        "# HELP battery_ledger_queue_length Statements that wait to be written.",
        "# TYPE battery_ledger_queue_length gauge",
        f"battery_ledger_queue_length {desk.home.journal.waiting}",
        "# HELP battery_ledger_statements_total Statements handed in since the start, by outcome.",
        "# TYPE battery_ledger_statements_total counter",
    ]
    lines += [
        f'battery_ledger_statements_total{{outcome="{outcome}"}} {count}'
        for outcome, count in desk.tally.counts().items()
    ]
    return Response("\n".join(lines) + "\n", headers=_NO_STORE, media_type=_PROMETHEUS)
