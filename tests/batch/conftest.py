"""Adding many reports is tested on each back end."""

from databases import new_url, postgresql, store, url

__all__ = ["new_url", "postgresql", "store", "url"]
