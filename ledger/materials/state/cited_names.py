"""Numbers of documents, hashes of files, digests of suppliers: an index by which entries that name one are found.

A name stands as 63 bits of its BLAKE2b digest: rows stay short however long a number is, and two names that share
them cost a look at an event that does not say what is sought.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final

from ledger.materials.state.layout import Layout, key
from schemas.events import Event, speaks_of_materials

CITED_NAME: Final = Layout("cited_name", (key("name", "number"), key("index", "number")))
"""Which entries name what, in any version of what they say."""


def number_of(name: str) -> int:
    """Return the 63 bits under which a name stands."""
    return int.from_bytes(blake2b(name.encode(errors="replace"), digest_size=8).digest()) >> 1


def names_cited(event: Event, _: Sequence[int]) -> Sequence[int]:
    """Return what an event names, itself and in what it puts in the place of others."""
    return tuple(dict.fromkeys(map(number_of, _names(event)))) if speaks_of_materials(event) else ()


def _names(event: Event) -> Iterator[str]:
    for said in (event, *event.stands()) if event.corrects() else (event,):
        for document in said.cited_documents():
            if document.number is not None:
                yield document.number
            if document.sha256 is not None:
                yield document.sha256
        yield from said.named_files()
        if (supplier := said.named_supplier()) is not None:
            yield supplier


def rows_of_names(index: int, names: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield a row for each name of an entry."""
    return ({"name": name, "index": index} for name in names)
