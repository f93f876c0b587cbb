"""The pages say what is true: links lead somewhere, the contract names what the code has."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from ledger.admission.book import MemoryBook
from ledger.admission.closing import lots_root
from ledger.files.export import write_table
from ledger.files.export_1.registers import REGISTERS
from ledger.files.export_1.tables import TABLES
from ledger.log.merkle import leaf_hash
from ledger.materials.events.period_close import lot_leaf
from ledger.materials.moves.balance import balance_of, totals_hash
from ledger.materials.state.posting_sums import sums_of
from ledger.materials.state.records import Lot, Posting
from schemas import codes
from schemas.catalogue.faults import FAULTS
from schemas.catalogue.refusals import REFUSALS
from schemas.correction import Correction
from schemas.events import MaterialEvent, PartyEvent
from schemas.ids import StatementId

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CONTRACT = [DOCS / "contract.md", *sorted((DOCS / "contract").glob("*.md"))]
PAGES = [
    *sorted(DOCS.rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
]
SOURCES = [path for room in ("schemas", "ledger", "api", "tests") for path in (ROOT / room).rglob("*.py")]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _prose(path: Path) -> str:
    """Return a page without its blocks of code."""
    return re.sub(r"```.*?```", "", _text(path), flags=re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file that is there, and to a heading of it where one is named."""
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", _prose(page)):
        name, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_section_that_the_code_cites_is_there() -> None:
    """The numbers behind "contract, section" are headings of the contract."""
    there = {number for page in CONTRACT for number in re.findall(r"^#+ ([0-9.]*[0-9])\.? ", _text(page), re.MULTILINE)}
    cited: set[str] = set()
    for path in SOURCES:
        for found in re.findall(r"contract,? sections? ((?:[0-9.]+|, | and | to )+)", _text(path)):
            cited.update(re.findall(r"[0-9]+(?:\.[0-9]+)?", found))
    assert cited - there == set()


def _table_rows(heading: str) -> dict[str, str]:
    """Return name and last cell of the table below a heading of section 3.5."""
    part = _text(DOCS / "contract" / "3-5-files.md").partition(f"### {heading}\n")[2].partition("\n### ")[0]
    return dict(re.findall(r"^\| `(\w+)` \|.*\| (`.*) \|$", part, re.MULTILINE))


def _columns(cell: str) -> list[str]:
    """Return the columns that a cell lists, the short forms written out."""
    origins, metals = codes.ORIGINS, codes.METALS
    cell = cell.replace("`loss_kg, loss_<origin>_kg` for each origin", "<losses>")
    columns: list[str] = []
    for name in cell.replace("`", "").split(", "):
        match name:
            case "<origins>":
                columns += [f"{origin}_kg" for origin in origins]
            case "<metals>":
                columns += [f"{metal}_kg" for metal in metals]
            case "loss_<origin>_kg for each origin":
                columns += [f"loss_{origin}_kg" for origin in origins]
            case _:
                columns.append(name)
    return columns


def test_the_contract_has_every_table_with_its_columns() -> None:
    """Their names, and their header rows; of balances the figures stand in section 5.7."""
    rows = _table_rows("Tables")
    assert set(rows) == set(TABLES)
    for name, cell in rows.items():
        header = b"".join(write_table(TABLES[name], MemoryBook())).decode().splitlines()[0].split(",")
        if name == "balances":
            assert header[:5] == cell.partition("`, then")[0].removeprefix("`").split(", ")
            accounting = _text(DOCS / "contract" / "5-accounting.md")
            assert ", ".join(f"`{figure.removesuffix('_kg')}`" for figure in header[5:-1]) in " ".join(
                accounting.split()
            )
        else:
            assert header == _columns(cell), name


def test_the_contract_has_every_register_with_its_columns() -> None:
    """Behind the columns that all of them begin with."""
    rows = _table_rows("Registers")
    assert set(rows) == set(REGISTERS)
    for name, cell in rows.items():
        assert list(REGISTERS[name].header[5:]) == _columns(cell), name


def test_the_contract_has_every_fault_of_a_file() -> None:
    """Each code that the verifier gives beside refusals stands in section 3.5."""
    page = _text(DOCS / "contract" / "3-5-files.md")
    assert {code for code in FAULTS if f"`{code}`" not in page} == set()


def test_the_contract_has_every_refusal() -> None:
    """Section 7 names each code of the catalogue."""
    page = _text(DOCS / "contract" / "7-refusals.md")
    assert {code for code in REFUSALS if f"`{code}`" not in page} == set()


