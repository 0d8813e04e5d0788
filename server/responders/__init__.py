"""What the library answers to a request that has been understood: each finds, judges, and gives a ready answer.

Nothing here knows Flask or ASGI, so that every way out of the house gives the same answer. Mistakes are raised as
`LibraryError`. With `may_wait=False` whatever would hold up other requests raises `NeedsTime` instead.
"""


class NeedsTime(Exception):
    """The answer must be computed or read first; to be asked again where waiting does no harm."""
