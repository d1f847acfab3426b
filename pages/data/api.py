"""How programs read the atlas: a developer or a data officer looks for an address to try, then for its parameters."""

from urllib.parse import urlsplit

import streamlit as st

from pages.ui.about import about_api
from pages.ui.page import open_page, show

t, know = open_page()
here = urlsplit(st.context.url or "")
show("api.html", key="api", **about_api.about(f"{here.scheme}://{here.netloc}{here.path.rpartition('/')[0]}", know, t))
