"""Templates: what a value can do (nothing) and what a template can do (little)."""

from __future__ import annotations

import pytest

from monitor.errors import TemplateFailed
from monitor.model.tokens import Part
from monitor.render import OUTPUT_LIMIT, Templates, wrap


def rendered(source: str, part: Part = "html", **values: object) -> str:
    return Templates({"page.txt": source}).render("page.txt", values, part=part)


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7 * 7 }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
        "{{ self.__init__.__globals__ }}",
        "{# comment #}",
    ],
)
def test_a_value_is_never_a_template(value: str) -> None:
    assert rendered("{{ value }}", "text", value=value) == value


def test_escaping_follows_from_the_part_and_not_from_the_name_of_the_file() -> None:
    templates = Templates({"digest.txt": "{{ x }}", "mail.html.j2": "{{ x }}"})
    for name in ("digest.txt", "mail.html.j2"):
        assert templates.render(name, {"x": "<b>&\"'"}, part="html") == "&lt;b&gt;&amp;&#34;&#39;"
        assert templates.render(name, {"x": "<b>"}, part="text") == "<b>"


@pytest.mark.parametrize(
    "source",
    [
        "{{ x|safe }}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{%- autoescape false -%}{{ x }}{% endautoescape %}",
    ],
)
def test_no_template_can_turn_escaping_off(source: str) -> None:
    with pytest.raises(TemplateFailed):
        rendered(source, x="<script>")


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%10000000d' % 1 }}",
        "{{ '{:10000000}'.format(1) }}",
        "{{ 'a'|center(10000000) }}",
        "{{ 'a'|indent(10000000) }}",
        "{{ 'a'.ljust(10000000) }}",
        "{{ 'a'.join(['b', 'c']) }}",
        "{{ [1]|batch(10000000, 'x')|list }}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}" + "x" * 100 + "{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ nothing }}",
        "{{ value.missing }}",
        "{{ 1 / 0 }}",
        "{% include 'elsewhere.txt' %}",
        "{% if %}",
    ],
)
def test_a_template_cannot_pad_loop_reach_out_or_fail_silently(source: str) -> None:
    with pytest.raises(TemplateFailed):
        rendered(source, value="text")


def test_an_error_names_the_template_and_its_line() -> None:
    with pytest.raises(TemplateFailed, match=r"^page\.txt:3: UndefinedError: 'nothing'"):
        rendered("one\ntwo\n{{ nothing }}\n")
    with pytest.raises(TemplateFailed, match=r"^page\.txt:2: TemplateSyntaxError"):
        rendered("one\n{% if %}\n")


def test_output_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TemplateFailed, match="more than"):
        rendered("{{ value }}{{ value }}", value="x" * (OUTPUT_LIMIT // 2 + 1))


def test_templates_of_a_working_folder_come_first_and_can_be_left_out() -> None:
    templates = Templates({"a.txt": "shipped", "b.txt": "b"}, {"a.txt": "own"})
    assert templates.render("a.txt", {}, part="text") == "own"
    assert templates.render("b.txt", {}, part="text") == "b"
    assert templates.without_own().render("a.txt", {}, part="text") == "shipped"
    assert templates.hash != templates.without_own().hash


def test_faults_of_own_templates_are_listed_with_their_lines() -> None:
    own = {"good.txt": "{{ x }}", "bad.txt": "\n{% if %}", "filter.txt": "{{ x|nope }}"}
    assert [fault.partition(": ")[0] for fault in Templates({}, own).faults()] == [
        "templates/bad.txt:2",
        "templates/filter.txt:1",
    ]


def test_lines_are_wrapped_and_links_are_not_broken() -> None:
    link = "https://example.org/" + "x" * 100
    lines = wrap(f"Some words before {link} and after", 40, "  ").split("\n")
    assert lines == ["Some words before", f"  {link}", "  and after"]


def test_the_number_of_a_source_does_not_begin_a_line() -> None:
    assert wrap("The altos have a new leader. [1] [2] [3]", 30, "  ").split("\n") == [
        "The altos have a new",
        "  leader. [1] [2] [3]",
    ]


def test_a_template_that_replaces_none_is_named_with_the_nearest() -> None:
    shipped = {"digest.html": "a", "digest.txt": "b"}
    own = {"digest.html": "{% include 'foot.html' %}", "foot.html": "c", "digset.txt": "d"}
    assert Templates(shipped, own, beside=["digest.htm"]).unused() == (
        "templates/digest.htm is used by nothing; did you mean digest.html?",
        "templates/digset.txt is used by nothing; did you mean digest.txt?",
    )
