"""One page from the web: the only room that touches the network, and only where an address is named.

One request without cookies, after robots.txt was asked; redirects are followed and told. The standard library's HTTP
client is used since it takes a connection that is open already: the address that was checked is the one talked to.
"""

from claimcheck.fetch.get import Fetched, fetch
from claimcheck.fetch.keep import save, snapshot

__all__ = ["Fetched", "fetch", "save", "snapshot"]
