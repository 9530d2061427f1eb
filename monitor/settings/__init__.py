"""The configuration: read once, checked whole, and handed on as frozen values."""

from __future__ import annotations

from monitor.settings.load import load
from monitor.settings.secret import Secret
from monitor.settings.sections import Settings, SubscriptionSettings

__all__ = ["Secret", "Settings", "SubscriptionSettings", "load"]
