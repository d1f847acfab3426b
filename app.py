"""Atlas solidaire. `streamlit run app.py` serves the pages and, beside them, what the maps fetch.

Streamlit imports this file to find the server, `app`, then runs it as a script, `main()`, for each visitor.
"""

from pathlib import Path

import streamlit as st

from pages import PAGES


def main() -> None:
    """Show the menu and the page asked for, in the visitor's language."""
    from pages.ui import frame  # noqa: PLC0415 - the server imports this file too, before a script may run
    from pages.ui.page import say_when_the_store_is_away, trouble_said  # noqa: PLC0415 - likewise

    t = frame.texts()
    entries = {
        page.key: st.Page(page.path, title=t(f"menu.{page.key}"), url_path=page.key, default=page is PAGES[0])
        for page in PAGES
    }
    chosen = st.navigation(list(entries.values()), position="hidden")
    current = next(key for key, entry in entries.items() if entry is chosen)
    st.set_page_config(page_title=frame.page_title(t, current), layout="wide")
    frame.frame(t, current)
    say_when_the_store_is_away()
    with trouble_said():
        chosen.run()


if __name__ == "__main__":
    main()
else:
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from pages.ui.ahead import laying_out
    from pages.ui.doorway import Doorway
    from pages.ui.page import unexpected
    from pages.ui.server import ROUTES
    from pages.ui.wire import remember_whole_runs

    # Streamlit takes a folder named `pages` for its old menu until the first visit: that visitor's link
    # would not be found.
    PagesManager.uses_pages_directory = False
    remember_whole_runs()
    app = st.App(
        Path(__file__),
        lifespan=laying_out,
        routes=ROUTES,
        middleware=[Middleware(Doorway)],
        on_script_error=unexpected,
    )
