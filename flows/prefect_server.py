"""A Prefect server as a program of its own: `python prefect_server.py FD`, with a listening socket as FD.

It ends with whoever started it: when its standard input closes, however that happens. The socket listens before the
program starts, so nobody has to ask again and again whether the server is up, and no port is taken twice.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading

# Some 70,000 objects come with the imports and stay; looking through them again and again takes a quarter of the start.
gc.disable()


def serve(listener: socket.socket) -> None:
    """Serve Prefect's API on a listening socket until SIGTERM or SIGINT."""
    import uvicorn

    application = "prefect.server.api.server:create_app"
    config = uvicorn.Config(application, factory=True, log_level="error", lifespan="on", timeout_keep_alive=60)
    server = uvicorn.Server(config)
    gc.freeze()
    gc.enable()
    server.run(sockets=[listener])


def end_with_starter() -> None:
    """Wait until standard input closes, then end this process as SIGTERM does."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=end_with_starter, daemon=True).start()
    serve(socket.socket(fileno=int(sys.argv[1])))
