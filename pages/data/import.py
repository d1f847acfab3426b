"""Bring in a file of projects: see what it holds and what it would change, decide, mend what is held back.

Somebody from a province or a funder comes with a spreadsheet of two hundred projects; the first thing they try is to
drop it here and see whether the atlas understands it.
"""

import streamlit as st

from pages.ui import living
from pages.ui.imports import import_view
from pages.ui.page import open_page, trouble_said

t, know = open_page()
person = living.person()
with st.container(key="page-form-wide"), trouble_said():
    import_view.bring_in(person, know, t)
