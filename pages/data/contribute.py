"""Propose a project, a need, an offer: a draft that is kept, then handed to whoever validates.

Somebody from an association comes, on a phone, with « we dug a well at Tabia, put it on the map »; the first thing they
try is to write its name and find its place.
"""

import streamlit as st

from pages.ui import living
from pages.ui.page import open_page, trouble_said
from pages.ui.records import contribute_view

t, know = open_page()
person = living.person()
with st.container(key="page-form"), trouble_said():
    contribute_view.contribute(person, know, t)
