"""Feeds sent to a server, over a real connection on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from api.app import create_app
from ledger.client.transports import HttpTransport
from tests.client.station import Station, intake

STARTING_S = 20


@pytest.fixture
def served(station: Station) -> Iterator[HttpTransport]:
    """The way to the station's ledger, behind an address."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(station.home, public_url="http://localhost"), port=0, log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    end = time.monotonic() + STARTING_S
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    transport = HttpTransport(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    yield transport
    transport.close()
    server.should_exit = True
    thread.join()


def reported(lot: str, **members: Any) -> bytes:
    """Return an intake with more members of its event."""
    line = json.loads(intake(lot))
    line["event"].update(members)
    return json.dumps(line).encode()


def test_a_feed_over_http_is_taken_and_sent_again_changes_nothing(station: Station, served: HttpTransport) -> None:
    """The same lines are accepted once, refused lines named, and are duplicates after that."""
    lines = [intake("MUN-B-1"), reported("MUN-B-1", pieces=3), intake("MUN-B-2")]
    first, again = station.send(*lines, transport=served), station.send(*lines, transport=served)
    assert (first["accepted"], [row["code"] for row in first["refused"]]) == (2, ["lot-exists"])
    assert (again["accepted"], again["duplicates"], again["refused"]) == (0, 2, first["refused"])


def test_a_line_separator_in_a_text_does_not_split_an_answer(station: Station, served: HttpTransport) -> None:
    """U+2028 is a character like others in strict JSON; a refusal that quotes it stays one line."""
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB\u2028 1"}
    lines = [reported("MUN-B-1", documents=[slip]), reported("MUN-B-2", documents=[slip]), intake("MUN-B-3")]
    report = station.send(*lines, transport=served)
    assert (report["accepted"], [row["code"] for row in report["refused"]]) == (2, ["duplicate-document"])


def test_the_server_names_its_ledger(station: Station, served: HttpTransport) -> None:
    """A park that has nothing but its key learns origin and genesis from the server."""
    assert served.ledger() == (station.home.origin, station.home.genesis)
