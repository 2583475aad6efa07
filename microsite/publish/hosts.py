"""Host files: what tells a web host which headers, types and redirects the site wants."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote, urlsplit

from microsite.publish.listing import Listed
from microsite.site.policy import REFERRER, sent_policy

# Media types by the end of a file's name (IANA).
_TYPES = {
    "avif": "image/avif",
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
_ALWAYS = "text/html"  # nginx counts it in wherever types are listed, and warns of a second one
_UNKNOWN = "application/octet-stream"
_FEED, _FEED_TYPE = "feed.xml", "application/atom+xml"
_FOR_EVER = "public, max-age=31536000, immutable"  # below /assets/, where new bytes have new names
_ASK_FIRST = "no-cache"  # kept, and asked for each time whether it is still right
_HEADERS = {
    "Content-Security-Policy": sent_policy(),
    "Strict-Transport-Security": "max-age=63072000",  # browsers heed it over HTTPS only
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER,
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


# In the order in which nginx tries them. A page at an old address is for hosts without redirects,
# so that its location comes first. `microsite_file` is the path below the output; a `set` stands
# in each location, because `add_header` in one would undo all those around it.
_NGINX = """\
# What nginx needs to know of the site; every build makes it anew. Include it in a location:
#   location %(place)s { root /path/to/this/folder; include /path/to/this/folder/.nginx.conf; }
server_tokens off;
absolute_redirect off;
disable_symlinks on from=$document_root;

default_type %(unknown)s;
types {
%(types)s}
charset utf-8;
charset_types %(texts)s;
gzip on;
gzip_comp_level 6;
gzip_min_length 500;
gzip_proxied any;
gzip_vary on;
gzip_types %(packed)s;

%(headers)sadd_header Cache-Control $microsite_cache always;

