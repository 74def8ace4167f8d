/// What all files of kernels share.
#include "kinds.h"

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

/// A loop of a fixed length whose variables are registers; and one whose turns have nothing to do with each other.
#if defined(__clang__)
#define EACH_BY_ITSELF _Pragma("clang loop vectorize(assume_safety)")
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define EACH_BY_ITSELF _Pragma("GCC ivdep")
#define UNROLL _Pragma("GCC unroll 32")
#endif
