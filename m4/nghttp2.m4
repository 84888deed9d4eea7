# SPDX-License-Identifier: MIT
# Macros of configure.ac: optional parts, compiler flags, sanitizers.

# NGHTTP2_DECIDE(VARIABLE, OPTION, FOUND, PACKAGES)
# Settles an optional part. VARIABLE holds what was asked for (yes, no or auto) and ends as yes or no.
# FOUND is a shell test that succeeds if the part can be built; PACKAGES are what Debian calls the
# missing pieces.
AC_DEFUN([NGHTTP2_DECIDE], [
  AS_CASE([$$1],
    [no], [],
    [yes|auto], [
      AS_IF([$3], [$1=yes],
            [test "x$$1" = xyes],
            [AC_MSG_ERROR([$2 was given, but its requirements are missing: apt-get install $4])],
            [$1=no])
    ],
    [AC_MSG_ERROR([$2 takes yes or no, not '$$1'])])
])

# NGHTTP2_PYTHON
# Finds a Python that has what the bindings are built with, in PYTHON if that is set; sets
# have_python, and PYTHON and pyexecdir with it.
AC_DEFUN([NGHTTP2_PYTHON], [
  AC_ARG_VAR([PYTHON], [the Python interpreter for the bindings])
  AC_CACHE_CHECK([for a Python with Cython, setuptools and headers], [nghttp2_cv_python], [
    nghttp2_cv_python=no
    for nghttp2_python in ${PYTHON:-python3 /usr/bin/python3}; do
      AS_IF([$nghttp2_python -c '
import os, sys, sysconfig, Cython, setuptools
header = os.path.join(sysconfig.get_paths()[["include"]], "Python.h")
sys.exit(sys.version_info < (3, 9) or not os.path.exists(header))' >&AS_MESSAGE_LOG_FD 2>&1],
        [nghttp2_cv_python=$nghttp2_python; break])
    done
  ])
  AS_IF([test "x$nghttp2_cv_python" = xno], [have_python=no], [
    have_python=yes
    PYTHON=$nghttp2_cv_python
    AM_PATH_PYTHON([3.9])
    # Debian has its own name for the folder.
    AS_IF([$PYTHON -c 'import site, sys
sys.exit(not site.getsitepackages()[[0]].endswith("dist-packages"))'],
      [pyexecdir=`echo "$pyexecdir" | sed 's/site-packages$/dist-packages/'`])
  ])
])

# NGHTTP2_CXX_FLAG(VARIABLE, FLAG)
# Appends FLAG to VARIABLE if the C++ compiler takes it.
AC_DEFUN([NGHTTP2_CXX_FLAG], [
  AS_VAR_PUSHDEF([cache], [nghttp2_cv_cxx_flag_$2])
  AC_CACHE_CHECK([whether $CXX accepts $2], [cache], [
    nghttp2_saved_flags=$CXXFLAGS
    CXXFLAGS="$CXXFLAGS -Werror $2"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])], [AS_VAR_SET([cache], [yes])],
                      [AS_VAR_SET([cache], [no])])
    CXXFLAGS=$nghttp2_saved_flags
  ])
  AS_VAR_IF([cache], [yes], [AS_VAR_APPEND([$1], [" $2"])])
  AS_VAR_POPDEF([cache])
])

# NGHTTP2_LTO
# Sets have_lto: whether the compilers make one optimised whole of objects that hold machine
# code as well, and link it as C.
AC_DEFUN([NGHTTP2_LTO], [
  AC_CACHE_CHECK([for link-time optimisation with usable objects], [nghttp2_cv_lto], [
    nghttp2_cv_lto=no
    cat >conftest1.cc <<'END'
int inner(int value) { return value + 1; }
END
    cat >conftest2.cc <<'END'
int inner(int value);
extern "C" int nghttp2_outer(int value) { return inner(value) - 1; }
END
    AS_IF([{ $CXX $CXXFLAGS -Werror -fPIC -flto=auto -ffat-lto-objects -c conftest1.cc conftest2.cc &&
             $CC $CFLAGS $LDFLAGS -flto=auto -shared -o conftest.so conftest1.o conftest2.o &&
             $CC $CFLAGS $LDFLAGS -fno-lto -shared -o conftest.so conftest1.o conftest2.o
           } >&AS_MESSAGE_LOG_FD 2>&1], [nghttp2_cv_lto=yes])
    rm -f conftest1.* conftest2.* conftest.so
  ])
  have_lto=$nghttp2_cv_lto
])

# NGHTTP2_CXX20
# Finds the flag for C++20 and adds it to CXX, so that every C++ rule has it.
AC_DEFUN([NGHTTP2_CXX20], [
  AC_CACHE_CHECK([for the option of $CXX for C++20], [nghttp2_cv_cxx20], [
    nghttp2_cv_cxx20=none
    nghttp2_saved_cxx=$CXX
    for nghttp2_flag in -std=c++20 -std=c++2a; do
      CXX="$nghttp2_saved_cxx $nghttp2_flag"
      AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
        #include <bit>
        #include <concepts>
        #include <type_traits>
        template <class T> requires std::integral<T> consteval T twice(T value) { return 2 * value; }
        static_assert(twice(2) == 4 && std::has_single_bit(64u) && __cplusplus > 201703L);
      ]])], [nghttp2_cv_cxx20=$nghttp2_flag; break])
    done
    CXX=$nghttp2_saved_cxx
  ])
  AS_IF([test "x$nghttp2_cv_cxx20" = xnone],
        [AC_MSG_ERROR([$CXX does not compile C++20: apt-get install g++ (12 or newer) or clang (14 or newer)])])
  CXX="$CXX $nghttp2_cv_cxx20"
])

# NGHTTP2_SANITIZERS(LIST)
# Checks that the compilers can link with -fsanitize=LIST and sets SANITIZER_FLAGS.
AC_DEFUN([NGHTTP2_SANITIZERS], [
  SANITIZER_FLAGS="-fsanitize=$1 -fno-sanitize-recover=all -fno-omit-frame-pointer"
  # Two checks want run-time type information, which the library is built without.
  AS_CASE([$1], [*undefined*], [
    SANITIZER_FLAGS="$SANITIZER_FLAGS -fno-sanitize=vptr"
    NGHTTP2_CXX_FLAG([SANITIZER_FLAGS], [-fno-sanitize=function])
  ])
  AC_MSG_CHECKING([whether $CXX can link with $SANITIZER_FLAGS])
  nghttp2_saved_flags=$CXXFLAGS
  CXXFLAGS="$CXXFLAGS $SANITIZER_FLAGS"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])], [
    AC_MSG_RESULT([no])
    AC_MSG_ERROR([--enable-sanitizers=$1: $CXX cannot link such a program; address,undefined and thread are the lists in use, and clang needs: apt-get install libclang-rt-14-dev])
  ])
  CXXFLAGS=$nghttp2_saved_flags
])
