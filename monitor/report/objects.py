"""A comparison as plain JSON: what `monitor diff --format json` prints and others may build on.

The schema of the whole object is published as docs/schemas/diff.schema.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.model.arguments import arguments, finding_arguments
from monitor.model.comparison import (
    MISSING,
    Change,
    Comparison,
    Finding,
    Publication,
    Remark,
    VersionRef,
)
from monitor.words import ENGLISH, Language
from monitor.words.guarded import Failed, remark_sentence, sentence


def comparison_object(
    comparison: Comparison,
    findings: Sequence[Finding],
    remarks: Sequence[Remark],
    *,
    failed: Failed,
    language: Language = ENGLISH,
) -> dict[str, Any]:
    """The comparison with these of its findings and remarks, and the changes behind them.

    `hidden` counts what was left out, so that nothing goes missing without a trace. `failed` is
    told of what could not be put into words.
    """
    owned = {identity for finding in findings for identity in finding.changes}
    shown = [change for change in comparison.changes if change.id in owned]
    cited = {source for finding in findings for source in finding.provenance.sources}
    cited.update(source for change in shown for source in change.sources)
    found: dict[str, Any] = {
        "old": version_object(comparison.old),
        "new": version_object(comparison.new),
        "kind": comparison.kind,
        "changes": [change_object(change) for change in shown],
        "findings": [finding_object(finding, failed, language) for finding in findings],
        "remarks": [remark_object(remark, failed, language) for remark in remarks],
        "sources": {
            identity: source_object(source)
            for identity, source in sorted(comparison.sources.items())
            if identity in cited
        },
        "hidden": {
            "changes": len(comparison.changes) - len(shown),
            "findings": len(comparison.findings) - len(findings),
            "remarks": len(comparison.remarks) - len(remarks),
        },
    }
    if comparison.ignored:
        found["ignored"] = dict(comparison.ignored)
    return found


def version_object(ref: VersionRef) -> dict[str, Any]:
    """What is known of a version; a plain file has only the hash of its bytes."""
    known = {
        "situation": ref.situation,
        "as_of": ref.as_of,
        "learned_at": ref.learned_at,
        "title": ref.title,
    }
    return {
        **{name: value for name, value in known.items() if value},
        "revision": ref.revision,
        "content_hash": ref.content_hash,
    }


def change_object(change: Change) -> dict[str, Any]:
    """One change; a side or field that does not exist is an absent name, never null."""
    found: dict[str, Any] = {
        "id": change.id,
        "op": change.op,
        "collection": change.collection,
        "key": [dict(level) for level in change.key],
        "label": change.label,
    }
    if change.field is not None:
        found["field"] = change.field
    if change.before is not MISSING:
        found["before"] = change.before
    if change.after is not MISSING:
        found["after"] = change.after
    return {
        **found,
        "significance": change.significance.word,
        "sources": list(change.sources),
    }


def finding_object(
    finding: Finding, failed: Failed, language: Language = ENGLISH
) -> dict[str, Any]:
    """One finding with its sentence, and who says so."""
    told = finding.provenance
    return {
        "id": finding.id,
        "rule": finding.rule,
        "arguments": finding_arguments(finding.said, finding.beside),
        "sentence": sentence(finding, failed, language),
        "significance": finding.significance.word,
        "changes": list(finding.changes),
        "collection": finding.collection,
        "path": finding.path,
        "status": told.status,
        "said_by": told.said_by,
        "sources": list(told.sources),
        "disputed": [
            {"field": each.field, "value": each.value, "source": each.source}
            for each in finding.disputed
        ],
    } | ({"because": list(finding.because)} if finding.because else {})


def remark_object(remark: Remark, failed: Failed, language: Language = ENGLISH) -> dict[str, Any]:
    """One remark: `about` in the place of a finding's changes."""
    return {
        "id": remark.id,
        "rule": remark.rule,
        "arguments": arguments(remark.said),
        "sentence": remark_sentence(remark, failed, language),
        "significance": remark.significance.word,
        "about": list(remark.about),
    }


def source_object(source: Publication) -> dict[str, Any]:
    known = {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": source.published,
    }
    return {name: value for name, value in known.items() if value is not None}
