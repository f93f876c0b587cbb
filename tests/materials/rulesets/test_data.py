"""Rule sets as files: their members, sources, dates and limits."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

import pytest

from ledger.materials.rulesets.data import rule_set, rule_sets
from ledger.materials.rulesets.verdicts import CLASSES
from schemas.codes import METALS
from schemas.versions import KNOWN, VERSION_1
from tests.materials.rulesets.limits_again import LIMITS

NAMES = VERSION_1.rule_sets
STATUSES = {"law", "not yet law", "default, unsourced", "standard"}


def test_every_rule_set_says_its_source_dates_and_status() -> None:
    """Nothing is reported without where it comes from; what is no law says so."""
    assert [known["id"] for known in rule_sets(VERSION_1)] == list(NAMES)
    for name in NAMES:
        known = rule_set(name)
        assert known.id == name
        assert known.source
        assert known.text
        assert known.version
        for rule in known.rules:
            assert rule.status in STATUSES
            assert date.fromisoformat(rule.since).isoformat() == rule.since
            assert all(0 < ppm <= 1_000_000 and of in (*METALS, *CLASSES) for of, ppm in rule.shares)
    with pytest.raises(KeyError):
        rule_set("eu-1999")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_known_members_and_whole_numbers(name: str) -> None:
    """A misspelt member would be left out without a word, and a rule with it."""

    def refuse(text: str) -> float:
        raise AssertionError(f"{text} is no whole number")

    file = resources.files("ledger.materials.rulesets").joinpath(f"{name}.json")
    read = json.loads(file.read_text("utf-8"), parse_float=refuse)
    assert list(read) == ["id", "version", "title", "source", "text", "open", "rules"]
    for row in read["rules"]:
        assert {"kind", "from", "status"} <= row.keys() <= {"kind", "from", "status", "shares_ppm", "text"}
        assert ("shares_ppm" in row) is (row["kind"] not in ("documentation", "declaration"))
        assert all(type(ppm) is int for ppm in row.get("shares_ppm", {}).values())


def test_every_file_is_named_by_a_version_of_the_rules() -> None:
    """And every name has its file: shares and verdicts go by the version in force, not by what lies in the folder."""
    files = {
        file.name for file in resources.files("ledger.materials.rulesets").iterdir() if file.name.endswith(".json")
    }
    assert files == {f"{name}.json" for rules in KNOWN.values() for name in rules.rule_sets}


def test_the_files_hold_the_limits_of_the_sources_and_no_others() -> None:
    """Each figure once, on its day; a rule that only asks to declare has none."""
    found = [
        ((name, rule.kind), rule.since, of, ppm)
        for name in NAMES
        for rule in rule_set(name).rules
        for of, ppm in rule.shares
    ]
    reported = [
        (key, day, of, ppm) for key, days in LIMITS.items() for day, row in days.items() for of, ppm in row.items()
    ]
    assert sorted(found) == sorted(reported)


def test_what_is_not_law_says_so() -> None:
    """The calculation act is not adopted; what has no source is a default."""
    act = rule_set("eu-2023-1542").rules[0]
    assert (act.kind, act.since, act.status, act.shares) == ("documentation", "2028-08-18", "not yet law", ())
    assert "not adopted" in rule_set("eu-2023-1542").open
    lead = {rule.status for rule in rule_set("in-bwmr-2022").rules if rule.minimum("lead_acid")}
    assert lead == {"default, unsourced"}
    assert {rule.status for rule in rule_set("eu-2023-1542-annex-xii").rules} == {"law"}
