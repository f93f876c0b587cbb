"""Every byte of a file matters: whichever is changed, the verifier says so."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verify.plant import verified
from tests.world.memory import MemoryWorld

_STEP = 151


def _flipped(raw: bytes, at: int, mask: int) -> bytes:
    changed = bytearray(raw)
    changed[at % len(raw)] ^= mask
    return bytes(changed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2**31), mask=st.integers(1, 255))
def test_any_changed_byte_of_a_bundle_is_detected(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, at: int, mask: int
) -> None:
    """A bundle with one byte changed anywhere does not pass."""
    assert verified(_flipped(bundle, at, mask), honest.genesis, tmp_path).faults


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2**31), mask=st.integers(1, 255))
def test_any_changed_byte_of_an_export_is_detected(
    export: bytes, honest: MemoryWorld, tmp_path: Path, at: int, mask: int
) -> None:
    """An export with one byte changed anywhere does not pass."""
    assert verified(_flipped(export, at, mask), honest.genesis, tmp_path).faults


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_every_part_of_a_file_is_covered(
    bundle: bytes, export: bytes, honest: MemoryWorld, tmp_path: Path, kind: str
) -> None:
    """One bit in each stretch of 151 bytes, from one end to the other, does not pass unseen."""
    raw = bundle if kind == "bundle" else export
    chosen = random.Random(7)
    for start in range(0, len(raw), _STEP):
        at = min(start + chosen.randrange(_STEP), len(raw) - 1)
        assert verified(_flipped(raw, at, 1 << chosen.randrange(8)), honest.genesis, tmp_path).faults, at


@pytest.mark.slow
def test_every_byte_of_the_frame_of_an_export_is_covered(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """No bit of the directory or of the end record can change unseen."""
    start = int.from_bytes(export[-6:-2], "little")
    for at in range(start, len(export)):
        assert verified(_flipped(export, at, 1 << at % 8), honest.genesis, tmp_path).faults, at


@pytest.mark.parametrize("kind", ["bundle", "export"])
@pytest.mark.parametrize("cut", [1, 2, 30, 5_000, 50_000])
def test_a_file_cut_short_is_detected(
    bundle: bytes, export: bytes, honest: MemoryWorld, tmp_path: Path, kind: str, cut: int
) -> None:
    """A download that broke off is no file."""
    raw = bundle if kind == "bundle" else export
    assert verified(raw[:-cut], honest.genesis, tmp_path).faults
    assert verified(raw + b"\n", honest.genesis, tmp_path).faults
