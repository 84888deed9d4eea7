# SPDX-License-Identifier: MIT
"""Every option of h2load has a test that fails if the option is ignored."""
from support import options


def test_every_option_is_covered():
    options.check_all_covered("h2load")
