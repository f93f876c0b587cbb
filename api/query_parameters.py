"""Query parameters that nobody knows: one that is mistyped would change nothing, unseen.

A GS1 Digital Link hands on what a scanner adds (GS1 Digital Link URI Syntax 1.5, sections 3.6
and 6): data attributes are named by application identifiers of two to four digits, and two
words speak to a resolver. These pass everywhere, since a link leads from one route to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Query
from fastapi.routing import APIRoute

from schemas.errors import MalformedError
from schemas.wording import shown

_OF_A_SCANNER: Final = re.compile(r"[0-9]{2,4}|linkType|context", re.ASCII)


async def check_query_parameters(request: Request) -> None:
    """Demand of every query parameter of a request that its route knows it.

    Raises:
        MalformedError: with the parameters that the route knows.
    """
    if not request.query_params:
        return
    route = request.scope.get("route")
    fields = dict(_known(route.dependant)) if isinstance(route, APIRoute) else {}
    for name in request.query_params:
        if name not in fields and not _OF_A_SCANNER.fullmatch(name):
            known = ", ".join(name for name, is_shown in fields.items() if is_shown)
            expected = f"one of the query parameters {known}" if known else "no query parameters"
            raise MalformedError(f"expected {expected}, got {shown(name)}", "query")


def _known(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Yield the names of a route's query parameters, each with whether the description shows it."""
    for parameter in dependant.query_params:
        yield parameter.alias, isinstance(parameter.field_info, Query) and parameter.field_info.include_in_schema
    for part in dependant.dependencies:
        yield from _known(part)
