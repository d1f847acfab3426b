"""How figures and maps are made."""

from pages.ui.page import open_page, show

SECTIONS = ("register", "places", "money", "selection", "boundaries", "limits")

t, know = open_page()
show(
    "method.html",
    key="method",
    title=t("menu.method"),
    lead=t("method.lead"),
    sections=[
        {"title": t(f"method.{name}.title"), "paragraphs": t(f"method.{name}.text").splitlines()} for name in SECTIONS
    ],
)
