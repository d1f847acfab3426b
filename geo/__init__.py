"""Questions about places and projects: pure functions, table in, table out.

Behind each page stands a chain of the same names: `x_state` is what its address says, `x_selection` the one selection
that all it shows comes from, `x_export` the tables to take away. The modules, by what they are about:

* addresses: address, state, strangers, territories_state, territory_state, package_state, present_state
* which place is meant: places, place_names, resolution, spelling, folding, official_places
* where things lie: boundaries, crs, locate, neighbours, coupon_grid, flow_lines
* projects and their money: register, selection, summary, allocation, placement, presence, portfolio, activities,
  overlaps
* what is measured: indicators, need_levels, adding_up, need_change, profile, territory_export, reading_export
* the need index, from a value to a rank: normalisation, hierarchy, aggregation, composition, needs, uncertainty,
  counting, reasons, standing
* the need index as the catalogue declares it, and its page: need_tree, needs_state, need_selection, need_view,
  need_export
* classes of a map: classify, natural_breaks
* need beside money: gaps, absence, concentration, gap_needs, gap_places, gaps_state, gap_selection, gap_export
* measures of others: inequality, shares, poverty, access, walking
* villages: villages, village_search, village_concern, villages_state, village_selection, village_export
* those who act: actors, ties, directory, partnerships, offices, actors_state, actor_selection, actor_export
* who fits what: matching, match_field, match_score, match_reasons, nearness, sector_need, calls, offers,
  matching_state, matching_selection
* what could be repeated where: replication, similarity, context, replication_state
* the guide and stories: guide, guide_state, story, story_place
"""
