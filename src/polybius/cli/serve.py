"""`polybius serve`: opens the store, and the desk over it, on loopback unless told otherwise."""

from __future__ import annotations

import secrets

import typer

from polybius.errors import SettingsError

SHORTEST = 16  # characters of a token that nobody guesses


def serve_desk(url: str, *, host: str, port: int, token: str | None, max_bytes: int, pipeline: str) -> None:
    """Serve the desk until interrupted.

    Args:
        url: the store's SQLAlchemy URL; it must be there.
        host, port: where to listen.
        token: what a reader must give; needed when ``host`` is not loopback.
        max_bytes: longest text of one report taken in here.
        pipeline: the spaCy pipeline that codes it.

    Raises:
        SettingsError: when the store cannot be opened, or others could reach the desk without a token.
    """
    import uvicorn

    from polybius.store import Store
    from polybius.web import create_app
    from polybius.web.safety import LOOPBACK
    from polybius.web.spot import Codes

    alone = host in LOOPBACK
    if not alone and token is None:
        idea = secrets.token_urlsafe(24)
        raise SettingsError(
            "others could reach the desk", f"give a token: --token {idea}", source=f"--host {host}"
        )
    if token is not None and len(token) < SHORTEST:
        raise SettingsError(f"shorter than {SHORTEST} characters", "take a longer one", source="--token")

    def load() -> Codes:
        from polybius.coder import load as load_coder

        return load_coder(pipeline=pipeline, explain=True)

    with Store.open(url, create=False) as store:
        hosts = (
            LOOPBACK if alone else None
        )  # another name for loopback is somebody else's page: DNS rebinding
        app = create_app(store, token=token, hosts=hosts, load=load, max_bytes=max_bytes)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"polybius: the desk is at http://{shown}:{port}/  (Ctrl-C ends it)", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=False)
