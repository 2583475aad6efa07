"""nginx, as the build tells it to serve the site: at the root of a host, and under a path."""

from __future__ import annotations

import gzip
import http.client
import os
import runpy
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

NGINX = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("nginx.py"))))
SQUID = "/th/products/dried-squid/"
TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
PACKED = {"css", "csv", "html", "js", "json", "svg", "txt", "xml"}
SECRET = b"only for the server"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    data: bytes

    @property
    def location(self):
        return self.headers["Location"]


@dataclass(frozen=True)
class Host:
    """A site on nginx: its files, and the path of its address."""

    dist: Path
    prefix: str
    port: int

    def get(self, path, method="GET", **headers):
        """One request as it stands, below the path of the site."""
        return self.ask(self.prefix + path, method, **headers)

    def ask(self, path, method="GET", **headers):
        """One request as it stands."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def files(self, *endings):
        """Paths of the files that visitors may have."""
        written = (self.dist / ".microsite").read_text("utf-8").splitlines()[1:]
        found = [path for path in written if "." in path]
        return [
            path
            for path in found
            if not path.startswith(".") and (not endings or path.rpartition(".")[2] in endings)
        ]


@pytest.fixture(scope="module")
def program():
    """nginx; the test is skipped where there is none, unless MICROSITE_NGINX=required."""
    found = NGINX.find_nginx()
    if found is None:
        answer = "nginx is not installed (Debian, Ubuntu: apt-get install nginx-light)"
        if os.environ.get("MICROSITE_NGINX") == "required":
            pytest.fail(answer)
        pytest.skip(answer)
    return found


@pytest.fixture(scope="module")
def hosts(program, built, tmp_path_factory):
    """The sample market in two servers: alone, and beside another site."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "secret.txt").write_bytes(SECRET)
    made = {}
    for name, source, prefix in (
        ("alone", built / "sample/dist", ""),
        ("shop", built / "sample/shop", "/shop"),
    ):
        dist = Path(shutil.copytree(source, folder / name))
        (dist / "out.txt").symlink_to("../secret.txt")
        (dist / "out").symlink_to("..")
        (dist / ".env").write_bytes(SECRET)
        (dist / "th/.env").write_bytes(SECRET)
        made[name] = Host(dist, prefix, NGINX.free_port())
    (folder / "online").symlink_to("shop")  # as docs/hosting.md goes from version to version
    served = {host.port: {host.prefix: host.dist} for host in made.values()}
    served[made["shop"].port]["/shop"] = folder / "online"
    served[made["shop"].port][""] = built / "real/dist"
    with NGINX.running(program, folder, served) as log:
        yield made
    assert "[warn]" not in log.read_text("utf-8")


@pytest.fixture(params=["alone", "shop"])
def host(request, hosts):
    return hosts[request.param]


def test_every_file_has_the_type_that_browsers_and_readers_expect(host):
    endings = {path.rpartition(".")[2] for path in host.files()}
    assert endings >= {"html", "css", "svg", "woff2", "avif", "webp", "jpg", "xml", "json", "csv"}
    for path in host.files():
        expected = TYPES[path.rpartition(".")[2]]
        if path.endswith("/feed.xml"):
            expected = "application/atom+xml"
        if path != "404.html":
            answer = host.get("/" + path)
            assert (answer.status, answer.headers["Content-Type"]) == (200, expected), path
            assert answer.data == (host.dist / path).read_bytes()


def test_a_page_is_at_its_folder_s_address(host):
    answer = host.get(SQUID)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.data == (host.dist / SQUID.strip("/") / "index.html").read_bytes()
    assert host.get("/").data == (host.dist / "index.html").read_bytes()


def test_an_address_without_its_last_slash_leads_to_the_page(host):
    answer = host.get(f"{SQUID.rstrip('/')}?from=line")
    assert (answer.status, answer.location) == (301, f"{host.prefix}{SQUID}?from=line")


