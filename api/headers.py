"""What every answer carries, and HEAD wherever there is GET.

Plain ASGI: wrapping a response in a second one would buffer streams or break them.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class AnswerHeaders:
    """Adds the headers that stop a browser from guessing types and from sending referrers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and the answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            """Send a message on; a start gets the headers, the body of an answer to HEAD is left out."""
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # The router has no HEAD of its own; what GET would say is the right answer.
        await self._app({**scope, "method": "GET"} if is_head else scope, receive, send_with_headers)
