"""Pages for people."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from ledger.admission import signatures
from ledger.questions import evidence
from tests.api.plant import HOSTILE, PUBLIC_URL, Plant, intake

PAGES = ("/", "/docs", "/lots/MUN-L-1", "/lots/NONE", "/v1/lots/MUN-L-1/label", "/search?lot=%3Cb%3E")


class Reading(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """The text with its white space made single."""
        return re.sub(r"\s+", " ", " ".join(self.words))


def read(client: TestClient, path: str) -> str:
    """Return the text of a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return Reading(answer.text).text


def test_the_page_says_what_a_lot_is(reader: TestClient) -> None:
    """Material, mass, holder, status, last hand-over and grade stand there in words."""
    text = read(reader, "/lots/MUN-L-1")
    for said in (
        "Refined lead",
        "12 310 kg",
        "(GLENCORE, CH)",
        "in stock with its holder",
        "accepted by",
        "2026-01-20 00:00 UTC",
        "weighed there at 12 308.5 kg",
        "EN 12659",
    ):
        assert said in text


def test_the_page_says_where_a_lot_is_from(reader: TestClient) -> None:
    """Sites, countries, batches and runs are counted, the largest sources listed, the rest summed up."""
    text = read(reader, "/lots/MUN-L-1")
    for said in ("ACE Mundra (MUN, IN)", "IN (8 batches), TH (1 batch)", "9 batches, through 1 processing run"):
        assert said in text
    assert "and 5 other sources with together" in text


def test_the_page_states_the_shares_of_both_rules(reader: TestClient) -> None:
    """Shares stand there per metal as percentages, and a metal that a rule leaves out says so."""
    text = read(reader, "/lots/TEX-B-1")
    nickel = text[text.index("Nickel") : text.index("Cobalt")]
    assert "EU 2023/1542" in nickel
    assert "66.66 % recycled" in nickel
    assert "50 % after use" in nickel
    assert "16.66 % before use" in nickel
    copper = text[text.index("Copper") :]
    assert "not covered by this rule" in copper


def test_the_page_says_what_was_and_was_not_verified(furnished: Plant, reader: TestClient) -> None:
    """Entry, signer, checkpoint, and the limits of it all; the genesis for checking offline."""
    text = read(reader, "/lots/MUN-L-1")
    receipt = reader.get("/v1/lots/MUN-L-1/proof").json()["entries"][0]
    for said in (
        f"is entry {receipt['index']}.",
        receipt["id"],
        "signed by ACE Mundra (MUN, IN) (ed25519)",
        f"signed tree of {furnished.size} entries, checkpoint of 2026-02-01 12:00 UTC",
        "A label can be copied",
        "a scale was honest",
        "documents behind the statements are true",
        "nothing was left out",
        f"battery-ledger verify MUN-L-1.bundle.json --genesis {furnished.genesis}",
        f"{PUBLIC_URL}/lots/MUN-L-1",
    ):
        assert said in text


def test_the_page_shows_findings_in_words(reader: TestClient) -> None:
    """What is odd stands there with its weight; a lot without findings says so."""
    assert "Notable: run MUN-R-1 names a line" in read(reader, "/lots/MUN-L-1")
    assert "Nothing that this ledger checks for." in read(reader, "/lots/TEX-B-1")


def test_a_lot_on_its_way_says_where_to(reader: TestClient) -> None:
    """A lot in transit is marked, with its receiver, and was never handed over."""
    text = read(reader, "/lots/MUN-L-2")
    assert "on its way to Glencore" in text
    assert f"On its way to Glencore {HOSTILE}".replace(" ", "") in text.replace(" ", ""), "a name keeps its capitals"
    assert "never: no receiver" in text


def test_a_lot_that_is_used_up_states_no_share(reader: TestClient) -> None:
    """A consumed lot says that nothing is left, and still where it came from."""
    text = read(reader, "/lots/MUN-B-1")
    assert "used up: nothing is left of it" in text
    assert "there is no share to state" in text


