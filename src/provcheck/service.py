"""`provcheck serve`: a small HTTP service for scrapers that are not Python. Starlette; one process, checks in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from provcheck._version import __version__
from provcheck.checker import Checker, Result
from provcheck.intake.records import RecordReader, decoded
from provcheck.model import Document, DocumentRecord, Problem

Handler = Callable[[Request], Awaitable[Response]]
_OK, _BAD, _TIMEOUT, _TOO_LARGE, _BUSY = 200, 400, 408, 413, 504


@dataclass(frozen=True)
class Limits:
    """max_bytes: of a request's body. seconds: to receive a body, and to examine one document. batch: documents of a batch.

    threads: checks that run at once.
    """

    max_bytes: int = 10_000_000
    seconds: float = 30.0
    batch: int = 1_000
    threads: int = 4


class _RefusedError(Exception):
    """A request that cannot be answered: its status, and why in one sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status, self.reason = status, reason


class Service:
    """The endpoints over one checker. Bodies and answers are JSON; an error is `{"error": "…"}`."""

    def __init__(self, checker: Checker, limits: Limits | None = None) -> None:
        self._checker, self._limits = checker, limits or Limits()
        self._turns = asyncio.Semaphore(self._limits.threads)

    def app(self) -> Starlette:
        routes = [
            Route("/check", _guarded(self.check), methods=["POST"]),
            Route("/check/batch", _guarded(self.batch), methods=["POST"]),
            Route("/rules", _guarded(self.rules), methods=["GET"]),
            Route("/health", _guarded(self.health), methods=["GET"]),
            Route("/openapi.json", _guarded(self.openapi), methods=["GET"]),
        ]
        return Starlette(routes=routes)

    async def check(self, request: Request) -> Response:
        """One document in, its record out, and its text without what is to be removed."""
        found = _document(await self._body(request), "body")
        if isinstance(found, Problem):
            raise _RefusedError(_BAD, f"the document {found.reason}")
        return _json(_told(await self._checked(found)))

    async def batch(self, request: Request) -> Response:
        """Many documents in, an answer for each out, in order; one that cannot be read has an `error`."""
        body = await self._body(request)
        given = body.get("documents") if isinstance(body, dict) else body
        if not isinstance(given, list):
            raise _RefusedError(_BAD, "a batch is a list of documents, or an object with `documents`")
        if len(given) > self._limits.batch:
            raise _RefusedError(_TOO_LARGE, f"a batch holds at most {self._limits.batch:,} documents")
        return _json({"results": [await self._one_of_many(each, at) for at, each in enumerate(given)]})

    async def rules(self, request: Request) -> Response:
        return _json(
            [
                {"rule": r.name, "category": r.card.category, "level": r.card.level, "action": r.card.action, "message": r.card.message, "why": r.card.why}
                for r in self._checker.rules.rules
            ]
        )  # fmt: skip

    async def health(self, request: Request) -> Response:
        return _json({"status": "ok", "version": __version__, "rules": len(self._checker.rules.rules)})

    async def openapi(self, request: Request) -> Response:
        return _json(openapi())

    async def _one_of_many(self, given: Any, at: int) -> dict[str, Any]:
        found = _document(given, f"document {at + 1}")
        if isinstance(found, Problem):
            return {"id": found.id, "error": found.reason}
        try:
            return _told(await self._checked(found))
        except _RefusedError as refused:
            return {"id": found.id, "error": refused.reason}

    async def _checked(self, document: Document) -> Result:
        await self._turns.acquire()
        work = asyncio.ensure_future(self._checker.acheck(document))
        work.add_done_callback(self._ended)
        try:
            return await asyncio.wait_for(asyncio.shield(work), self._limits.seconds)
        except TimeoutError:
            raise _RefusedError(_BUSY, f"took longer than {self._limits.seconds:g} s to examine") from None

    def _ended(self, work: asyncio.Future[Result]) -> None:
        """A check has its turn until its thread ends, though its client may have been told earlier that it takes too long."""
        self._turns.release()
        if not work.cancelled():
            work.exception()

    async def _body(self, request: Request) -> Any:
        try:
            raw = await asyncio.wait_for(self._received(request), self._limits.seconds)
        except TimeoutError:
            raise _RefusedError(
                _TIMEOUT, f"the body did not come within {self._limits.seconds:g} s"
            ) from None
        if not raw.strip():
            raise _RefusedError(_BAD, "the body is empty; send a document as JSON")
        try:
            return decoded(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _RefusedError(_BAD, f"the body is not JSON: {error}") from None

    async def _received(self, request: Request) -> bytes:
        limit = self._limits.max_bytes
        said = request.headers.get("content-length", "0")
        if said.isdigit() and int(said) > limit:
            raise _RefusedError(_TOO_LARGE, f"the body is larger than {limit:,} bytes")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise _RefusedError(_TOO_LARGE, f"the body is larger than {limit:,} bytes")
        return bytes(body)


def _guarded(handler: Handler) -> Handler:
    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        except _RefusedError as refused:
            return _json({"error": refused.reason}, refused.status)
        except ClientDisconnect:
            return Response(status_code=_BAD)

    return run


def _document(given: Any, where: str) -> Document | Problem:
    if not isinstance(given, dict):
        return Problem(path=where, reason="is not an object with fields")
    return RecordReader(where, {}).read(given, where)


def _told(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(result.record)
    return {**told, "cleaned": result.cleaned}


def _json(value: Any, status: int = _OK) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 description, its schemas generated from the types that travel."""
    (given, told), components = msgspec.json.schema_components(
        [Document, DocumentRecord], ref_template="#/components/schemas/{name}"
    )
    document = components["Document"]
    document["required"] = ["text"]  # an id is made where there is none
    error = {
        "description": "Why not, in one sentence",
        "content": _content({"type": "object", "properties": {"error": {"type": "string"}}}),
    }
    answers = {str(status): error for status in (_BAD, _TIMEOUT, _TOO_LARGE, _BUSY)}

    def post(body: Any, answer: Any, summary: str) -> dict[str, Any]:
        told = {"200": {"description": "The answer", "content": _content(answer)}, **answers}
        return {
            "post": {
                "summary": summary,
                "requestBody": {"required": True, "content": _content(body)},
                "responses": told,
            }
        }

    def get(summary: str) -> dict[str, Any]:
        return {
            "get": {
                "summary": summary,
                "responses": {"200": {"description": "The answer", "content": _content({})}},
            }
        }

    many = {
        "type": "object",
        "required": ["documents"],
        "properties": {"documents": {"type": "array", "items": given}},
    }
    results = {"type": "object", "properties": {"results": {"type": "array", "items": told}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "provcheck", "version": __version__, "description": "Examines scraped news, one document at a time."},
        "paths": {
            "/check": post(given, told, "Examine one document"),
            "/check/batch": post(many, results, "Examine many documents"),
            "/rules": get("The rules that run"),
            "/health": get("Whether the service is up"),
        },
        "components": {"schemas": components},
    }  # fmt: skip


def _content(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
