"""Whether two events say the same: their content, apart from what every signing makes anew."""

from __future__ import annotations

import hashlib

from schemas.event_base import MaterialBase


def content_digest(event: MaterialBase) -> str:
    """Return the SHA-256 of an event's values as lowercase hex, without its nonce, its sealed facts and its ref.

    Two spellings of one value (an order of members, a member left out at its default) have one digest.
    """
    values = event.model_dump_json(exclude={"nonce", "sealed", "ref"})
    return hashlib.sha256(values.encode("utf-8")).hexdigest()
