"""Say what is wrong or missing, without an account; read what was said and what was decided.

A villager reads a sheet and sees that the well is dry: two sentences and a place must be enough.
"""

import streamlit as st

from pages.ui import living
from pages.ui.page import open_page, trouble_said
from pages.ui.records import corrections_view

t, know = open_page()
person = living.person()
with st.container(key="page-form"), trouble_said():
    corrections_view.corrections(person, know, t)
