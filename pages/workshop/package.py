"""The workshop package: all that a meeting without internet needs, on a USB stick.

Whoever leads a workshop comes the evening before with « what can I take along, and leave with the associations? ». They
press the one button, watch it for a minute or two, and copy one file.
"""

import streamlit as st

from pages.ui import actions, address
from pages.ui.package import package_view
from pages.ui.page import open_page, trouble_said

t, know = open_page()


@st.fragment
@trouble_said()
def package() -> None:
    """Rerun alone when a choice is made, or a package begun or stopped."""
    changes = actions.take()
    acts = {name: changes.pop(name) for name in (package_view.MAKE, package_view.STOP) if name in changes}
    state, problems = address.PACKAGE.current(know, acted=bool(changes or acts))
    state = address.PACKAGE.change(know, state, changes)
    with st.container(key="page-form-package"):
        package_view.package(know, state, acts, problems, t)
    address.PACKAGE.write(state)


package()
