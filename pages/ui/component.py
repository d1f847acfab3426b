"""Make a component whose script the browser fetches once: only a stub travels with each change."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.ui.served import static_address


def component(name: str, file: str, *, folder: str = "ui", look: str = "") -> Callable[..., Any]:
    """Return a Streamlit component (v2, no iframe) drawn by the function `render` of one of our scripts.

    `render({parentElement, data, setTriggerValue, setStateValue})` is called after each run; `look` names another
    component whose style it shares.
    """
    # The stub holds a line break: Streamlit takes a script of one line for the path of a file.
    address = static_address(folder, file)
    stub = f"let m;\nexport default a=>{{(m??=import(location.origin+'{address}')).then(x=>x.render(a))}}"
    return st.components.v2.component(name, html=f'<div class="{name} {look}"></div>', js=stub, isolate_styles=False)
