// The kernels of the processor at hand, and products by them.
#include "common.h"

#include <stdatomic.h>

// Chosen when it is first asked for, not by the loader: its resolvers run before a sanitizer is ready.
static atomic_int kindInUse = TAPEDECK_BEST_KERNELS;

int tapedeck_can_use_kernels(int kind) {
  switch (kind) {
  case TAPEDECK_PORTABLE_KERNELS: return 1;
#if defined(__x86_64__)
  case TAPEDECK_AVX2_KERNELS: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case TAPEDECK_AVX512_KERNELS:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
  case TAPEDECK_NEON_KERNELS: return 1;
#endif
  default: return 0;
  }
}

static int best_kind(void) {
  static const int kinds[] = {TAPEDECK_AVX512_KERNELS, TAPEDECK_AVX2_KERNELS, TAPEDECK_NEON_KERNELS};
  for (int index = 0; index < 3; index++) {
    if (tapedeck_can_use_kernels(kinds[index])) return kinds[index];
  }
  return TAPEDECK_PORTABLE_KERNELS;
}

int tapedeck_kernels(void) {
  int kind = atomic_load_explicit(&kindInUse, memory_order_relaxed);
  if (kind == TAPEDECK_BEST_KERNELS) {
    kind = best_kind();
    atomic_store_explicit(&kindInUse, kind, memory_order_relaxed);
  }
  return kind;
}

int tapedeck_use_kernels(int kind) {
  if (kind != TAPEDECK_BEST_KERNELS && !tapedeck_can_use_kernels(kind)) return 0;
  atomic_store_explicit(&kindInUse, kind, memory_order_relaxed);
  return 1;
}

const char *tapedeck_kernels_name(int kind) {
  switch (kind) {
  case TAPEDECK_AVX2_KERNELS: return "AVX2";
  case TAPEDECK_AVX512_KERNELS: return "AVX-512";
  case TAPEDECK_NEON_KERNELS: return "NEON";
  default: return "portable";
  }
}

#if defined(__x86_64__)
#define MULTIPLY(TYPE, kind)                                                                               \
  ((kind) == TAPEDECK_AVX512_KERNELS ? tapedeck_avx512_##TYPE##_multiply                                   \
   : (kind) == TAPEDECK_AVX2_KERNELS ? tapedeck_avx2_##TYPE##_multiply                                     \
                                     : tapedeck_portable_##TYPE##_multiply)
#elif defined(__aarch64__)
#define MULTIPLY(TYPE, kind)                                                                               \
  ((kind) == TAPEDECK_NEON_KERNELS ? tapedeck_neon_##TYPE##_multiply : tapedeck_portable_##TYPE##_multiply)
#else
#define MULTIPLY(TYPE, kind) tapedeck_portable_##TYPE##_multiply
#endif

void tapedeck_multiply_float(const TapedeckFloatProduct *product, TapedeckRegion region, float *workspace) {
  MULTIPLY(float, tapedeck_kernels())(product, region, workspace);
}

void tapedeck_multiply_double(const TapedeckDoubleProduct *product, TapedeckRegion region, double *workspace) {
  MULTIPLY(double, tapedeck_kernels())(product, region, workspace);
}
