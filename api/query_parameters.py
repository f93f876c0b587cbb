"""Query parameters that nobody knows: one that is mistyped would change nothing, unseen.

A GS1 Digital Link hands on what a scanner adds (GS1 Digital Link URI Syntax 1.5, sections 3.6
and 6): data attributes are named by application identifiers of two to four digits, and two
words speak to a resolver. These pass everywhere, since a link leads from one route to another.

A link to a page is passed on by messengers and mail programs that add parameters of their own,
to follow who clicks. On what people open such a stranger passes; what another
call knows does not, since the page would answer another question than the one asked.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final

from fastapi import APIRouter, Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Query
from fastapi.routing import APIRoute

from schemas.errors import MalformedError
from schemas.wording import shown

_OF_A_SCANNER: Final = re.compile(r"[0-9]{2,4}|linkType|context", re.ASCII)


def query_check(
    routers: Iterable[APIRouter], *, for_people: Iterable[APIRouter]
) -> Callable[[Request], Awaitable[None]]:
    """Return the check that demands of every query parameter of a request that its route knows it.

    Args:
        routers: all routers of the interface; what their routes know passes nowhere as a stranger.
        for_people: those whose routes people open from a label, a link or the address bar.
    """
    of_all = frozenset(name for route in _routes(routers) for name, _ in _known(route.dependant))
    paths = frozenset(route.path for route in _routes(for_people))

    async def check_query_parameters(request: Request) -> None:
        """Demand of every query parameter that the route knows it, with those that it knows in the refusal."""
        if not request.query_params:
            return
        route = request.scope.get("route")
        fields = dict(_known(route.dependant)) if isinstance(route, APIRoute) else {}
        strangers_pass = isinstance(route, APIRoute) and route.path in paths
        for name in request.query_params:
            is_a_strangers = strangers_pass and name not in of_all
            if name not in fields and not is_a_strangers and not _OF_A_SCANNER.fullmatch(name):
                known = ", ".join(name for name, is_shown in fields.items() if is_shown)
                expected = f"one of the query parameters {known}" if known else "no query parameters"
                raise MalformedError(f"expected {expected}, got {shown(name)}", "query")

    return check_query_parameters


def _routes(routers: Iterable[APIRouter]) -> Iterator[APIRoute]:
    return (route for router in routers for route in router.routes if isinstance(route, APIRoute))


def _known(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Yield the names of a route's query parameters, each with whether the description shows it."""
    for parameter in dependant.query_params:
        yield parameter.alias, isinstance(parameter.field_info, Query) and parameter.field_info.include_in_schema
    for part in dependant.dependencies:
        yield from _known(part)
