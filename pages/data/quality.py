"""What the register knows, what it lacks, whether each table keeps its contract, what was decided for doubtful rows."""

from pages.ui.about import about_data
from pages.ui.page import open_page, show

t, know = open_page()
show("quality.html", key="quality", **about_data.quality(know, t))
