// SPDX-License-Identifier: MIT
// Assertions for the library's own invariants; never for peer input or caller arguments.
#pragma once

#ifdef NGHTTP2_DEBUG_CHECKS
#define H2_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())
#else
#define H2_ASSERT(condition) ((void)0)
#endif

// Marks a place that no input can reach.
#define H2_UNREACHABLE() (H2_ASSERT(false), __builtin_unreachable())
