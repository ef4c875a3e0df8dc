"""The desk: reports with their records marked, questions to the store, and corrections, in the browser.

create_app(store, Desk options) gives a FastAPI application; `polybius serve --store URL` runs it.

    safety     who may ask, and what a page may do: token, form token, size, headers
    pages      templates, and the words and signs they use
    marks      a report's text cut at the edges of everything that rests on it
    asked      a query string as a filter of the store, and back
    questions  what only the desk asks the store: what is new, months, actors, points, networks
    spot       a text coded on the spot, in a thread of its own
    review     corrections by readers: kept beside the coder's records, never over them
    *_pages    the routes, a file a group of pages; api: the same as JSON
"""

from polybius.web.app import create_app

__all__ = ["create_app"]
