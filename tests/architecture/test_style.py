"""The style sheet is one list of sections: none may fall inside a media query left open by the one above."""

import re
from pathlib import Path

SHEET = Path(__file__).parents[2] / "pages/ui/static/atlas.css"


def test_every_section_of_the_style_sheet_stands_outside_any_block():
    sheet = SHEET.read_text(encoding="utf-8")
    sections = list(re.finditer(r"^/\* (.+?) -{10,}", sheet, flags=re.MULTILINE))
    assert len(sections) > 5
    depths = {found[1]: sheet[: found.start()].count("{") - sheet[: found.start()].count("}") for found in sections}
    assert depths == dict.fromkeys(depths, 0)
    assert sheet.count("{") == sheet.count("}")
