"""One's account: sign in, news of one's entries, change the password; an admin makes and disables accounts."""

import streamlit as st

from pages.ui import account_view, living, news
from pages.ui.page import open_page

t, know = open_page()
person = living.person()
with st.container(key="page-form"):
    account_view.account(person, dict(st.query_params), t)
    news.news(person, t)
    account_view.people(person, know, t)
