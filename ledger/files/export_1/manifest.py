"""The manifest of ``battery-ledger-export/1``.

``{"format","rules","members":{"<name>":"<hex SHA-256>"}}``, compact, members by name, all but
the manifest itself.
"""

from __future__ import annotations

from typing import Final

from ledger.files.export import Manifest
from ledger.files.members import take_format, take_members, take_number, take_text
from schemas.errors import MalformedError
from schemas.strict_json import dump_json, parse_json

FORMAT: Final = "battery-ledger-export/1"
MAX_MANIFEST_BYTES: Final = 1 << 28
_MEMBERS: Final = ("format", "rules", "members")


def write_manifest(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest."""
    digests = {name: manifest.digests[name] for name in sorted(manifest.digests)}
    return dump_json({"format": FORMAT, "rules": manifest.rules, "members": digests})


def read_manifest(raw: bytes) -> Manifest:
    """Return what a manifest says; its digests may be any texts.

    Raises:
        MalformedError: if it is no manifest of this format.
    """
    members = take_members(parse_json(raw, max_bytes=MAX_MANIFEST_BYTES), _MEMBERS, "manifest")
    take_format(members["format"], FORMAT)
    rules = take_number(members["rules"], "rules", 1)
    listed = members["members"]
    if not isinstance(listed, dict):
        raise MalformedError(f"expected an object, got {type(listed).__name__}", "members")
    return Manifest(rules, {name: take_text(digest, "members") for name, digest in listed.items()})
