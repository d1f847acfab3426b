"""What a page usually fetches, written into the page itself: scripts, styles, pictures, data."""

import base64
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_IMPORT = re.compile(r"""(\b(?:from|import)\s+)'(\.[^']+)'""")
_CLOSING = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


@dataclass(frozen=True)
class Resource:
    """What the map asks for by address: its media type and its bytes."""

    media_type: str
    body: bytes


def data_url(resource: Resource) -> str:
    """Return a resource as an address that holds it."""
    return f"data:{resource.media_type};base64,{base64.b64encode(resource.body).decode('ascii')}"


def json_text(content: Any) -> str:
    r"""Write content as JSON that may stand inside a script element whatever it says: no character opens a tag.

    Examples
    --------
    >>> json_text({"name": "</script><b>"})
    '{"name":"\\u003c/script>\\u003cb>"}'
    """
    return inside_script(json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def inside_script(json_source: str) -> str:
    """Return JSON with every `<` as a reference: in JSON one stands inside a string only."""
    return json_source.replace("<", "\\u003c")


def script_text(source: str) -> str:
    r"""Return JavaScript that does not close the element it stands in.

    Examples
    --------
    >>> script_text("const end = '</script>';")
    "const end = '\\x3c/script>';"
    """
    return _CLOSING.sub(r"\\x3c", source)


def import_map(modules: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return an import map in which each module is an address that holds it.

    A file opened from a disk may import nothing beside it. Modules find one another by the names of the map instead
    of by relative paths.

    Parameters
    ----------
    modules
        Source of each module by its path, such as `static/map.js`.

    Raises
    ------
    ValueError
        A module imports one that is not given.

    Examples
    --------
    >>> held = import_map({"a/x.js": "import '../b/y.js';", "b/y.js": ""})["imports"]
    >>> base64.b64decode(held["a/x.js"].partition("base64,")[2])
    b"import 'b/y.js';"
    """
    return {
        "imports": {
            path: data_url(Resource("text/javascript", _by_name(path, source, modules).encode()))
            for path, source in modules.items()
        }
    }


def _by_name(path: str, source: str, modules: Mapping[str, str]) -> str:
    def named(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
        if target not in modules:
            raise ValueError(f"{path} imports '{found[2]}', which is not among the modules of the file")
        return f"{found[1]}'{target}'"

    return _IMPORT.sub(named, source)
