"""The README's terminal example, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_terminal_example_prints_what_it_says(tmp_path: Path) -> None:
    """Each line of the README's example prints what stands below it, the caught tampering included."""
    found = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None
    lines = found.group(1).splitlines()
    script = "\n".join(line[2:] for line in lines if line.startswith("$ "))
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [line for line in lines if not line.startswith("$ ")], done.stderr


def test_the_readme_is_short() -> None:
    """The README has at most 120 lines."""
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
