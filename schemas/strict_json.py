"""Strict JSON: one meaning for every accepted byte string (contract, section 3.1).

Invariants of what :func:`parse_json` returns:

* UTF-8 without byte order mark, no duplicate keys, depth at most 8, arrays at
  most 10,000 members, texts at most 1,000 characters in NFC, of those that
  :mod:`schemas.rules.characters` takes.
* Numbers are integers from 0 to 2^53-1 without sign, fraction or exponent.

It does not know which members are allowed; the models in ``schemas`` do. It ends on
every input: nesting is counted before the recursive parser sees it.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any, NamedTuple

from schemas.errors import MalformedError
from schemas.rules.characters import Characters, version_14

MAX_DEPTH = 8
MAX_ARRAY = 10_000
MAX_TEXT = 1_000
MAX_INTEGER = 2**53 - 1

# A text that needs no look at its single strings: printable ASCII, tab and line
# breaks, no escape, no run between two quotes that could be a text over the limit.
_PLAIN = re.compile(rb"[\t\n\r\x20-\x5b\x5d-\x7e]*")
_LONG_RUN = re.compile(rb'"[^"]{%d}' % (MAX_TEXT + 1))
_NOT_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_PAIR = re.compile(rb"\[\]|\{\}")

FILE_CHARACTERS = version_14()
"""What the texts of files and requests are made of: at least what any version of the rules takes.

An entry's own texts are made of the characters of its version.
"""


def parse_json(
    raw: bytes,
    *,
    max_bytes: int,
    max_text: int = MAX_TEXT,
    max_array: int = MAX_ARRAY,
    characters: Characters = FILE_CHARACTERS,
) -> Any:  # noqa: ANN401
    """Return the value of strict JSON.

    Args:
        raw: the bytes as received.
        max_bytes: the largest size taken, in bytes.
        max_text: the longest text taken, in characters.
        max_array: the longest array taken, in members.
        characters: what texts may be made of.

    Raises:
        MalformedError: for anything that is not strict JSON; the message says what.
    """
    if len(raw) > max_bytes:
        raise MalformedError(f"expected at most {max_bytes:,} bytes, got {len(raw):,}")
    brackets_are_few = _nesting_is_bounded(raw)
    try:
        text = raw.decode("utf-8")
        if text.startswith("\ufeff"):
            raise MalformedError("expected UTF-8 without byte order mark, got one")
        value = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise MalformedError(f"expected UTF-8, got a bad byte at position {error.start}") from error
    except json.JSONDecodeError as error:
        raise MalformedError(f"expected JSON, got: {error.msg} at character {error.pos}") from error
    except RecursionError as error:
        raise MalformedError(f"expected at most {MAX_DEPTH} levels of nesting, got more") from error
    is_plain = len(raw) <= 2 * max_array and _PLAIN.fullmatch(raw) and not _LONG_RUN.search(raw)
    if not (is_plain and brackets_are_few):
        _Limits(max_text, max_array, characters).check(value, "", 0)
    return value


def parse_object(
    raw: bytes, *, max_bytes: int, max_text: int = MAX_TEXT, characters: Characters = FILE_CHARACTERS
) -> dict[str, Any]:
    """Return a strict JSON object (see :func:`parse_json`).

    Raises:
        MalformedError: if it is not strict JSON, or no object.
    """
    value = parse_json(raw, max_bytes=max_bytes, max_text=max_text, characters=characters)
    if not isinstance(value, dict):
        raise MalformedError(f"expected a JSON object, got {type(value).__name__}")
    return value


def check_characters(value: Any, characters: Characters, where: str) -> None:  # noqa: ANN401
    """Demand that the texts of a value that was read before are made of other characters as well.

    Raises:
        MalformedError: otherwise.
    """
    _Limits(sys.maxsize, MAX_ARRAY, characters).check(value, where, 0)


def dump_json(value: Any) -> bytes:  # noqa: ANN401
    """Return compact UTF-8 JSON in the order given; the one writer of bytes we sign."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _nesting_is_bounded(raw: bytes) -> bool:
    """Peel bracket pairs level by level; a rest means deep nesting or brackets in texts."""
    if raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH:
        return True
    brackets = raw.translate(None, _NOT_BRACKET)
    for _ in range(MAX_DEPTH):
        if not brackets:
            return True
        brackets = _PAIR.sub(b"", brackets)
    return not brackets


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MalformedError(f"expected each member once, got {twice[:40]!r} twice")
    return members


def _integer(digits: str) -> int:
    if digits.startswith("-") or len(digits) > 16 or int(digits) > MAX_INTEGER:
        raise MalformedError(f"expected an integer from 0 to 2^53-1, got {digits[:40]}")
    return int(digits)


def _no_number(digits: str) -> None:
    raise MalformedError(
        f"expected an integer without fraction or exponent, got {digits[:40]} (masses and fractions are texts)"
    )


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_no_number, parse_constant=_no_number
)


class _Limits(NamedTuple):
    """What the texts and arrays of one document are held to."""

    max_text: int
    max_array: int
    characters: Characters

    def check(self, value: Any, where: str, depth: int) -> None:  # noqa: ANN401
        """Demand that a value and all in it keeps to the limits."""
        if isinstance(value, str):
            self._check_text(value, where)
        elif isinstance(value, dict | list):
            if depth == MAX_DEPTH:
                raise MalformedError(f"expected at most {MAX_DEPTH} levels of nesting, got more", where)
            if isinstance(value, list):
                if len(value) > self.max_array:
                    raise MalformedError(f"expected at most {self.max_array:,} members, got {len(value):,}", where)
                for number, member in enumerate(value):
                    self.check(member, f"{where}[{number}]", depth + 1)
            else:
                for name, member in value.items():
                    self._check_text(name, where)
                    self.check(member, f"{where}.{name}" if where else name, depth + 1)

    def _check_text(self, text: str, where: str) -> None:
        if len(text) > self.max_text:
            raise MalformedError(f"expected at most {self.max_text:,} characters, got {len(text):,}", where)
        if text.isascii() and text.isprintable():
            return
        if fault := self.characters.fault(text):
            raise MalformedError(f"expected {fault}", where)
