"""Time zones: the compiled files of one named release of the IANA database, from an archive.

Invariant: every machine gives the same answer. Neither the system's zone files nor a
package of the interpreter is asked; the archive is what its SHA-256 says, or nothing is
answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property, lru_cache
from importlib import resources
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from schemas.errors import LedgerStateError, MalformedError

_NO_ZONES = ("RELEASE", "LINKS")
"""Files of the archive that hold no zone: which release it is, and second names of zones."""


@dataclass(frozen=True)
class Zones:
    """The time zones of a release such as ``2026f``; ``sha256`` is that of the archive that holds them."""

    release: str
    sha256: str

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all zones, as they are spelled.

        Raises:
            LedgerStateError: if the archive is not the one that belongs to the rules.
        """
        return frozenset(self._archive.namelist()).difference(_NO_ZONES) | self._links.keys()

    def zone(self, name: str | None) -> tzinfo:
        """Return the zone of this name, UTC where none is named.

        Raises:
            MalformedError: if the release has no zone of this name.
            LedgerStateError: if the archive is not the one that belongs to the rules.
        """
        if name is None:
            return UTC
        known = self._read.get(name)
        if known is None:
            if name not in self.names:
                raise MalformedError(f"expected {self.expected}, got {name}", "timezone")
            content = BytesIO(self._archive.read(self._links.get(name, name)))
            known = self._read[name] = ZoneInfo.from_file(content, key=name)
        return known

    @property
    def expected(self) -> str:
        """What the name of a zone should be, to be put behind *expected*."""
        return f"a time zone of the IANA database such as Asia/Kolkata (release {self.release})"

    @cached_property
    def _read(self) -> dict[str, tzinfo]:
        return {}

    @cached_property
    def _links(self) -> Mapping[str, str]:
        return dict(line.split() for line in self._archive.read("LINKS").decode("ascii").splitlines())

    @cached_property
    def _archive(self) -> ZipFile:
        archive = resources.files(__package__).joinpath("data", f"zones-{self.release}.zip").read_bytes()
        digest = hashlib.sha256(archive).hexdigest()
        if digest != self.sha256:
            raise LedgerStateError(
                f"expected time zones of release {self.release} with SHA-256 {self.sha256}, got {digest}. "
                "Install the software anew; the rules would be read otherwise on this machine"
            )
        return ZipFile(BytesIO(archive))


@lru_cache(maxsize=1)
def release_2026f() -> Zones:
    """Return the time zones of the first version of the rules."""
    return Zones("2026f", "6a43fa0d5d6a9bef62dafdd86bd269c45e30a1ab3a198ed948bfdbb0fd969214")
