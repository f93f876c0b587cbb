"""One question, or one statement handed in, in a process of its own: ``python -m tests.bench.ask FOLDER ROOM NAME``.

Prints the processor seconds that it took and the most memory that the process ever held. What is handed in goes to a
copy, so that the ledger in the folder can be asked again.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ledger.home.opening import Home
from tests.bench.handing_in import AT_A_ROOT, HANDED_IN, HandedIn
from tests.bench.made_plants import Plants
from tests.bench.questions import NOTHING, OF_A_PAST, OF_LEDGERS, Asked, Question

ASKED: dict[str, dict[str, Question]] = {"ledgers": OF_LEDGERS, "past": OF_A_PAST, "nothing": NOTHING}
WRITTEN: dict[str, dict[str, HandedIn]] = {"written": HANDED_IN, "root": AT_A_ROOT}


def main(folder: Path, room: str, name: str) -> None:
    """Ask or hand in, and print one line of JSON."""
    marks = json.loads((folder / "marks.json").read_text(encoding="utf-8"))
    work = _ask if room in ASKED else _hand_in
    seconds = work(folder, marks, room, name)
    print(json.dumps({"seconds": seconds, "peak_kb": _peak_kb()}))


def _ask(folder: Path, marks: dict[str, Any], room: str, name: str) -> float:
    question = ASKED[room][name]
    with Home.open(folder / "ledger", writable=False) as home, home.store.reading() as snapshot:
        asked = Asked(snapshot, home.genesis, marks, folder)
        began = time.process_time()
        question(asked)
        return time.process_time() - began


def _hand_in(folder: Path, marks: dict[str, Any], room: str, name: str) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        shutil.copytree(folder / "ledger", Path(place) / "ledger")
        plants = Plants.opened(Path(place) / "ledger")
        with plants.home:
            return WRITTEN[room][name](plants, marks)


def _peak_kb() -> int:
    """Return the most memory held; what ``getrusage`` says may be that of the process which started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found is not None:
            return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
