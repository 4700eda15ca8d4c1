"""`provcheck serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    import socket


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than loopback are open to all.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8750,
    max_bytes: Annotated[int, typer.Option(min=1_000, help="The largest body of a request.")] = 10_000_000,
    connections: Annotated[
        int,
        typer.Option(
            min=1, help="At once; more are answered 503. Each may hold a body and its answer in memory."
        ),
    ] = 32,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="To receive a body, and to examine one document.")
    ] = 30.0,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """A small HTTP service: POST /check, POST /check/batch, GET /rules, /health, /openapi.json."""
    with common.user_errors():
        from provcheck.checker import Checker
        from provcheck.errors import UsageError
        from provcheck.rulebook.ruleset import load

        try:
            import uvicorn

            from provcheck.service import Limits, Service
        except ImportError:
            raise UsageError("serve needs Starlette and uvicorn: pip install 'provcheck[serve]'") from None
        found = common.configured(
            settings, isolated, rules=rules, select=select, extend_select=extend_select, ignore=ignore
        )
        checker = Checker(found.settings, rules=load(found.settings, allow_code))
        app = Service(checker, Limits(max_bytes=max_bytes, seconds=seconds)).app()
        if host not in ("127.0.0.1", "localhost", "::1"):
            typer.echo(f"provcheck: listening on {host}: whoever reaches it may use it", err=True)
        listening = _listening(host, port)
        chosen = listening.getsockname()[1]
        typer.echo(
            f"provcheck: http://{f'[{host}]' if ':' in host else host}:{chosen} (Ctrl+C ends it)", err=True
        )
        config = uvicorn.Config(
            app,
            log_level="warning",
            timeout_keep_alive=10,
            server_header=False,
            limit_concurrency=connections,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """Raises UsageError where nobody can listen."""
    import socket

    from provcheck.errors import UsageError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host}, port {port}: {reason}; see --host and --port") from None
