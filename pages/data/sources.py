"""Where every figure comes from, on what terms, and what was changed."""

from pages.ui.about import data_cards
from pages.ui.page import open_page, show

t, know = open_page()
show("sources.html", key="sources", **data_cards.sources(know, t))
