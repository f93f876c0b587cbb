"""Bundles and exports that are downloaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fastapi.testclient import TestClient

from ledger.verify import verify_file
from tests.api.plant import Plant


def test_a_downloaded_bundle_verifies(furnished: Plant, reader: TestClient, tmp_path: Path) -> None:
    """The bundle of a lot, saved as it came, passes the offline verifier."""
    answer = reader.get("/v1/lots/MUN-L-1/bundle")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["content-disposition"] == 'attachment; filename="MUN-L-1.bundle.json"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    file = tmp_path / "bundle"
    file.write_bytes(answer.content)
    report = verify_file(file, furnished.genesis)
    assert report.ok, report


def test_a_downloaded_export_verifies(furnished: Plant, reader: TestClient, tmp_path: Path) -> None:
    """The export, saved as it came, is a zip that passes the offline verifier."""
    answer = reader.get("/v1/export")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert f"export-{furnished.size}.zip" in answer.headers["content-disposition"]
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    file = tmp_path / "export.zip"
    file.write_bytes(answer.content)
    report = verify_file(file, furnished.genesis)
    assert report.ok, report


def test_one_export_at_a_time(furnished: Plant, reader: TestClient) -> None:
    """While an export is made, another is asked to come back."""
    app = reader.app
    with app.state.desk.exporting:  # type: ignore[attr-defined]
        answer = reader.get("/v1/export")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "1")
    assert reader.get("/v1/export").status_code == 200
