"""The batches of the given season, read without a ledger: none was made to be a fraud."""

from __future__ import annotations

import json
from typing import Any

from ledger.materials.plausibility.entry.intakes import find_in_intake
from ledger.materials.state.book import Speaker
from schemas.errors import MalformedError
from schemas.events import read_event
from schemas.ids import StatementId
from schemas.intake import Intake
from schemas.party import Party, ScaleSpan
from schemas.versions import VERSION_1
from tests.cli.terminal import SEASON


def test_the_given_season_is_not_accused() -> None:
    """None of its batches was made to be a fraud."""
    parties = {}
    for row in _lines("participants.jsonl"):
        said = row["event"]
        scales = tuple(
            ScaleSpan(scale["scale"], scale.get("calibrated_on"), scale.get("calibrated_until"))
            for scale in said.get("scales", ())
        )
        parties[said["id"]] = Party(
            said["id"], said["name"], tuple(said["roles"]), said["country"], StatementId("00" * 32), scales=scales,
            timezone=said.get("timezone"),
        )  # fmt: skip
    seen, high = 0, []
    for row in _lines("feed.jsonl"):
        if row["event"].get("type") != "intake" or row.get("issuer") not in parties:
            continue
        try:
            event = read_event({"nonce": "0" * 32, **row["event"]}, row["issuer"], VERSION_1)
        except MalformedError:
            continue
        assert isinstance(event, Intake)
        seen += 1
        speaker = Speaker(parties[row["issuer"]], row["occurred_at"], seen, StatementId("ab" * 32), VERSION_1)
        high += [finding for finding in find_in_intake(event, speaker) if finding.severity == "high"]
    assert seen > 100
    assert high == []


def _lines(name: str) -> list[dict[str, Any]]:
    rows = (SEASON / name).read_text("utf-8").splitlines()
    return [json.loads(row) for row in rows if row.startswith("{")]
