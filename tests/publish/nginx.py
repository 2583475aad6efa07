"""An nginx for the tests: one process, run by whoever tests, with all its files in one folder."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx")  # not on everybody's PATH
PATIENCE = 20  # seconds until it answers

_SETTINGS = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{servers}
}}
"""
# As docs/hosting.md tells it.
_AT_ROOT = "    location / {{ root {root}; include {root}/.nginx.conf; }}\n"
_BELOW = """\
    location = {path} {{ return 301 {path}/; }}
    location ^~ {path}/ {{ root {root}; include {root}/.nginx.conf; }}
"""
# Who asks without HTTPS is sent there; the code is nginx's own for that.
_CERTIFIED = """\
ssl_certificate {certificate};
    ssl_certificate_key {certificate};
    error_page 497 =301 https://$http_host$request_uri;"""
_SERVER = """\
  server {{
    listen 127.0.0.1:{port}{secure};
    {certificate}
{locations}
  }}
"""


def find_nginx() -> str | None:
    """The program, where it is installed."""
    return next(filter(None, map(shutil.which, ("nginx", *PLACES))), None)


def free_port() -> int:
    """A port of this computer that nobody listened to just now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return asking.getsockname()[1]


def settings(folder: Path, servers: str) -> str:
    """The settings of an nginx that writes into this folder alone."""
    return _SETTINGS.format(folder=folder, servers=servers)


def certify(folder: Path) -> Path:
    """A certificate of this computer for itself, with its key, made there by openssl."""
    made, public = folder / "certificate.pem", folder / "public.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = [shutil.which("openssl"), *words.split(), names, "-keyout", made, "-out", public]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 # our own words
    made.write_bytes(made.read_bytes() + public.read_bytes())
    return made


@contextlib.contextmanager
def running(
    program: str,
    folder: Path,
    served: Mapping[int, Mapping[str, Path]],
    certificate: Path | None = None,
) -> Iterator[Path]:
    """Serves outputs until the block ends; the answer is the error log.

    `served`: port → path of the address, "" or such as "/shop" → output. `certificate`: a PEM file
    with its key, for HTTPS.
    """
    certified = _CERTIFIED.format(certificate=certificate)
    servers = [
        _SERVER.format(
            port=port,
            secure=" ssl" if certificate else "",
            certificate=certified if certificate else "",
            locations="".join(
                (_BELOW if path else _AT_ROOT).format(path=path, root=root)
                for path, root in sites.items()
            ),
        )
        for port, sites in served.items()
    ]
    config, log = folder / "nginx.conf", folder / "error.log"
    config.write_text(settings(folder, "".join(servers)), "utf-8")
    command = [program, "-p", folder, "-c", config, "-e", log]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:  # noqa: S603 # as found
        try:
            for port in served:
                _wait_for(port, process, log)
            yield log
        finally:
            process.terminate()
            process.communicate()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        said = log.read_text("utf-8") if log.exists() else ""
        assert process.poll() is None, said or process.stderr.read().decode()
        assert time.monotonic() < until, said
        time.sleep(0.02)
