// How many fused multiply-adds a second the processor does, when nothing has to be waited for.
#include "fused.h"
#include "products.h"

#pragma STDC FP_CONTRACT OFF

enum { SUMS = 12 };

/// Sums that do not depend on each other, enough of them that one is ready by the time it is its turn again.
#define MULTIPLY_ADDS(NAME, TARGET, TYPE, LANES, FUSED)                                                    \
  TARGET static long NAME(long rounds, float number) {                                                     \
    const TYPE term = (TYPE){0} + number;                                                                  \
    TYPE sums[SUMS];                                                                                       \
    _Pragma("clang loop unroll(full)") for (int sum = 0; sum < SUMS; sum++) sums[sum] = term;              \
    for (long round = 0; round < rounds; round++) {                                                        \
      _Pragma("clang loop unroll(full)") for (int sum = 0; sum < SUMS; sum++) {                            \
        sums[sum] = FUSED(sums[sum], term, term);                                                          \
      }                                                                                                    \
    }                                                                                                      \
    volatile TYPE result = sums[0];                                                                        \
    _Pragma("clang loop unroll(full)") for (int sum = 1; sum < SUMS; sum++) result = sums[sum];            \
    (void)result;                                                                                          \
    return rounds * SUMS * LANES;                                                                          \
  }

MULTIPLY_ADDS(portable_multiply_adds, , float, 1, tapedeck_fused_float)

#if defined(__x86_64__)
typedef float Eight __attribute__((vector_size(32)));
typedef float Sixteen __attribute__((vector_size(64)));
MULTIPLY_ADDS(avx2_multiply_adds, __attribute__((target("avx2,fma"))), Eight, 8, __builtin_elementwise_fma)
MULTIPLY_ADDS(avx512_multiply_adds, __attribute__((target("avx512f"))), Sixteen, 16, __builtin_elementwise_fma)
#elif defined(__aarch64__)
typedef float Four __attribute__((vector_size(16)));
MULTIPLY_ADDS(neon_multiply_adds, , Four, 4, __builtin_elementwise_fma)
#endif

// The term is not known when it is compiled, or nothing would be left to do.
static volatile float half = 0.5f;

long tapedeck_multiply_adds(long rounds) {
  switch (tapedeck_kernels()) {
#if defined(__x86_64__)
  case TAPEDECK_AVX2_KERNELS: return avx2_multiply_adds(rounds, half);
  case TAPEDECK_AVX512_KERNELS: return avx512_multiply_adds(rounds, half);
#elif defined(__aarch64__)
  case TAPEDECK_NEON_KERNELS: return neon_multiply_adds(rounds, half);
#endif
  default: return portable_multiply_adds(rounds, half);
  }
}
