"""One's account: sign in, news of one's entries, change the password; whom to call where one looks after things.

An admin makes, changes and closes accounts.
"""

import streamlit as st

from pages.ui import living
from pages.ui.account import account_view, news, people, provider
from pages.ui.page import open_page
from pages.ui.records import contacts_view

t, know = open_page()
person = living.person()
with st.container(key="page-form"):
    account_view.account(person, dict(st.query_params), t)
    provider.offer(person, t)
    news.news(person, t)
    account_view.own_forms(person, t)
    contacts_view.contacts(person, know, t)
    people.people(person, know, t)
