"""Templates: loading them, and the one function that renders. The only home of jinja2.

There is one environment per part (text, HTML); autoescaping follows from the part and never from a
file's name. Values are data: text from a snapshot is only ever a value, never a template. Templates
of a working folder replace shipped ones of the same name. Every template runs in jinja2's sandbox,
which bounds neither size nor work, so both are bounded here.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.data import data_path
from monitor.errors import TemplateFailed
from monitor.model.nearest import suggestion
from monitor.model.tokens import Part

OUTPUT_LIMIT: Final = 4_000_000
"""Characters of one rendering; a web page of a large comparison is the largest there is."""

LOOP_LIMIT: Final = 100_000
"""What the ranges of one rendering may add up to: templates loop over values, not over numbers."""

TEMPLATE_LIMIT: Final = 256 * 1024
"""Bytes of one template file."""

SUFFIXES: Final = (".txt", ".html")

_CITING: Final = re.compile(r"(?<=[^\]\s]) (?=\[[0-9]+\])")
_GLUE: Final = "\x1f"
"""Breaks no line; no visible text has it."""

# Each makes a long text out of a short template.
PADDING_FILTERS: Final = ("batch", "center", "format", "indent", "pprint", "slice", "xmlattr")

TEXT_METHODS: Final = frozenset(
    (
        "capitalize",
        "endswith",
        "lower",
        "partition",
        "split",
        "startswith",
        "strip",
        "title",
        "upper",
    )
)


class Templates:
    """Loaded templates by name. Rendering touches no disk; the same values give the same text."""

    def __init__(
        self,
        shipped: Mapping[str, str],
        own: Mapping[str, str] | None = None,
        beside: Sequence[str] = (),
    ) -> None:
        """`beside` are files that lie among the own ones and have no template's ending."""
        self.shipped = dict(shipped)
        self.own = dict(own or {})
        self._beside = tuple(beside)
        sources = {**self.shipped, **self.own}
        self.hash = hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()
        self._environments: dict[Part, _Environment] = {
            "text": _Environment(sources, autoescape=False),
            "html": _Environment(sources, autoescape=True),
        }

    def without_own(self) -> Templates:
        """The shipped templates alone: what a rendering falls back to."""
        return Templates(self.shipped)

    def render(self, name: str, values: Mapping[str, Any], *, part: Part) -> str:
        """Raises TemplateFailed, naming the template and line where that is known."""
        environment = self._environments[part]
        pieces: list[str] = []
        size = 0
        try:
            environment.looped = 0
            for piece in environment.get_template(name).generate(values):
                size += len(piece)
                if size > OUTPUT_LIMIT:
                    raise TemplateFailed(f"more than {OUTPUT_LIMIT} characters", where=name)
                pieces.append(piece)
        except TemplateFailed:
            raise
        except Exception as error:  # a template can divide by zero, recurse, sort what has no order
            raise TemplateFailed(
                f"{type(error).__name__}: {error}", where=_where(name, error)
            ) from error
        return "".join(pieces)

    def faults(self) -> tuple[str, ...]:
        """One line for each of the working folder's templates that does not compile."""
        found = []
        for name in sorted(self.own):
            try:
                self._environments["text"].get_template(name)
            except TemplateError as error:
                found.append(f"templates/{_where(name, error)}: {error}")
        return tuple(found)

    def unused(self) -> tuple[str, ...]:
        """One line for each file among the working folder's templates that replaces no shipped
        one, and that no own one speaks of."""
        strange = (*self.own, *self._beside)
        sources = " ".join(self.own.values())
        return tuple(
            f"templates/{name} is used by nothing{suggestion(name, self.shipped)}"
            for name in sorted(strange)
            if name not in self.shipped and name not in sources
        )


def load_templates(working: Path | None = None) -> Templates:
    """Read the shipped templates, and those under `working`/templates when there are any.

    Raises TemplateFailed for a file that is too large, not UTF-8 or leads out of its folder.
    """
    own = working / "templates" if working else None
    if own is not None and own.is_dir() and own.resolve() != data_path("templates").resolve():
        return Templates(_read(data_path("templates")), _read(own), _beside(own))
    return Templates(_read(data_path("templates")))


def _read(folder: Path) -> dict[str, str]:
    root = folder.resolve()
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.suffix not in SUFFIXES:
            continue
        if not path.resolve().is_relative_to(root):
            raise TemplateFailed("leads out of its folder", where=str(path))
        data = path.read_bytes()
        if len(data) > TEMPLATE_LIMIT:
            raise TemplateFailed(f"larger than {TEMPLATE_LIMIT} bytes", where=str(path))
        try:
            found[path.relative_to(folder).as_posix()] = data.decode()
        except UnicodeDecodeError as error:
            raise TemplateFailed("is not UTF-8", where=f"{path}: byte {error.start}") from error
    return found


def _beside(folder: Path) -> list[str]:
    """Files that are neither templates nor about them."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    known = (*SUFFIXES, ".md")
    return [path.relative_to(folder).as_posix() for path in found if path.suffix not in known]


class _NoEscapingSwitch(Extension):
    """Refuses `{% autoescape %}`: a template cannot turn escaping off for a value."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        before = ""
        for token in stream:
            if before == "block_begin" and token.value == "autoescape":
                message = "escaping follows from the part and cannot be switched"
                raise TemplateSyntaxError(message, token.lineno, stream.name)
            before = token.type
            yield token


class _Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, sources: Mapping[str, str], *, autoescape: bool) -> None:
        super().__init__(
            loader=DictLoader(dict(sources)),
            autoescape=autoescape,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=[_NoEscapingSwitch],
        )
        self.looped = 0
        self.globals = {"range": self._range}
        for name in (*PADDING_FILTERS, "safe"):
            del self.filters[name]
        self.filters["wrap"] = wrap

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError(f"{operator!r} takes two numbers, and ** is not allowed")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str) and attr not in TEXT_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Any:
        if getattr(value, "__name__", "") in ("format", "format_map"):
            raise SecurityError("str.format can pad without limit and is not allowed")
        return None

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        self.looped += len(numbers)
        if self.looped > LOOP_LIMIT:
            raise SecurityError(f"ranges of more than {LOOP_LIMIT} numbers in all")
        return numbers


def _where(name: str, error: Exception) -> str:
    """`name:line`; jinja2 rewrites tracebacks so that a frame of a template has its line."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or name}:{error.lineno}"
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == "<template>"
    ]
    return f"{name}:{lines[-1]}" if lines else name


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def wrap(text: str, width: int = 76, indent: str = "") -> str:
    """Lines of at most `width` characters, those after the first behind `indent`; words and links
    are never broken, and the first number of a source stays with what it is the source of."""
    lines = textwrap.wrap(
        _CITING.sub(_GLUE, text),
        min(max(width, 20), 200),
        subsequent_indent=indent[:20],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(_GLUE, " ")
