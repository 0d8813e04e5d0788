"""What an answer says in HTTP, as values: its tags, how long it is kept, the forms of a document.

Pure: nothing here knows Flask, ASGI, a socket or the library, so that whatever sends an answer sends the same one.
"""