def test_the_contract_has_every_code_of_every_list() -> None:
    """Section 4 names each code of the code lists of the vocabulary."""
    page = _text(DOCS / "contract" / "4-events.md")
    words = set(re.findall(r"[\w-]+", page))
    lists = [value for name, value in vars(codes).items() if name[0].isupper() and get_args(value)]
    missing = {code for one in lists for code in get_args(one) if isinstance(code, str) and code not in words}
    assert missing - {"low", "medium", "high", "ed25519", "ecdsa-p256", "ml-dsa-44"} == set()


def _members(model: type[BaseModel]) -> set[tuple[str, bool]]:
    """Return the members of a model and of all models in it, each with whether it must be there."""
    found: set[tuple[str, bool]] = set()
    waiting: list[object] = [model]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                found.add((name, field.is_required()))
                waiting.append(field.annotation)
        else:
            waiting += get_args(kind)
    return found


def test_the_contract_has_every_member_of_every_event() -> None:
    """Section 4 names each, with ``?`` behind it where it may be left out of at least one object."""
    page = _text(DOCS / "contract" / "4-events.md")
    events = [event for event in get_args(PartyEvent) + get_args(MaterialEvent) if event is not Correction]
    members = {member for event in events for member in _members(event)} | {
        (name, field.is_required()) for name, field in Correction.model_fields.items()
    }
    named = {(name, True) for name in re.findall(r"`(\w+)`", page)} | {
        (name, False) for name in re.findall(r"`(\w+)\?`", page)
    }
    # One of two stands in an intake and a dispatch; what the analysis and the count say stands, or ``confirms``.
    either = {"origin", "origin_kg", "to", "disposition", "sealed", "since"}
    either |= {"stage", "results", "basis", "method", "sample", "confirms", "counted_kg", "adjust", "reason"}
    assert {(name, must) for name, must in members - named if name not in either} == set()


def test_the_bytes_that_a_close_signs_are_those_of_the_contract() -> None:
    """The worked example of section 5.7: a month with one intake."""
    totals, leaf = re.findall(r"```text\n(.*?)\n```", _text(DOCS / "contract" / "5-accounting.md"), re.DOTALL)
    site, period, _ = json.loads(totals)
    name, net, _, mix = json.loads(leaf)
    lot = Lot(
        name, "lead_acid_battery", site, site, "open", net, {"Pb": tuple(mix["Pb"])}, f"{period}-05T06:12:00Z", 7,
    )  # fmt: skip
    row = Posting(site, "receipt", name, lot.material, net, net, lot.mix, 7, StatementId("5e" * 32), period=period)
    assert totals_hash(balance_of(site, period, sums_of([row]), [lot])) == hashlib.sha256(totals.encode()).hexdigest()
    assert lot_leaf(lot) == leaf.encode()
    assert lots_root([lot]) == leaf_hash(leaf.encode()).hex()


@pytest.mark.parametrize("name", ["architecture.md", "how-to-add.md", "where-things-are.md", "fraud.md"])
def test_a_page_names_files_that_are_there(name: str) -> None:
    """Every path on a page that leads a stranger is a file or a folder of the repository."""
    paths = re.findall(r"`((?:schemas|ledger|api|tests|docs|alembic)/[\w./-]*)`", _text(DOCS / name))
    assert len(paths) > 3
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_where_things_are_names_functions_that_are_there() -> None:
    """A function that stands behind a file is one of that file."""
    named = re.findall(r"`([\w/.]+\.py)` \(`(\w+)`\)", _text(DOCS / "where-things-are.md"))
    assert len(named) > 4
    assert [(path, name) for path, name in named if f"def {name}(" not in _text(ROOT / path)] == []


HOUSES = {"schemas", "ledger", "ledger/materials", "ledger/materials/plausibility"}
"""What rooms stand in; a folder inside a room is the room's own affair."""


def test_architecture_names_every_room() -> None:
    """Every folder of code that stands in a house is a row of the page."""
    page = _text(DOCS / "architecture.md")
    folders = {
        path.parent.relative_to(ROOT) for house in ("schemas", "ledger") for path in (ROOT / house).rglob("*.py")
    }
    rooms = {str(folder) for folder in folders if str(folder.parent) in HOUSES and str(folder) not in HOUSES}
    assert {room for room in rooms if f"| `{room.removeprefix('ledger/materials/')}/` |" not in page} == set()


HEADINGS = ["## Context", "## Options", "## Decision", "## Consequence"]


@pytest.mark.parametrize("record", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda record: record.stem)
def test_a_decision_record_is_whole_and_short(record: Path) -> None:
    """It has the four headings in their order, at most sixty lines, and a line in the index."""
    text = _text(record)
    assert re.findall(r"^## .*$", text, re.MULTILINE) == HEADINGS
    assert len(text.splitlines()) <= 60
    assert f"({record.name})" in _text(DOCS / "decisions" / "README.md")
