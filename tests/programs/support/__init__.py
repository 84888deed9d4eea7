# SPDX-License-Identifier: MIT
"""Processes, certificates and HTTP/2 peers that the program tests are written with."""
