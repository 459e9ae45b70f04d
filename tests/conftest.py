"""What holds for every test: none reads or fills the cache of the person who runs it."""

import os

os.environ["CLAIMCHECK_CACHE"] = "off"
