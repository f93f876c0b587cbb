"""What was odd about a month of a site stays when the site corrects itself, as withdrawn by the correction."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.findings import Finding
from schemas.limits import DEFAULTS
from tests.materials.plausibility.site.steps import stock
from tests.season.court import Court
from tests.world.events import KG, correction, dispatch, line, output, run

JANUARY, FEBRUARY = "2026-01-06T06:00:00Z", "2026-02-06T06:00:00Z"
LATER = "2026-03-01T06:00:00Z"


def smelted(kg: int = 650_000, at: str = JANUARY, **more: Any) -> dict[str, Any]:
    """Return the second run: so many kg of stock through the line."""
    made = output("MUN-L-2", 300_002 * KG, {"Pb": 300_000 * KG}, material="refined_lead")
    times = {"started_at": at, "ended_at": at}
    return run("MUN-R-2", [line("MUN-B-1", kg * KG)], [made], **{"line": "MUN-LAB-1", **times, **more})


def over(court: Court, event: dict[str, Any], *, sent: bool) -> str:
    """Let two runs of a month take more than the line can; return the statement of the second."""
    stock(court, 2_000_000)
    court.smelt("MUN-R-1", {"MUN-B-1": 650_000}, 380_000, line="MUN-LAB-1")
    said = court.say("MUN", event)
    if sent:
        court.say("MUN", dispatch("MUN-H-1", "MUN-L-2"), "2026-02-10T06:00:00Z")
    return said


def found(court: Court, code: str = "throughput-above-nameplate") -> list[tuple[str, str | None]]:
    """Return severities of a code, each with who withdrew it."""
    assert court.refused == []
    return [(finding.severity, finding.withdrawn_by) for finding in _of(court, code)]


def _of(court: Court, code: str) -> list[Finding]:
    return [finding for finding in court.verdicts() if finding.code == code]


@pytest.mark.parametrize(
    ("replacement", "sent", "severity"),
    [
        (smelted(at=FEBRUARY), True, "high"),
        (smelted(300_000), True, "high"),
        (smelted(300_000), False, "low"),
        (smelted(line="MUN-LIB-1"), False, "high"),
        (None, True, "high"),
        (None, False, "low"),
    ],
)
def test_a_month_over_the_nameplate_stays(replacement: dict[str, Any] | None, sent: bool, severity: str) -> None:
    """Another month, line or mass, or no run at all: low where a figure or the run was taken back before any use."""
    court = Court()
    said = over(court, smelted(), sent=sent)
    fix = court.say("MUN", correction(said, replacement), LATER)
    assert found(court) == [(severity, fix)]


def test_it_shows_on_all_that_was_made_in_the_place_in_that_month() -> None:
    """Also on what the corrected run made, and left out of the month."""
    court = Court()
    court.say("MUN", correction(over(court, smelted(), sent=True), smelted(at=FEBRUARY)), LATER)
    (finding,) = _of(court, "throughput-above-nameplate")
    assert set(finding.lots) == {"MUN-L-1", "MUN-L-2"}


def test_what_weighs_less_now_was_softened() -> None:
    """1,300 t become 1,150 t, which is a tenth over: what it was stays beside what it is."""
    court = Court()
    fix = court.say("MUN", correction(over(court, smelted(), sent=True), smelted(500_000)), LATER)
    assert sorted(found(court)) == [("high", fix), ("medium", None)]


def test_small_steps_leave_one_finding_the_worst() -> None:
    """Each correction takes a little; the first that softens it is named."""
    court = Court()
    said = over(court, smelted(), sent=True)
    fixes = [court.say("MUN", correction(said, smelted(kg)), LATER) for kg in (540_000, 450_000, 340_000)]
    assert found(court) == [("high", fixes[0])]


def test_what_is_found_again_is_not_withdrawn_besides() -> None:
    """A correction that is taken back by the next leaves one finding."""
    court = Court()
    said = over(court, smelted(), sent=True)
    for event in (smelted(at=FEBRUARY), smelted()):
        court.say("MUN", correction(said, event), LATER)
    assert found(court) == [("high", None)]


def test_a_run_that_is_entered_anew_never_made_the_month_too_much() -> None:
    """It did not occur under its first id, and came under another: both never stood at one time."""
    court = Court()
    stock(court, 2_000_000)
    first = court.smelt("MUN-R-1", {"MUN-B-1": 900_000}, 500_000, line="MUN-LAB-1")
    court.say("MUN", correction(first))
    court.smelt("MUN-R-3", {"MUN-B-1": 900_000}, 500_000, line="MUN-LAB-1")
    assert found(court) == []


def test_electricity_that_is_stated_later_leaves_what_was_found() -> None:
    """Nothing was used for a month of smelting, until a correction says otherwise after the sale."""
    court = Court()
    said = over(court, smelted(electricity_kwh="0"), sent=True)
    court.say("MUN", correction(said, smelted(electricity_kwh="90000")), LATER)
    assert [severity for severity, by in found(court, "month-without-power") if by is not None] == ["high"]
    assert DEFAULTS.power_month_kg < 1_300_000
