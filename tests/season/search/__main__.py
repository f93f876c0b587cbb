"""Search random seasons on all cores and print what was found: ``python -m tests.season.search --seasons 10000``."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.season.search.holding import Searched, search
from tests.season.search.moves import MOVES


def main() -> int:
    """Search; the exit code says whether something rose unseen."""
    parser = argparse.ArgumentParser(description="Search random seasons for a lift that nothing says.")
    parser.add_argument("--seasons", type=int, default=10_000, help="how many seasons")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    given = parser.parse_args()
    rose: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    faults = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(search, range(given.first, given.first + given.seasons), chunksize=20):
            tried.update(found.moves)
            rose.update(found.moves if found.rose else ())
            faults += bool(found.faults)
            _say(found)
    for one in MOVES:
        name = one.name.replace("_", " ")
        print(f"{name}: in {tried[one.name]:,} seasons, a lot beyond the limit in {rose[one.name]:,}")
    print(f"{given.seasons:,} seasons, {faults:,} with a fault")
    return 1 if faults else 0


def _say(found: Searched) -> None:
    for fault in found.faults:
        print(f"season {found.seed} ({', '.join(found.moves)}): {fault}")


if __name__ == "__main__":
    sys.exit(main())
