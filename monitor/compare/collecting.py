"""A comparison without looks for garbage: it makes none in cycles, and much that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """The collector rests; it is left as it was found.

    Where thousands of changes are made it would go over both documents again and again. It is one
    for all threads: another that ends meanwhile may wake it early, which costs time and no more.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
