"""Lots and participants as answered to programs."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.finding_responses import FindingsAnswer
from api.responses import LedgerAnswer, LotAnswer, LotsAnswer, ParticipantAnswer, ProofsAnswer, ProvenanceAnswer
from ledger.log.checkpoint import parse_log_keys
from ledger.log.proofs import verify_proof
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import trace
from ledger.questions.standing import standing_answer
from schemas.encoding import encode_base64
from schemas.ids import LotId, PartyId, StatementId
from tests.api.plant import Plant

BELOW = ("", "/findings", "/provenance", "/proof", "/bundle", "/qr.svg", "/qr.png", "/label")
NO_LOTS = ("MUN-L-404", "mun-l-1", "MUN_L_1", "-MUN", "X" * 21, "MUN-L-\uff11", "MUN-L-1%0A", "%00", "..%2f..")


def test_a_lot_is_answered_as_the_ledger_reports_it(furnished: Plant, reader: TestClient) -> None:
    """The answer is the ledger's own report, at the tree size that it names."""
    with furnished.home.store.reading() as snapshot:
        lot = snapshot.lots.get(LotId("MUN-L-1"))
        assert lot is not None
        standing = standing_answer(snapshot, trace(lot, snapshot))
        expected = lot_report(lot, snapshot.rules, snapshot.size) | {"standing": standing}
    answer = reader.get("/v1/lots/MUN-L-1")
    assert answer.json() == expected
    LotAnswer.model_validate(answer.json())


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("name", NO_LOTS)
def test_a_lot_that_is_none_is_not_found(reader: TestClient, name: str, below: str) -> None:
    """An id without a lot, or that no lot can have, gives 404 as a problem everywhere."""
    answer = reader.get(f"/v1/lots/{name}{below}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("limit", [1, 2, 5, 1000])
def test_following_the_links_passes_every_lot_once(furnished: Plant, reader: TestClient, limit: int) -> None:
    """Pages of any length, put together, are all lots by id; the last has no next."""
    with furnished.home.store.reading() as snapshot:
        expected = [lot.id for lot in snapshot.lots.all()]
    found: list[str] = []
    url: str | None = f"/v1/lots?limit={limit}"
    while url:
        answer = reader.get(url)
        page = LotsAnswer.model_validate(answer.json())
        assert len(page.lots) <= limit
        found += [lot.lot for lot in page.lots]
        url = answer.links["next"]["url"] if "next" in answer.links else None
    assert found == expected


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=1e3", "limit=\uff11", "after=x", "after=A%00"])
def test_a_page_that_is_none_is_malformed(reader: TestClient, query: str) -> None:
    """Limits and cursors out of range give 422."""
    assert reader.get(f"/v1/lots?{query}").status_code == 422


def test_findings_name_rule_and_entry(reader: TestClient) -> None:
    """An unknown line shows on the lots of the run, with the statement that it concerns."""
    answer = FindingsAnswer.model_validate(reader.get("/v1/lots/MUN-L-1/findings").json())
    found = next(finding for finding in answer.findings if finding.code == "unknown-line")
    assert reader.get(f"/v1/statements/{found.statement}").json()["index"] == found.index
    assert "MUN-L-1" in found.lots


def test_provenance_adds_up(reader: TestClient) -> None:
    """The shares of the sources of each metal add up to one, to the printed decimals."""
    answer = ProvenanceAnswer.model_validate(reader.get("/v1/lots/MUN-L-1/provenance").json())
    shares = [int(source.share.replace(".", "")) for source in answer.contributions["Pb"]]
    assert abs(sum(shares) - 10**9) <= len(shares)
    assert [run.run for run in answer.runs] == ["MUN-R-1"]


def test_every_statement_of_a_lot_has_a_receipt(furnished: Plant, reader: TestClient) -> None:
    """Run, dispatch and acceptance are proved, each by a proof that the log's keys confirm."""
    answer = ProofsAnswer.model_validate(reader.get("/v1/lots/MUN-L-1/proof").json())
    assert len(answer.entries) == 3
    keys = parse_log_keys(furnished.log_keys)
    with furnished.home.store.reading() as snapshot:
        for receipt in answer.entries:
            assert snapshot.index_of(StatementId(receipt.id)) == receipt.index
            verify_proof(receipt.proof, snapshot.entry(receipt.index), keys)


def test_a_participant_shows_keys_and_heads(furnished: Plant, reader: TestClient) -> None:
    """A party's keys have their status, and its chains their heads."""
    answer = ParticipantAnswer.model_validate(reader.get("/v1/participants/MUN").json())
    with furnished.home.store.reading() as snapshot:
        (key,) = [key for key in snapshot.keys.all() if key.participant == "MUN"]
        head = snapshot.heads_of(PartyId("MUN"))["main"]
    assert (answer.heads["main"].sequence, answer.heads["main"].id) == head
    assert [(shown.keyid, shown.status, shown.public_key) for shown in answer.keys] == [
        (key.keyid, "active", encode_base64(key.der))
    ]
    assert reader.get(f"/v1/statements/{answer.registration}").status_code == 200


def test_a_revoked_key_says_so(plant: Plant, client: TestClient) -> None:
    """After a revocation the key is shown as revoked from that entry."""
    with plant.home.store.reading() as snapshot:
        (key,) = [key for key in snapshot.keys.all() if key.participant == "TEX"]
    taken = plant.say(
        "AUTHORITY", {"type": "key", "participant": "TEX", "action": "revoke", "keyid": key.keyid, "reason": "lost"}
    )
    (shown,) = ParticipantAnswer.model_validate(client.get("/v1/participants/TEX").json()).keys
    assert (shown.status, shown.revoked) == ("revoked", taken.index)


@pytest.mark.parametrize("name", ["NOBODY", "mun", "M", "M" * 21, "MUN\uff11"])
def test_a_participant_that_is_none_is_not_found(reader: TestClient, name: str) -> None:
    """An id without a participant gives 404."""
    assert reader.get(f"/v1/participants/{name}").status_code == 404


def test_the_ledger_says_which_it_is(furnished: Plant, reader: TestClient) -> None:
    """Origin, genesis and log keys are those that the ledger was made with."""
    answer = LedgerAnswer.model_validate(reader.get("/v1/ledger").json())
    assert (answer.genesis, answer.log_keys, answer.size) == (furnished.genesis, furnished.log_keys, furnished.size)
