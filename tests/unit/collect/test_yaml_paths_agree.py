"""The fast parser may be used only where it reads as the exact one does."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.collect import shape, yaml_exact, yaml_text
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused

SCALARS = [
    *("NO", "yes", "12:30", "2026-02-15", "010", "007.5", "1_000", "0x1F", "0o17", "1e5", "1e400"),
    *("-0", "+1", ".5", "1.", "1.10", "5.", "-.5", "-1.5e3", "0.", "00", "0-9", "-_", "3rd"),
    *(".inf", "-.inf", ".nan", "~", "null", "Null", "true", "False", "TRUE", "nULL", "=", "<<"),
    *(
        "12345678901234567890",
        "999999999999999",
        "0b1",
        "1__0",
        "1_0k",
        "_0",
        "_1_",
        "-_0",
        "5e",
        "e5",
        "--1",
        "-a",
    ),
    *("plain words", "R&D", "a & b", "what? no", "a: b", "a :b", "a #b", "#b", "x # c", "-", "?"),
    *(
        "'it''s'",
        '"tab\\t"',
        '"\\u00e9"',
        '"\\ud83d\\ude00"',
        '"\\0"',
        '"\\x41"',
        "'",
        '"',
        '"\\/"',
    ),
    *("&a x", "*a", "!!str x", "! x", "|", ">-", "|2", ">+", "|\n  x\n   y\n", ">\n\n  x\n\n  y\n"),
    *("[a, b]", "[1, 02]", "{a: 1}", "{a: 05}", '{"a":05}', "{a}", "[a: b]", "{a:1}", "[]", "{}"),
    *(
        "[a,\n   b]",
        "'x\n  y'",
        '"x\n\n  y"',
        "x\n    y",
        "http://x/y?z=1&w=2",
        "é",
        "ї 5",
        "% x",
        "@x",
    ),
    *("360.ru", "5 men", "at 12:05, x", "x\n  05", "{a: b, c: [d, {e: f}]}", "[[]]", "---", "..."),
]
NAMES = [
    "a",
    "b",
    "kind",
    "'q'",
    '"d"',
    "1",
    "true",
    "~",
    "a b",
    "é",
    "-x",
    "? x",
    "''",
    "05",
    "x-y",
]


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Block mappings and sequences with whatever stands inside indented below or beside."""

    def indented(text: str) -> str:
        return text.replace("\n", "\n  ")

    value = inner.map(indented)
    item = st.one_of(
        st.builds("{}: {}".format, st.sampled_from(NAMES), value),
        st.builds("{}:\n  {}".format, st.sampled_from(NAMES), value),
        st.builds("{}:{}".format, st.sampled_from(NAMES), value),
        st.builds("- {}".format, value),
        st.builds("-\n  {}".format, value),
        st.just("# a comment"),
    )
    return st.lists(item, min_size=1, max_size=4).map("\n".join)


structured = st.recursive(st.sampled_from(SCALARS), blocks, max_leaves=8)
noise = st.text(alphabet="ab01.-_:?,[]{}&*!|>'\"#% \n\\ué~<=+xe", max_size=30)


def readings(text: str) -> tuple[object, object]:
    """What the fast parser says (None: it refuses), and what the exact one says."""
    fast = yaml_text._read_fast(text)
    if fast is None or shape.as_json(fast) is None:
        return None, None
    try:
        return repr(fast), repr(yaml_exact.read_yaml(text, name="f", limits=Limits())[0])
    except SnapshotRefused as error:
        return repr(fast), str(error)


@settings(max_examples=400, deadline=None)
@given(st.one_of(structured, noise, st.builds("a: {}\n{}".format, noise, structured)))
@example("- !")  # a tag with nothing after it
@example("_0")  # a number to one of them
@example("a: >+\n  x")  # a block that ends with the file
@example("a: 1\n\n\nb: [x,\n  y]\n")
def test_it_reads_alike_wherever_the_scan_admits_the_fast_parser(text: str) -> None:
    if yaml_text.admits_fast_path(text):
        fast, exact = readings(text)
        assert fast == exact
