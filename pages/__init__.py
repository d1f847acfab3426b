"""The menu, in order. One line adds a page; its script lies in a section's folder, never directly here.

Streamlit would otherwise take the scripts of this folder for pages of its own making, and run deep links without
`app.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page: `key` is its address and its word in the texts (`menu.<key>`), `section` its place in the menu."""

    key: str
    section: str
    path: str
    icon: str = ""


PAGES = (
    Page("overview", "explore", "pages/explore/overview.py", ":material/explore:"),
    Page("projects", "explore", "pages/explore/projects.py", ":material/map:"),
    Page("needs", "explore", "pages/explore/needs.py", ":material/water_drop:"),
    Page("villages", "explore", "pages/explore/villages.py", ":material/holiday_village:"),
    Page("territory", "explore", "pages/explore/territory.py", ":material/description:"),
    Page("actors", "act", "pages/act/actors.py", ":material/handshake:"),
    Page("gaps", "act", "pages/act/gaps.py", ":material/balance:"),
    Page("matching", "act", "pages/act/matching.py", ":material/join_inner:"),
    Page("replicate", "act", "pages/act/replicate.py", ":material/content_copy:"),
    Page("present", "workshop", "pages/workshop/present.py", ":material/co_present:"),
    Page("package", "workshop", "pages/workshop/package.py", ":material/inventory_2:"),
    Page("contribute", "data", "pages/data/contribute.py", ":material/edit_note:"),
    Page("import", "data", "pages/data/import.py", ":material/upload_file:"),
    Page("review", "data", "pages/data/review.py", ":material/inbox:"),
    Page("corrections", "data", "pages/data/corrections.py", ":material/report:"),
    Page("account", "data", "pages/data/account.py", ":material/account_circle:"),
    Page("sources", "data", "pages/data/sources.py", ":material/menu_book:"),
    Page("quality", "data", "pages/data/quality.py", ":material/fact_check:"),
    Page("api", "data", "pages/data/api.py", ":material/api:"),
    Page("guide", "about", "pages/about/guide.py", ":material/directions:"),
    Page("method", "about", "pages/about/method.py", ":material/square_foot:"),
)
