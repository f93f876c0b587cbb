"""What is wrong with an event, in an operator's words.

Invariants: each fault is said as ``path: expected ..., got ...``; no phrase and no class
name of the library that found it is in it; what only follows from another fault is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from schemas.shapes import IN_WORDS
from schemas.wording import shown

_MOST = 10
_LONGEST_NAME = 40

_EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "literal_error": lambda context: f"one of {context['expected']}",
    "string_pattern_mismatch": lambda context: IN_WORDS.get(context["pattern"], "a text of another form"),
    "string_type": lambda _: "a text",
    "string_unicode": lambda _: "a text of Unicode characters",
    "string_too_short": lambda context: f"a text of at least {_count(context['min_length'], 'character')}",
    "string_too_long": lambda context: f"a text of at most {_count(context['max_length'], 'character')}",
    "bool_type": lambda _: "true or false, without quotes",
    "int_type": lambda _: "a whole number, without quotes",
    "greater_than_equal": lambda context: f"a number of at least {context['ge']}",
    "less_than_equal": lambda context: f"a number of at most {context['le']}",
    "tuple_type": lambda _: "a list",
    "list_type": lambda _: "a list",
    "dict_type": lambda _: "an object",
    "model_type": lambda _: "an object",
    "model_attributes_type": lambda _: "an object",
    "too_short": lambda context: f"at least {_count(context['min_length'], 'entry')}",
    "too_long": lambda context: f"at most {_count(context['max_length'], 'entry')}",
}
"""What stands behind *expected*, by the library's name of the fault."""


def sentence(error: ValidationError, members: Mapping[str, Any]) -> str:
    """Say each fault of an event's ``members`` as ``path: expected ..., got ...``, at most ten of them."""
    faults = error.errors(include_url=False, include_context=True)
    places = {fault["loc"][:end] for fault in faults for end in range(len(fault["loc"]))}
    # A list with a bad member is also called too short: that says nothing new.
    own = [fault for fault in faults if fault["loc"] not in places]
    parts = [_fault(fault, members) for fault in own[:_MOST]]
    if len(own) > len(parts):
        parts.append(f"and {len(own) - len(parts)} more")
    return "; ".join(parts)


def _fault(fault: Any, members: Mapping[str, Any]) -> str:  # noqa: ANN401
    kind, context = fault["type"], fault.get("ctx", {})
    place, got = _place(fault, members), shown(fault.get("input"))
    match kind:
        case "missing":
            said = "expected this member, got none"
        case "extra_forbidden":
            said = "expected no such member (is it spelled right?)"
        case "value_error":
            said = str(fault["msg"]).removeprefix("Value error, ")
        case "union_tag_not_found":
            place, said = f"{place}.{_tag_name(context)}".lstrip("."), "expected this member, got none"
        case "union_tag_invalid":
            place = f"{place}.{_tag_name(context)}".lstrip(".")
            said = f"expected one of {context['expected_tags']}, got {shown(context['tag'])}"
        case _ if kind in _EXPECTED:
            said = f"expected {_EXPECTED[kind](context)}, got {got}"
        case _:
            said = f"expected another value, got {got}"
    return f"{place}: {said}" if place else said


def _place(fault: Any, members: Mapping[str, Any]) -> str:  # noqa: ANN401
    """Return the path of a member as it stands in the event: the library also puts kinds and marks into it."""
    path, last = "", fault["loc"][-1:]
    value: Any = members
    for part in fault["loc"]:
        if isinstance(part, int):
            path += f"[{part}]"
            value = value[part] if isinstance(value, list | tuple) and part < len(value) else {}
        elif isinstance(value, dict) and (part in value or (fault["type"] == "missing" and (part,) == last)):
            path += f".{part[:_LONGEST_NAME]}"
            value = value.get(part)
    return path.lstrip(".")


def _tag_name(context: dict[str, Any]) -> str:
    return str(context["discriminator"]).strip("'")


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
