"""Imported by the fork server only, after all else: it leaves at once.

To let go of all that it has imported for its workers would take longer than to write a small store, and who waits for
what a build prints (a pipe, a scheduler) waits for all who could still print.
"""

import atexit
import os

# What is registered last is called first.
atexit.register(os._exit, 0)
