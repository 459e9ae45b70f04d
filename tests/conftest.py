"""What holds for every test: none reads or fills the cache of the person who runs it, but one of the run's own."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

if "CLAIMCHECK_TESTED_WITH" not in os.environ:  # set in the processes that this one starts
    os.environ["CLAIMCHECK_TESTED_WITH"] = os.environ["CLAIMCHECK_CACHE"] = tempfile.mkdtemp(prefix="claimcheck-tests-")
    atexit.register(shutil.rmtree, os.environ["CLAIMCHECK_CACHE"], ignore_errors=True)