error_page 403 =404 %(prefix)s/404.html;
error_page 404 %(prefix)s/404.html;
location = %(prefix)s/404.html {
  internal;
  set $microsite_cache "%(ask)s";
  try_files /404.html =404;
}
%(exact)s
location ~ "^%(match)s/(.*/)?(\\.(?!well-known/)|_headers$|_redirects$)" {
  set $microsite_cache "%(ask)s";
  return 404;
}
location ~ "^%(match)s(?<microsite_file>/assets/.*[^/])$" {
  set $microsite_cache "%(ever)s";
  try_files $microsite_file =404;
}
location ~ "^%(match)s(?<microsite_file>/.*[^/])$" {
  set $microsite_cache "%(ask)s";
  if (-f $document_root$microsite_file/index.html) {
    rewrite ^(.*)$ $1/ permanent;
  }
  try_files $microsite_file =404;
}
location ~ "^%(match)s(?<microsite_file>/(.*/)?)$" {
  set $microsite_cache "%(ask)s";
  try_files ${microsite_file}index.html =404;
}
"""
_MOVED = """\
location = %(prefix)s%(path)s { set $microsite_cache "%(ask)s"; return 301 %(to)s$is_args$args; }
"""
_OF_FEED = """\
location = %(prefix)s/%(path)s {
  set $microsite_cache "%(ask)s";
  types {}
  default_type %(type)s;
  try_files /%(path)s =404;
}
"""


def host_files(pages: Sequence[Listed], paths: Collection[str], base_url: str) -> dict[str, bytes]:
    """Path in the output → bytes.

    `_headers` and `_redirects` are for Netlify and Cloudflare Pages, `.nginx.conf` for nginx;
    `.nojekyll` keeps GitHub Pages from leaving out names with an underscore. `paths`: all other
    files of the output.
    """
    scheme, _, prefix, _, _ = urlsplit(base_url)
    headers = dict(_HEADERS)
    if scheme != "https":
        del headers["Strict-Transport-Security"]
    moved = _moved(pages)
    feeds = sorted(path for path in paths if path.endswith(f"/{_FEED}"))
    files = {
        ".nginx.conf": _nginx(prefix, headers, moved, feeds),
        ".nojekyll": "",
        "_headers": _netlify(prefix, headers, feeds),
    }
    if moved:
        files["_redirects"] = _redirects(prefix, moved)
    return {path: text.encode() for path, text in files.items()}


def media_type(path: str) -> str:
    """The Content-Type of a file of the output."""
    name = path.rpartition("/")[2]
    type = _FEED_TYPE if name == _FEED else _TYPES.get(name.rpartition(".")[2], _UNKNOWN)
    return f"{type}; charset=utf-8" if _is_text(type) else type


def _moved(pages: Sequence[Listed]) -> dict[str, str]:
    """Old path from the root of the site → link to where it leads; `/` has no old address."""
    return {page.path: page.leads_to for page in pages if page.leads_to and page.path != "/"}


def _is_text(type: str) -> bool:
    return type.startswith("text/")


def _is_packed(type: str) -> bool:
    return _is_text(type) or type.endswith(("json", "xml"))


def _netlify(prefix: str, headers: Mapping[str, str], feeds: Sequence[str]) -> str:
    """Headers by path; the two hosts revalidate what no rule of ours is about by themselves.

    Two rules with one header for one path would be added up, so no rule repeats another's.
    Source: https://docs.netlify.com/manage/routing/headers/,
    https://developers.cloudflare.com/pages/configuration/headers/
    """
    rules = {
        "/*": headers,
        "/assets/*": {"Cache-Control": _FOR_EVER},
        **{f"/{path}": {"Content-Type": f"{_FEED_TYPE}; charset=utf-8"} for path in feeds},
    }
    lines: list[str] = []
    for path, wanted in rules.items():
        lines += [prefix + path, *(f"  {name}: {value}" for name, value in wanted.items())]
    return "".join(f"{line}\n" for line in lines)


def _redirects(prefix: str, moved: Mapping[str, str]) -> str:
    """Old addresses, each twice: Netlify heeds the first line, Cloudflare Pages the second.

    A page lies at each old address for hosts without redirects. Netlify shows it unless the
    status ends in `!`, which Cloudflare does not know and skips. Source:
    https://docs.netlify.com/manage/routing/redirects/redirect-options/ (shadowing),
    https://developers.cloudflare.com/pages/configuration/redirects/ (2,000 lines)
    """
    pairs = sorted((prefix + quote(path), to) for path, to in moved.items())
    lines = [f"{path} {to} {status}\n" for status in ("301!", "301") for path, to in pairs]
    return "".join(lines)


def _nginx(
    prefix: str, headers: Mapping[str, str], moved: Mapping[str, str], feeds: Sequence[str]
) -> str:
    """What a location of a server includes; the location itself names the folder.

    An old address has a location of its own: a `map` would have to stand outside of the server,
    and long addresses would not fit into the size that it has by default. Neither paths nor
    addresses can hold what means something to nginx: see `read_alias` and `read_base_url`.
    """
    every = {"prefix": prefix, "ask": _ASK_FIRST}
    exact = [_MOVED % {**every, "path": path, "to": moved[path]} for path in sorted(moved)]
    exact += [_OF_FEED % {**every, "path": path, "type": _FEED_TYPE} for path in feeds]
    kinds = [*_TYPES.values(), _FEED_TYPE]
    return _NGINX % {
        **every,
        "place": f"^~ {prefix}/" if prefix else "/",
        "match": re.escape(prefix),
        "unknown": _UNKNOWN,
        "types": "".join(f"  {type} {ending};\n" for ending, type in _TYPES.items()),
        "texts": " ".join(type for type in kinds if _is_text(type) and type != _ALWAYS),
        "packed": " ".join(type for type in kinds if _is_packed(type) and type != _ALWAYS),
        "headers": "".join(
            f'add_header {name} "{value}" always;\n' for name, value in headers.items()
        ),
        "exact": "".join(exact),
        "ever": _FOR_EVER,
    }
