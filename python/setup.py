# SPDX-License-Identifier: MIT
"""Builds the extension modules against libnghttp2.

make passes --include-dirs and --library-dirs of its own build; else pkg-config says where the
library is installed.
"""
import os
import subprocess

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

LIBRARY = "libnghttp2 >= 1.70.0"
MODULES = {
    "nghttp2._hpack": ["_hpack.pyx", "fields.pxi"],
    "nghttp2._session": ["_session.pyx", "fields.pxi", "body.pxi", "stream.pxi", "callbacks.pxi",
                         "connection.pxi"],
}


def pkg_config(option):
    try:
        return subprocess.run([os.environ.get("PKG_CONFIG", "pkg-config"), option, LIBRARY],
                              check=True, capture_output=True, text=True).stdout.split()
    except FileNotFoundError:
        raise SystemExit("pkg-config is missing: apt-get install pkg-config") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{LIBRARY} is not found. PKG_CONFIG_PATH may name the folder of its "
                         f"libnghttp2.pc.\n{error.stderr}") from None


class BuildWithCython(build_ext):
    """Leaves the C files of Cython in the build folder."""

    def finalize_options(self):
        from Cython.Build import cythonize  # here, since not every command needs it
        given = bool(self.library_dirs)
        super().finalize_options()
        if not given:
            for module in self.extensions:
                module.extra_compile_args += pkg_config("--cflags")
                module.extra_link_args += pkg_config("--libs-only-L")
        self.extensions = self.distribution.ext_modules = cythonize(
            self.extensions, build_dir=os.path.join(self.build_temp, "cython"), quiet=True,
            compiler_directives={"embedsignature": True})
        for module in self.extensions:
            module._needs_stub = False


setup(
    cmdclass={"build_ext": BuildWithCython},
    ext_modules=[
        Extension(name, [f"nghttp2/{files[0]}"], libraries=["nghttp2"],
                  depends=[f"nghttp2/{file}" for file in ["libnghttp2.pxd", *files[1:]]])
        for name, files in MODULES.items()
    ],
)
