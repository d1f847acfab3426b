"""The address of the sheet of a territory or a village, for the pages that lead there."""

from urllib.parse import urlencode

from data.texts import Texts
from geo.territory_state import ADDRESS, TerritoryState


def sheet_address(code: str, t: Texts) -> str:
    """Return the relative address of the sheet of a territory of any level, or of a village."""
    return "territory?" + urlencode({"lang": t.language} | ADDRESS.encode(TerritoryState(code)))


def sheet_link(code: str, t: Texts) -> dict[str, str]:
    """Return a link to the whole sheet, as `sheet.html` shows one: label, value, address."""
    return {"label": t("territory.whole"), "value": t("territory.open"), "link": sheet_address(code, t)}
