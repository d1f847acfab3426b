"""One's account: sign in, see what one may do, change the password; an admin makes and disables accounts."""

import streamlit as st

from pages.ui import account_view, living
from pages.ui.page import open_page

t, know = open_page()
person = living.person()
with st.container(key="page-form"):
    account_view.account(person, dict(st.query_params), t)
    account_view.people(person, know, t)
