"""Links in a terminal (OSC 8): which terminals know them, and where the name of a document leads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote

# what a terminal that shows links says of itself
PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"})
TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour"})
VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID")
FIRST_VTE = 5000  # GNOME Terminal and its kin; what came before shows the escape itself


def known(environ: Mapping[str, str], terminal: bool) -> bool:
    """Whether links are shown as links; FORCE_HYPERLINK says it outright, 0 is no.

    >>> known({"TERM_PROGRAM": "WezTerm"}, True), known({"TERM": "xterm"}, True)
    (True, False)
    """
    if forced := environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    term, vte = environ.get("TERM"), environ.get("VTE_VERSION", "")
    named = environ.get("TERM_PROGRAM") in PROGRAMS or term in TERMS or any(map(environ.get, VARIABLES))
    return terminal and term != "dumb" and (named or (vte.isdecimal() and int(vte) >= FIRST_VTE))


def target(url: str, path: str) -> str:
    """Where the name of a document leads: to the page that it was published on, else to its file.

    Only web addresses are followed, and nothing in them that a terminal would obey.
    """
    if url.lower().startswith(("http://", "https://")):
        return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")
    return f"file://{quote(os.path.abspath(path))}"
