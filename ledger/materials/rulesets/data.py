"""Reading the rule sets: each file once, into frozen values."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from schemas.rules.version import Rules


class Rule(NamedTuple):
    """A rule from a day on: minimum shares in ppm by metal or chemistry class; none where it only asks to declare.

    ``status``: ``law``, ``not yet law``, ``default, unsourced``, or ``standard``, which binds who claims by it.
    """

    kind: str
    since: str
    status: str
    shares: tuple[tuple[str, int], ...]
    text: str

    def minimum(self, of: str) -> int | None:
        """Return the minimum in ppm for a metal or class, ``None`` where the rule has none."""
        return dict(self.shares).get(of)


class RuleSet(NamedTuple):
    """A law or standard in one version."""

    id: str
    version: str
    title: str
    source: str
    text: str
    open: str
    rules: tuple[Rule, ...]

    def of_kind(self, kind: str, of: str) -> list[Rule]:
        """Return the rules of a kind that say something of a metal or class, oldest first."""
        found = [rule for rule in self.rules if rule.kind == kind and rule.minimum(of) is not None]
        return sorted(found, key=lambda rule: rule.since)

    def duties(self) -> list[Rule]:
        """Return the rules that name no minimum and only ask to declare, oldest first."""
        return sorted((rule for rule in self.rules if not rule.shares), key=lambda rule: rule.since)


@cache
def rule_set(name: str) -> RuleSet:
    """Return a rule set by its id.

    Raises:
        KeyError: if there is none of that id.
    """
    try:
        read = json.loads(resources.files(__package__).joinpath(f"{name}.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise KeyError(name) from error
    rules = tuple(
        Rule(row["kind"], row["from"], row["status"], tuple(row.get("shares_ppm", {}).items()), row.get("text", ""))
        for row in read["rules"]
    )
    return RuleSet(
        id=read["id"],
        version=read["version"],
        title=read["title"],
        source=read["source"],
        text=read["text"],
        open=read["open"],
        rules=rules,
    )


def rule_sets(rules: Rules) -> list[dict[str, Any]]:
    """Return the rule sets of a version of the rules as JSON, for a report to say by which it judged."""
    found = []
    for name in rules.rule_sets:
        known = rule_set(name)
        rows = [
            {"kind": rule.kind, "from": rule.since, "status": rule.status, "text": rule.text, "minimum": _texts(rule)}
            for rule in known.rules
        ]
        found.append({**known._asdict(), "rules": rows})
    return found


def share_text(ppm: int) -> str:
    """Return ppm as a share with six decimals."""
    return f"{ppm // 1_000_000}.{ppm % 1_000_000:06d}"


def _texts(rule: Rule) -> dict[str, str]:
    return {name: share_text(ppm) for name, ppm in rule.shares}
