"""Fill the templates: HTML is written nowhere else, and every value is escaped."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


class Absent(StrictUndefined):
    """A fact that a row does not have: templates may ask whether it is there, never print it."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]  # the stricter class refuses the question itself
        return False


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=Absent, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["web"] = is_web
    return environment


def is_web(address: object) -> bool:
    """Tell whether an address found in a table may be a link: `javascript:` and its like would run when clicked."""
    return isinstance(address, str) and address.startswith(("http://", "https://"))


def render(template: str, **context: object) -> str:
    """Fill a template; every value is escaped."""
    return _environment().get_template(template).render(**context)
