"""HTML from templates, and the headers that keep a page to itself.

Every value is escaped by the template engine; the one exception is the SVG of a QR
code, which this server draws itself. Pages load no script, from nowhere.
"""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

import jinja2
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.words import sentence

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TEMPLATES: Final = jinja2.Environment(
    loader=jinja2.PackageLoader("api"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["sentence"] = sentence


class Page(HTMLResponse):
    """An HTML page that may load nothing but its own style and pictures."""

    def init_headers(self, headers: Any = None) -> None:  # noqa: ANN401
        """Add the policy to the headers."""
        super().init_headers({"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", **(headers or {})})


def render(template: str, status: int = 200, /, **values: Any) -> Page:  # noqa: ANN401
    """Return a page from a template."""
    return Page(_TEMPLATES.get_template(template).render(values), status)


def inline_svg(document: bytes, title: str) -> Markup:
    """Return an SVG of this server for use inside a page, with a name for screen readers."""
    _, _, drawing = document.decode("utf-8").partition("<svg ")
    return Markup('<svg role="img" aria-label="{}" ').format(title) + Markup(drawing)  # noqa: S704 - drawn here


def style_sheet() -> bytes:
    """Return the one style sheet."""
    return (resources.files("api") / "templates" / "style.css").read_bytes()


def quoted(text: str, limit: int = 60) -> str:
    """Return a text of a stranger, cut off; the template escapes it."""
    return text if len(text) <= limit else text[:limit] + "\u2026"
