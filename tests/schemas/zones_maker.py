"""The maker of ``schemas/rules/data/zones-2026f.zip``: the compiled time zones of one IANA release.

    python -m pip install --target /tmp/zones tzdata==2026.6
    python tests/schemas/zones_maker.py /tmp/zones/tzdata schemas/rules/data

The archive holds the file ``RELEASE``, a file a zone in the format of RFC 9636, named as the zone,
and in ``LINKS`` a line for each zone that is another by a second name. It prints the SHA-256 that
goes into :mod:`schemas.rules.zones`. The file is never made anew for a version of the rules that is
in force: a later release is a file of its own in a later version.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that its bytes follow from the zones alone."""


def main(package: Path, folder: Path) -> None:
    """Pack the zones of an unpacked ``tzdata`` package of the Python index."""
    found = re.search(r'IANA_VERSION = "([0-9]{4}[a-z]+)"', (package / "__init__.py").read_text("utf-8"))
    if found is None:
        raise SystemExit(f"expected {package} to name its IANA_VERSION, got none")
    target = folder / f"zones-{found[1]}.zip"
    names = sorted((package / "zones").read_text("ascii").split())
    with ZipFile(target, "w") as archive:
        archive.writestr(_member("RELEASE"), found[1])
        first: dict[bytes, str] = {}
        links = []
        for name in names:
            content = (package / "zoneinfo" / name).read_bytes()
            if first.setdefault(content, name) == name:
                archive.writestr(_member(name), content)
            else:
                links.append(f"{name} {first[content]}\n")
        archive.writestr(_member("LINKS"), "".join(links))
    sys.stdout.write(f"{target}: {len(names)} zones, SHA-256 {hashlib.sha256(target.read_bytes()).hexdigest()}\n")


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, BEGINNING)
    member.compress_type = ZIP_DEFLATED
    return member


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
