"""Codes of IATI 2.03 for the words of the atlas, each list named as in the standard (https://iatistandard.org)."""

VERSION = "2.03"
ACTIVITY_STATUS = {
    "pipeline": "1",
    "implementation": "2",
    "finalisation": "3",
    "closed": "4",
    "cancelled": "5",
    "suspended": "6",
}
ROLE = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
RELATED = {"part_of": "1", "same_as": "3"}
"""RelatedActivityType: 1 parent, 3 sibling."""
START = {True: "1", False: "2"}
END = {True: "3", False: "4"}
"""ActivityDateType, planned or actual."""
COMMITMENT = "2"
DAC_5, OURS = "1", "99"
"""SectorVocabulary: OECD DAC purpose codes of 5 digits; the reporting organisation's own."""
DAC_VOCABULARIES = ((DAC_5, "DAC"), ("2", "DAC-3"))
"""The OECD's purpose codes of 5 digits, then those of 3, as versions 2.x and 1.x name their lists."""
WEB_PAGE, ABOUT_RESULTS = "A12", "A08"
"""DocumentCategory: a page about the activity; its results, outcomes and outputs, nearest to a photograph of it."""
REACH_ACTIVITY = "1"
CLASS_ADMINISTRATIVE, CLASS_PLACE = "1", "2"
ORGANISATION_TYPE = {
    "mre_association": "22",
    "village_association": "22",
    "association": "22",
    "cooperative": "70",
    "federation": "22",
    "commune": "11",
    "province": "11",
    "region": "11",
    "ministry": "10",
    "agency": "15",
    "programme": "15",
    "ngo": "21",
    "foundation": "60",
    "company": "70",
    "university": "80",
    "local_authority_abroad": "11",
    "foreign_administration": "10",
}
"""OrganisationType; kinds that are none of its members (funder, individuals, unknown) carry no type."""
STATUS_WORD = {code: word for word, code in ACTIVITY_STATUS.items()}
ROLE_WORD = {code: word for word, code in ROLE.items()} | {
    # Versions 1.x said the role as a word.
    "Funding": "funding",
    "Accountable": "accountable",
    "Extending": "extending",
    "Implementing": "implementing",
}
DATE_WORD = {
    "1": ("start", True),
    "2": ("start", False),
    "3": ("end", True),
    "4": ("end", False),
    "start-planned": ("start", True),
    "start-actual": ("start", False),
    "end-planned": ("end", True),
    "end-actual": ("end", False),
}
TRANSACTION_COMMITMENT = (COMMITMENT, "C")
