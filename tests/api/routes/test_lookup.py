"""GS1 Digital Links."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

LINK = "/01/09506000134352/10/MUN-L-1"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/lots/MUN-L-1"),
        ("*/*", "/lots/MUN-L-1"),
        (None, "/lots/MUN-L-1"),
        ("application/json", "/v1/lots/MUN-L-1"),
        ("application/ld+json", "/v1/lots/MUN-L-1"),
        ("text/html;q=0.5, application/json", "/v1/lots/MUN-L-1"),
        ("text/html, application/json;q=0.5", "/lots/MUN-L-1"),
        ("application/json;q=x", "/lots/MUN-L-1"),
        (";;,,q=", "/lots/MUN-L-1"),
    ],
)
def test_a_link_leads_to_what_is_asked_for(reader: TestClient, accept: str | None, target: str) -> None:
    """Browsers are sent to the page, programs that prefer JSON to the JSON; both exist."""
    answer = reader.get(LINK, headers={"accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["location"], answer.headers["vary"]) == (307, target, "Accept")
    assert reader.get(target).status_code == 200


def test_a_slash_at_the_end_and_a_query_are_tolerated(reader: TestClient) -> None:
    """A trailing slash changes nothing; what the scanner adds is passed on."""
    assert reader.get(f"{LINK}/").headers["location"] == "/lots/MUN-L-1"
    assert reader.get(f"{LINK}?3103=000189").headers["location"] == "/lots/MUN-L-1?3103=000189"


@pytest.mark.parametrize("gtin", ["09506000134353", "9506000134352", "0950600013435\uff12", "abc", "095060001343521"])
def test_a_gtin_with_a_wrong_digit_is_a_bad_request(reader: TestClient, gtin: str) -> None:
    """A GTIN that is misread, too short or no number gives 400."""
    answer = reader.get(f"/01/{gtin}/10/MUN-L-1")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:battery-ledger:problem:bad-gtin")


def test_an_unknown_lot_is_never_a_success(reader: TestClient) -> None:
    """A link to a lot that is none leads to 404; an id that no lot can have is 404 at once."""
    assert reader.get(reader.get("/01/09506000134352/10/MUN-L-404").headers["location"]).status_code == 404
    assert reader.get("/01/09506000134352/10/%22%3E").status_code == 404
    assert reader.get("/01/09506000134352/21/MUN-L-1").status_code == 404


def test_a_link_can_be_asked_for_its_headers(reader: TestClient) -> None:
    """HEAD is answered as GET, without a body, for scanners of any origin."""
    answer = reader.head(LINK)
    assert (answer.status_code, answer.content) == (307, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
