"""The command that opens the desk over a store, on loopback unless told otherwise."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from polybius.cli.options import StoreUrl, one_line
from polybius.errors import SettingsError

app = typer.Typer()

SHORTEST = 16  # characters of a token that nobody guesses


@app.command()
def serve(
    store: StoreUrl = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; other than loopback only with a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The port to listen on.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            envvar="DESK_TOKEN",
            help=f"What a reader must give; {SHORTEST} characters or more. Better given as DESK_TOKEN: "
            "others on the machine can see a command's options.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the desk in the browser: read reports with their records marked, ask the store, correct what is wrong.

    [bold]Examples[/bold]

    [cyan]$ polybius serve[/cyan]

    [cyan]$ DESK_TOKEN=… polybius serve --store postgresql://me@host/news --host 0.0.0.0 --port 80[/cyan]
    """
    with one_line():
        serve_desk(store, host=host, port=port, token=token)


def serve_desk(url: str | None, *, host: str, port: int, token: str | None) -> None:
    """Serve the desk until interrupted.

    Args:
        url: the store's SQLAlchemy URL; None for that of the settings. The store must be there.
        host, port: where to listen.
        token: what a reader must give; needed when ``host`` is not loopback.

    Raises:
        SettingsError: when the store cannot be opened, or others could reach the desk without a token.
    """
    from polybius.settings import load_settings
    from polybius.web.safety import LOOPBACK

    settings = load_settings(store=url)
    alone = host in LOOPBACK
    if not alone and token is None:
        idea = secrets.token_urlsafe(24)
        raise SettingsError(
            "others could reach the desk", f"give a token: DESK_TOKEN={idea}", source=f"--host {host}"
        )
    if token is not None and len(token) < SHORTEST:
        raise SettingsError(f"shorter than {SHORTEST} characters", "take a longer one", source="--token")

    import uvicorn

    from polybius.store import Store
    from polybius.web import create_app
    from polybius.web.spot import Codes

    def load() -> Codes:
        from polybius.coder import load as load_coder

        return load_coder(pipeline=settings.pipeline, explain=True)

    with Store.open(settings.store, create=False) as store:
        hosts = (
            LOOPBACK if alone else None
        )  # another name for loopback is somebody else's page: DNS rebinding
        app = create_app(store, token=token, hosts=hosts, load=load, max_bytes=settings.max_bytes)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"polybius: the desk is at http://{shown}:{port}/  (Ctrl-C ends it)", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=False)
