"""Every finding stands in the catalogue, is built somewhere as data, and says what it is given."""

from __future__ import annotations

import pytest

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source, source_in_words
from schemas.catalogue.findings.texts import TEXTS, say
from schemas.catalogue.findings.words import Words, fill, names_in, optional_in
from schemas.findings import Finding, figures_text, mark_of
from schemas.ids import LotId, StatementId
from schemas.limits import Limits
from tests.schemas.catalogue.building import Site, literals, sites

GIVEN = {"lots", "index"}
"""What every template may name: the catalogue puts it in."""


@pytest.fixture(scope="module")
def built() -> list[Site]:
    """All places outside the catalogue that build a finding."""
    return list(sites())


def test_every_place_builds_a_case_of_the_catalogue_and_every_case_is_built(built: list[Site]) -> None:
    """None is missing there, none is left over from a check that is gone."""
    assert len(built) > 90
    known = {(code, case) for code, text in TEXTS.items() for case in text.cases}
    for site in built:
        assert {code for code, _ in _cases(site)} == site.codes, site
        assert site.slugs is None or {case for _, case in _cases(site)} == site.slugs, site
    assert {pair for site in built for pair in _cases(site)} == known


def test_every_place_builds_the_figures_that_its_sentence_names(built: list[Site]) -> None:
    """No figure is missing, and none is built in vain."""
    for site in built:
        cases = [TEXTS[code].cases[case] for code, case in _cases(site)]
        for words in cases:
            assert _required(words) <= site.figures | site.perhaps | GIVEN, site
        assert site.figures - {"limit"} <= {name for words in cases for name in _named(words)}, site


def test_every_place_gives_a_severity_that_its_code_has(built: list[Site]) -> None:
    """As its rule in the catalogue says."""
    for site in built:
        assert site.severities <= {severity for code in site.codes for severity in TEXTS[code].severities}, site


def test_no_code_of_a_finding_stands_anywhere_as_a_literal() -> None:
    """A code is named by its member; words of one part, as ``gain``, mean other things too."""
    codes = {code.value for code in FindingCode if "-" in code.value}
    assert {(where, text) for where, text in literals() if text in codes} == set()


def test_no_sentence_of_a_finding_stands_outside_the_catalogue(built: list[Site]) -> None:
    """What is built is names, numbers and texts of the entry: no f-string, nothing with a blank."""
    assert [site for site in built if site.prose] == []


def test_every_code_has_a_meaning_a_rule_and_sources() -> None:
    """Each source has words: the name of a limit, or a code of its own."""
    assert set(TEXTS) == set(FindingCode)
    for code, text in TEXTS.items():
        assert text.meaning.endswith("."), code
        assert text.rule, code
        assert all(severity in text.rule for severity in text.severities if len(text.severities) == 1), code
        assert all(source_in_words(source) for source in text.sources), code
        assert set(text.sources) <= {*Source, *Limits._fields}, code


def test_a_template_repeats_no_unit() -> None:
    """``{net_mg} kg`` would be said as ``5 kg kg``."""
    for text in TEXTS.values():
        for words in text.cases.values():
            for template in words:
                units = [name for name in names_in(template) if name.endswith(("_mg", "_kg", "_days", "_kwh_per_t"))]
                assert not any(f"{{{name}}} {unit}" in template for name in units for unit in ("kg", "days", "kWh"))


def test_what_is_not_there_is_left_out() -> None:
    """Parts in brackets go with their figure, and a separator at the end with what stood behind it."""
    template = "[to {to}, ][from {park}, ][on {day}]"
    assert fill(template, {"to": "TEX", "day": "2026-01-01"}) == "to TEX, on 2026-01-01"
    assert fill(template, {"park": "MUN"}) == "from MUN"
    with pytest.raises(KeyError):
        fill("to {to}", {})


def test_a_finding_is_said_from_its_data() -> None:
    """The limit by its own name, the lots in short, who confirmed it at the end."""
    finding = Finding(
        FindingCode.STOCK_ADJUSTED, "medium", (("counted_mg", 5_000_000), ("method", "weighed")),
        (("count_surplus_high_ppm", 50_000), ("book_mg", 4_000_000), ("room_mg", 0)), "count_surplus_high_ppm", 7,
        StatementId("ab"), (LotId("MUN-B-1"),), "unit", (("site", "MUN"), ("reason", "month end")),
    )  # fmt: skip
    said = say(finding, "TEX")
    assert said.message.endswith("month end (tonnes for kilograms?) (confirmed by TEX)")
    assert said.figure == "5 kg counted (weighed)"
    assert said.limit == "4 kg in the book, 0 kg more or less, and at most 5.00 %"
    assert figures_text(finding.figures) == '{"counted_mg":5000000,"method":"weighed"}'


def test_a_word_knows_a_finding_again_to_the_hundredth_of_a_percent() -> None:
    """What is shown alike is alike; masses count to the milligram."""
    assert (
        mark_of((("found_ppm", 630_010),)) == mark_of((("found_ppm", 630_099),)) != mark_of((("found_ppm", 630_100),))
    )
    assert mark_of((("net_mg", 1),)) != mark_of((("net_mg", 2),))
    assert mark_of((("less_ppm", 1),)) != mark_of((("more_ppm", 1),))


def _cases(site: Site) -> set[tuple[FindingCode, str]]:
    """Return the codes with their cases: where both are chosen at once, those that belong together."""
    return {
        (code, case)
        for code in site.codes
        for case in site.cases(TEXTS[code].cases)
        if case in TEXTS[code].cases or len(site.codes) == 1
    }


def _named(words: Words) -> set[str]:
    return {name for template in words for name in names_in(template)}


def _required(words: Words) -> set[str]:
    return {name for template in words for name in names_in(template) - optional_in(template)}
