# SPDX-License-Identifier: MIT
"""The build backend of pip: setuptools and Cython of the system, also in pip's empty environment."""
import importlib.util
import pathlib
import site
import sys

PLACES = [*site.getsitepackages([sys.base_prefix]), "/usr/lib/python3/dist-packages",
          *site.getsitepackages()]

for name, package in (("setuptools", "python3-setuptools"), ("Cython", "cython3"),
                      ("wheel", "python3-wheel")):
    for place in PLACES:
        if importlib.util.find_spec(name) is not None:
            break
        if (pathlib.Path(place) / name).is_dir() and place not in sys.path:
            sys.path.append(place)
            importlib.invalidate_caches()
    if importlib.util.find_spec(name) is None:
        raise SystemExit(f"{name} is missing: apt-get install {package}, or pip install {name}")

from setuptools.build_meta import *  # noqa: E402,F401,F403  (what pip calls)


def get_requires_for_build_wheel(config_settings=None):
    """Nothing that pip would have to fetch: see above."""
    return []


get_requires_for_build_sdist = get_requires_for_build_editable = get_requires_for_build_wheel
