"""What people enter: records with a version, a status and a history, in a database reached by one interface.

The shipped tables (`data.store`) are files and never change while the atlas runs; everything else lives here. Nothing
outside this package knows SQLAlchemy.
"""
