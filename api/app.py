"""The application: routes, errors and headers around one open ledger.

Invariants:

* It opens nothing and closes nothing: whoever opened the ledger closes it.
* It has no state beside the :class:`~api.deps.Desk` of the one call that made it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any, Final

import anyio.to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from api.deps import Desk
from api.headers import AnswerHeaders
from api.problems import install_handlers
from api.query_parameters import query_check
from api.responses import PROBLEMS, Problem, SubmissionBody
from api.routes import PAGES, ROUTERS
from ledger.home.opening import Home

# Fewer than the connections that the database gives out (20, see ledger.store.engines):
# with more, threads that hold a snapshot would wait for others that wait for one.
# Python computes on one core at a time, so more threads would not answer sooner either.
THREADS: Final = 16

_DESCRIPTION: Final = """\
A tamper-evident ledger of recycled battery metals, lot by lot, checkable offline.

Every statement is signed by the party that makes it; the server can neither write one
nor change one. Errors are problem documents (RFC 9457) whose `type` never changes.
A query parameter that a call does not know is malformed (422); the answer names those known.
"""


def create_app(home: Home, *, public_url: str) -> FastAPI:
    """Return the application for an open ledger.

    Args:
        home: the ledger; it stays open as long as the application runs.
        public_url: the address that labels and pages lead to.
    """
    app = FastAPI(
        title="Battery ledger",
        version=version("battery-ledger"),
        description=_DESCRIPTION,
        lifespan=_lifespan,
        # The stock pages load scripts from elsewhere; ours is in routes/webpages.py.
        docs_url=None,
        redoc_url=None,
        # One address for one thing; a slash too many is an error that should be seen.
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        dependencies=[Depends(query_check(ROUTERS, for_people=PAGES))],
        # Logs of requests could hold what is in a statement.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.desk = Desk(home, public_url.rstrip("/"))
    for router in ROUTERS:
        app.include_router(router)
    install_handlers(app)
    app.add_middleware(AnswerHeaders)
    _describe(app)
    return app


@asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def _operation_id(route: APIRoute) -> str:
    return route.name


def _describe(app: FastAPI) -> None:
    """Let the description say how errors and bodies look, which no route returns or takes as models."""
    generate = app.openapi

    def describe() -> dict[str, Any]:
        """Return the framework's description with the models of errors and bodies among its schemas."""
        description = generate()
        schemas = description["components"]["schemas"]
        # No route returns these through the framework, so it does not find them itself.
        for model in (Problem, SubmissionBody):
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(schema.pop("$defs", {}))
            schemas[model.__name__] = schema
        for operations in description["paths"].values():
            for operation in operations.values():
                # Any call is malformed with a query parameter that it does not know.
                operation["responses"]["422"] = PROBLEMS[422]
        # The framework's own shapes of that answer, which nobody gets.
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return description

    app.openapi = describe  # type: ignore[method-assign]
