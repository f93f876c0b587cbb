"""The routes in the order in which they are matched."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import accounting, audit, labels, lookup, lots, operations, parties, statements, tiles, webpages

ROUTERS: tuple[APIRouter, ...] = (
    statements.router,
    parties.router,
    lots.router,
    accounting.router,
    labels.router,
    audit.router,
    tiles.router,
    lookup.router,
    webpages.router,
    operations.router,
)

PAGES: tuple[APIRouter, ...] = (lookup.router, webpages.router)
"""Those whose routes people open from a label, a link or the address bar."""