def test_two_sites_share_a_host(hosts, built):
    beside = hosts["shop"]
    assert beside.ask("/shop").headers["Location"].endswith(f":{beside.port}/shop/")
    assert beside.ask("/").data == (built / "real/dist/index.html").read_bytes()
    missing = beside.ask("/shopping/")
    assert (missing.status, missing.data) == (404, (built / "real/dist/404.html").read_bytes())
    assert beside.ask(SQUID).status == 404
    assert beside.get(SQUID).status == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/th/products/sun-squid/", SQUID),
        ("/th/news/market/", "/th/news/year-end-market/"),
        ("/en/products/scarf/", "/en/products/indigo-scarf/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(host, old, new):
    answer = host.get(old)
    assert (answer.status, answer.location) == (301, host.prefix + new)
    assert host.get(f"{old}?a=1").location == f"{host.prefix}{new}?a=1"
    assert host.get(old.rstrip("/")).location == host.prefix + old
    assert host.get(new).status == 200


def test_what_is_not_there_gets_the_site_s_own_page_for_that(host):
    page = (host.dist / "404.html").read_bytes()
    for path in ("/th/products/nowhere/", "/nowhere", "/assets/nowhere.css", "/404.html"):
        answer = host.get(path)
        assert (answer.status, answer.data) == (404, page), path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/.microsite",
        "/%2emicrosite",
        "/.nginx.conf",
        "/.nojekyll",
        "/.env",
        "/th/.env",
        "/th/%2Eenv",
        "/_headers",
        "/_redirects",
        "/out.txt",
        "/out/secret.txt",
        "/out/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/th/..;/secret.txt",
        "/%00",
        "//secret.txt",
        "/th/%0d%0aSet-Cookie:x",
        "/" + quote("ไม่มี") + "/",
        "/" + "x" * 5000,
    ],
)
def test_what_visitors_shall_not_have_is_not_there(host, path):
    answer = host.get(path)
    assert answer.status in {400, 404}
    assert SECRET not in answer.data
    assert answer.headers["Set-Cookie"] is None


def test_nobody_is_shown_what_is_in_a_folder(host):
    assert host.get("/assets/").status == 404
    answer = host.get("/assets")
    assert answer.status == 404
    assert answer.location is None


def test_hashed_files_are_kept_for_ever_and_all_else_is_asked_for_again(host):
    for path in host.files():
        if path == "404.html":
            continue
        is_hashed = path.startswith("assets/")
        expected = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        assert host.get("/" + path).headers.get_all("Cache-Control") == [expected], path


def test_what_has_not_changed_is_not_sent_again(host):
    for path in (SQUID, "/sitemap.xml", f"/{host.files('css')[0]}"):
        for asked in ({}, {"Accept_Encoding": "gzip"}):
            tag = host.get(path, **asked).headers["ETag"]
            answer = host.get(path, If_None_Match=tag, **asked)
            assert (answer.status, answer.data) == (304, b"")


def test_texts_are_packed_and_pictures_are_not(host):
    for path in host.files():
        if path == "404.html":
            continue
        whole, answer = host.get("/" + path), host.get("/" + path, Accept_Encoding="gzip")
        is_packed = path.rpartition(".")[2] in PACKED and len(whole.data) >= 500
        assert (answer.headers["Content-Encoding"] == "gzip") == is_packed, path
        if is_packed:
            assert gzip.decompress(answer.data) == whole.data
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert len(answer.data) < len(whole.data)


def test_every_answer_carries_the_headers_that_protect_visitors(host):
    for path in (SQUID, SQUID.rstrip("/"), "/th/products/sun-squid/", "/nowhere", "/sitemap.xml"):
        headers = host.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Strict-Transport-Security"] == "max-age=63072000"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["Set-Cookie"] is None
        assert headers["Server"] == "nginx"  # no version


def test_only_asking_is_allowed(host):
    assert host.get(SQUID, "HEAD").data == b""
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        assert host.get(SQUID, method).status == 405
