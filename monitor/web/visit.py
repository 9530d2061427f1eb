"""One request as pages see it: who asks, in which language, and what a page needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from monitor.compare.collecting import without_collecting
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.store.records import Machine, Person, Session
from monitor.web.face import Face
from monitor.web.frame import frame
from monitor.web.speaking import spoken_in
from monitor.web.tokens import form_key
from monitor.words import Language, language

T = TypeVar("T")


class Visit(Record):
    """`session` of a person who is logged in; `machine` of a program with a token."""

    face: Face
    request: Request
    session: Session | None = None
    machine: Machine | None = None

    @property
    def person(self) -> Person | None:
        return self.session.person if self.session else None

    @property
    def who(self) -> Person:
        """Of a page that lets nobody in who is not logged in."""
        assert self.session is not None
        return self.session.person

    @property
    def language(self) -> Language:
        if self.person is not None:
            return language(self.person.language)
        return language(spoken_in(self.request.headers.get("accept-language", "")))

    @property
    def form_key(self) -> str:
        return form_key(self.face.reader.secret, self.session.hash) if self.session else ""

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return self.request.query_params.get(name, default)

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    async def field(self, name: str) -> str:
        """Of the form that was sent."""
        return str((await self.request.form()).get(name, ""))

    async def read(self, call: Callable[..., T], *given: Any, **named: Any) -> T:
        """`call(program, ...)` beside the service."""

        def read() -> T:
            # Documents of many versions are in memory; to go over them twice a page costs more
            # than the page.
            with without_collecting():
                return call(self.face.reader, *given, **named)

        return await self.face.read(read)

    async def write(self, call: Callable[..., T], *given: Any, **named: Any) -> T:
        """`call(program, ...)` where the service writes."""

        def write() -> T:
            program: Program = self.face.writer()
            return call(program, *given, **named)

        return await self.face.write(write)

    async def page(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        title: str,
        here: str = "",
        status: int = 200,
        spoken: Language | None = None,
    ) -> Response:
        """`here` is the place in the menu; `spoken` another language than the visitor's."""
        spoken = spoken or self.language
        around = await frame(self, spoken, title=title, here=here)
        text = self.face.reader.templates.render(
            template, {"frame": around, "words": spoken.pages, **values}, part="html"
        )
        return HTMLResponse(text, status_code=status)

    def back(self, default: str) -> Response:
        """To where a form says that it was sent from, if that is one of our pages."""
        return RedirectResponse(default, status_code=303)


def refuse(status: int, text: str = "") -> HTTPException:
    return HTTPException(status, text)
