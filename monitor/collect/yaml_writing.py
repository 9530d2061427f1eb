"""A document as YAML that our reader, and any reader of YAML 1.1, takes for the same."""

from __future__ import annotations

import math
from typing import Any, Final

import yaml

from monitor.collect.yaml_scalars import NotFinite, resolve_plain
from monitor.model.comparison import Document, Json

_BREAKS: Final = frozenset("\x85\u2028\u2029")
"""Ends of lines in YAML 1.1, and letters like others in 1.2."""


class _Dumper(yaml.SafeDumper):
    """PyYAML quotes what YAML 1.1 would misread; text that 1.2 would misread is quoted here."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = '"' if _is_misread(value) or _BREAKS & set(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _is_misread(value: str) -> bool:
    try:
        return not isinstance(resolve_plain(value), str)
    except NotFinite:
        return True


_Dumper.add_representer(str, _text)


class _FlowDumper(_Dumper):
    """Of values on one line."""


def _text_on_one_line(dumper: _FlowDumper, value: str) -> yaml.ScalarNode:
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')
    return _text(dumper, value)


_FlowDumper.add_representer(str, _text_on_one_line)


def write_yaml(document: Document) -> str:
    """Block style, names in their order, UTF-8 text as it is, no aliases."""
    written: str = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return written


def write_flow(value: Json) -> str:
    """Any value on one line, as it may stand in a list in brackets or behind a name."""
    written: str = yaml.dump(
        [value],
        Dumper=_FlowDumper,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=math.inf,
    )
    return written[1:-2]
