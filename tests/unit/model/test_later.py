"""Modules that are loaded when they are first used."""

from __future__ import annotations

import sys

import pytest

from monitor.model.later import later


def test_a_module_is_loaded_by_its_first_use_and_not_before() -> None:
    name = "colorsys"
    sys.modules.pop(name, None)
    colours = later(name)
    assert name not in sys.modules
    assert colours.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert colours.rgb_to_hsv is sys.modules[name].rgb_to_hsv


def test_what_is_not_there_is_said_when_it_is_used() -> None:
    with pytest.raises(ModuleNotFoundError):
        _ = later("monitor.model.nowhere").anything
    with pytest.raises(AttributeError):
        _ = later("colorsys").nothing
