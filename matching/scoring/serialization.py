"""A score's parts to and from the JSON that is stored with a match."""

from __future__ import annotations

from typing import Any

from matching.scoring.records import Evidence, Part, Verdict


def parts_to_json(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [
        {
            "rule": part.rule,
            "points": part.points,
            "most": part.most,
            "verdict": str(part.verdict),
            "evidence": [[e.offered, e.wanted, e.bridge, e.kind] for e in part.evidence],
            "details": [list(pair) for pair in part.details],
        }
        for part in parts
    ]


def parts_from_json(content: list[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(
        Part(
            rule=part["rule"],
            points=part["points"],
            most=part["most"],
            verdict=Verdict(part["verdict"]),
            evidence=tuple(Evidence(*row) for row in part["evidence"]),
            details=tuple((name, text) for name, text in part["details"]),
        )
        for part in content
    )
