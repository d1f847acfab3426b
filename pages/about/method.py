"""How figures and maps are made."""

from pages.ui.about import about_method
from pages.ui.page import open_page, show

t, know = open_page()
show("method.html", key="method", **about_method.method(know, t))
