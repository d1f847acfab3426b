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


PAGES = (
    Page("overview", "explore", "pages/explore/overview.py"),
    Page("projects", "explore", "pages/explore/projects.py"),
    Page("needs", "explore", "pages/explore/needs.py"),
    Page("villages", "explore", "pages/explore/villages.py"),
    Page("territory", "explore", "pages/explore/territory.py"),
    Page("actors", "act", "pages/act/actors.py"),
    Page("gaps", "act", "pages/act/gaps.py"),
    Page("matching", "act", "pages/act/matching.py"),
    Page("replicate", "act", "pages/act/replicate.py"),
    Page("present", "workshop", "pages/workshop/present.py"),
    Page("package", "workshop", "pages/workshop/package.py"),
    Page("contribute", "data", "pages/data/contribute.py"),
    Page("import", "data", "pages/data/import.py"),
    Page("review", "data", "pages/data/review.py"),
    Page("corrections", "data", "pages/data/corrections.py"),
    Page("account", "data", "pages/data/account.py"),
    Page("sources", "data", "pages/data/sources.py"),
    Page("quality", "data", "pages/data/quality.py"),
    Page("api", "data", "pages/data/api.py"),
    Page("guide", "about", "pages/about/guide.py"),
    Page("method", "about", "pages/about/method.py"),
)
