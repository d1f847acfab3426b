"""What waits for a validator: what changed, side by side, what it may repeat, and the decision."""

import streamlit as st

from pages.ui import living
from pages.ui.page import open_page, trouble_said
from pages.ui.records import review_view

t, know = open_page()
person = living.person()
with st.container(key="page-form-wide"), trouble_said():
    review_view.review(person, know, t)
