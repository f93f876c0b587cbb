"""The wording of findings and refusals has no number: mending a sentence changes no file and no verdict."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from schemas.catalogue.findings.texts import TEXTS, say
from schemas.catalogue.findings.words import Words
from tests.verify.plant import bundle_of, export_of, members_of, verified
from tests.world.memory import MemoryWorld


@pytest.fixture
def reworded(honest: MemoryWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of an honest ledger as they were before all its sentences were written anew."""
    earlier = {"export": export_of(honest, tmp_path), "bundle": bundle_of(honest, "MUN-L-1")}
    for code, text in TEXTS.items():
        cases = {case: Words("anders gesagt", "so viel", "so viel ist recht") for case in text.cases}
        monkeypatch.setitem(TEXTS, code, text._replace(cases=cases, meaning="Anders gemeint ist es nicht."))
    return earlier


def test_a_file_from_before_a_sentence_was_mended_verifies(
    reworded: dict[str, bytes], honest: MemoryWorld, tmp_path: Path
) -> None:
    """No sentence is stored, hashed or compared."""
    for kind, raw in reworded.items():
        report = verified(raw, honest.genesis, tmp_path)
        assert (report.kind, report.faults) == (kind, ())


def test_a_mended_sentence_changes_no_cell_of_an_export(
    reworded: dict[str, bytes], honest: MemoryWorld, tmp_path: Path
) -> None:
    """Tables and registers are written as they were before it; only a reader reads another sentence."""
    before, after = members_of(reworded["export"]), members_of(export_of(honest, tmp_path))
    assert before.keys() == after.keys()
    assert {name for name in before if name.endswith(".csv") and before[name] != after[name]} == set()
    found = list(honest.snapshot().all_findings())
    assert found
    assert {say(finding).message for finding in found} == {"anders gesagt"}


def test_the_table_of_findings_is_data(honest: MemoryWorld, tmp_path: Path) -> None:
    """Named figures as JSON, in their order; a source is a code."""
    table = members_of(export_of(honest, tmp_path))["tables/findings.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows
    for row, finding in zip(rows, honest.snapshot().all_findings(), strict=True):
        assert (row["code"], row["case"], row["source"]) == (finding.code, finding.case, finding.source)
        for name, figures in (("figures", finding.figures), ("limit", finding.limit), ("about", finding.about)):
            assert list(json.loads(row[name]).items()) == list(figures)
        assert not any(" " in row[name] for name in ("code", "case", "source"))