def test_an_entry_that_does_not_verify_is_not_called_verified(
    furnished: Plant, reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where proof or signature fail, the page warns instead of claiming."""
    good = furnished.log_keys
    monkeypatch.setattr(evidence, "format_proof", lambda index, path, note: f"c2sp.org/tlog-proof@v1\nindex {index}\n")
    monkeypatch.setattr(signatures, "pae", lambda *_: b"something else")
    text = read(reader, "/lots/MUN-L-1")
    assert "Do not rely on this page: a signature does not verify and its place in the tree does not verify" in text
    assert "checkpoint of" not in text
    assert good


def test_an_unknown_lot_is_said_plainly(reader: TestClient) -> None:
    """A lot that is none gives 404 with a page that says what that means for a label."""
    for name in ("MUN-L-404", "mun-l-1", "%3Cscript%3E", "X" * 500):
        answer = reader.get(f"/lots/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert "This ledger holds no lot" in Reading(answer.text).text
        assert "<script>" not in answer.text


def test_what_strangers_wrote_is_text_only(reader: TestClient) -> None:
    """Names, grades and lines full of markup come out as text, on every page."""
    for path in ("/lots/MUN-L-1", "/lots/MUN-B-2"):
        page = reader.get(path).text
        reading = Reading(page)
        assert HOSTILE in html.unescape(page)
        assert not [tag for tag, _ in reading.tags if tag in {"script", "img", "iframe", "object"}]
        assert not [name for _, attributes in reading.tags for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_load_nothing_but_its_style(reader: TestClient, path: str) -> None:
    """The policy allows no script and no framing, and the page needs neither script nor inline style."""
    answer = reader.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    reading = Reading(answer.text)
    assert not [tag for tag, attributes in reading.tags if tag in {"script", "style"} or "style" in attributes]
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in reading.tags


@pytest.mark.parametrize("path", ["/", "/docs", "/lots/MUN-L-1", "/lots/NONE"])
def test_every_link_of_a_page_leads_somewhere(reader: TestClient, path: str) -> None:
    """Links and the style sheet are answered."""
    links = [
        attributes.get("href") or ""
        for tag, attributes in Reading(reader.get(path).text).tags
        if tag in {"a", "link"} and not (attributes.get("href") or "").startswith("data:")
    ]
    assert links
    for link in set(links):
        assert reader.get(link).status_code == 200, link


def test_the_search_leads_to_the_lot(reader: TestClient) -> None:
    """A lot id is found whatever its case and the spaces around it; nonsense is said back as text."""
    assert reader.get("/search?lot=%20mun-l-1%20").headers["location"] == "/lots/MUN-L-1"
    answer = reader.get("/search", params={"lot": HOSTILE})
    assert answer.status_code == 422
    assert "<script>" not in answer.text
    assert reader.get("/search").status_code == 422


def test_the_start_page_says_how_large_the_ledger_is(furnished: Plant, reader: TestClient) -> None:
    """Origin, genesis and number of entries stand there."""
    text = read(reader, "/")
    assert furnished.genesis in text
    assert f"Entries {furnished.size}" in text


def test_gains_and_traces_are_named_as_sources(plant: Plant, client: TestClient) -> None:
    """Metal that came from nowhere, and sources too small to print, stand among the sources."""
    plant.say("MUN", intake("MUN-B-1", net_kg="9999999999", content_kg={"Pb": "9999999000"}))
    plant.say("MUN", intake("MUN-B-2", net_kg="1", content_kg={"Pb": "0.5"}))
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "smelting",
            "started_at": "2026-01-05T07:00:00Z",
            "ended_at": "2026-01-05T08:00:00Z",
            "inputs": [{"lot": "MUN-B-1", "net_kg": "9999999999"}, {"lot": "MUN-B-2", "net_kg": "1"}],
            "outputs": [
                {
                    "lot": "MUN-L-1",
                    "material": "refined_lead",
                    "role": "product",
                    "net_kg": "9999999900",
                    "content_kg": {"Pb": "9999999800"},
                }
            ],
        },
    )
    text = read(client, "/lots/MUN-L-1")
    assert "gain of run MUN-R-1: more came out than went in (not recycled)" in text
    assert "sources too small to name" in text


def test_lots_without_metals_or_in_dispute_have_pages(plant: Plant, client: TestClient) -> None:
    """A lot without metals says that there is no share, a disputed one that it is disputed."""
    plant.say("MUN", intake("MUN-B-1", content_kg={}))
    plant.say("MUN", intake("MUN-B-2"))
    plant.say(
        "MUN",
        {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-2"}], "documents": []},
    )
    lines = [{"lot": "MUN-B-2", "decision": "disputed", "net_kg": "21000"}]
    plant.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": lines})
    assert "there is no share to state" in read(client, "/lots/MUN-B-1")
    assert "the receiver disputes it" in read(client, "/lots/MUN-B-2")


def test_a_corrected_lot_is_shown_as_it_stands(plant: Plant, client: TestClient) -> None:
    """Another chemistry, form, country and day; a lot that never came says so; metal without a batch is named."""
    batch = intake("MUN-B-1")
    first = plant.say("MUN", batch)
    gone = plant.say("MUN", {**intake("MUN-B-2"), "reason": "opening_stock"})
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "smelting",
            "started_at": "2026-01-05T07:00:00Z",
            "ended_at": "2026-01-05T08:00:00Z",
            "inputs": [{"lot": "MUN-B-1", "net_kg": "21450"}, {"lot": "MUN-B-2", "net_kg": "21450"}],
            "outputs": [
                {
                    "lot": "MUN-L-1",
                    "material": "refined_lead",
                    "role": "product",
                    "net_kg": "20000",
                    "content_kg": {"Pb": "20000"},
                }
            ],
        },
    )
    correction = {"type": "correction", "reason": "a slip of the pen"}
    right = {**batch, "form": "drained", "country": "TH"}
    dated = {"kind": "incorrect_data", "replacement": right, "occurred_at": "2026-01-03T06:12:00Z"}
    plant.say("MUN", {**correction, "statement": first.id, **dated})
    plant.say("MUN", {**correction, "statement": gone.id, "kind": "did_not_occur"})
    assert "Found before a later statement corrected it." in read(client, "/lots/MUN-B-2")
    text = read(client, "/lots/MUN-B-1")
    assert "Form drained" in text
    assert "TH (1 batch)" in text
    assert "Corrected by 1 later statement" in text
    assert "Happened on 2026-01-03 06:12 UTC" in text
    assert "a later correction says that this lot never was" in read(client, "/lots/MUN-B-2")
    text = read(client, "/lots/MUN-L-1")
    assert "metal that no batch covers since a correction (not recycled)" in text
    assert "TH (1 batch)" in text


def test_the_model_of_custody_and_what_is_left_to_claim_stand_beside_the_share(reader: TestClient) -> None:
    """Nobody reads a share without the model under which it holds."""
    text = read(reader, "/lots/MUN-L-1")
    share = text[text.index("Recycled share") : text.index("Where it came from")]
    assert "Chain of custody: controlled blending (ISO 22095)" in share
    assert "Left to claim as recycled content" in share


def test_the_page_says_how_the_lot_stands_and_names_nobody_for_it(reader: TestClient) -> None:
    """One sentence, and below it what was found on the way with the share of the metal; no id of another lot."""
    page = reader.get("/lots/MUN-L-1").text
    assert "Look before you use, sell or claim this lot." in page
    (part,) = re.findall(r"<h2>What was found on its way</h2>(.*?)</section>", page, re.DOTALL)
    assert "of its lead came that way" in part
    assert "Proven by the lot" in part
    assert not re.search(r"MUN-[BLR]-", part)
