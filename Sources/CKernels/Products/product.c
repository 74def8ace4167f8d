// The kernels of the processor at hand, and products by them.
#include "common.h"

#include <stdatomic.h>
#include <string.h>

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
#define KERNELS_OF(TYPE, kind)                                                                             \
  ((kind) == TAPEDECK_AVX512_KERNELS ? &tapedeck_avx512_##TYPE##_kernels                                   \
   : (kind) == TAPEDECK_AVX2_KERNELS ? &tapedeck_avx2_##TYPE##_kernels                                     \
                                     : &tapedeck_portable_##TYPE##_kernels)
#elif defined(__aarch64__)
#define KERNELS_OF(TYPE, kind)                                                                             \
  ((kind) == TAPEDECK_NEON_KERNELS ? &tapedeck_neon_##TYPE##_kernels : &tapedeck_portable_##TYPE##_kernels)
#else
#define KERNELS_OF(TYPE, kind) (&tapedeck_portable_##TYPE##_kernels)
#endif

// Sizes are enough for every kind, so that kernels may be changed while others compute.
static const int kinds[] = {
    TAPEDECK_PORTABLE_KERNELS, TAPEDECK_AVX2_KERNELS, TAPEDECK_AVX512_KERNELS, TAPEDECK_NEON_KERNELS};

#define GREATEST(TYPE, MEMBER, ...)                                                                        \
  long greatest = 0;                                                                                       \
  for (int index = 0; index < 4; index++) {                                                                \
    const long size = KERNELS_OF(TYPE, kinds[index])->MEMBER(__VA_ARGS__);                                 \
    if (size > greatest) greatest = size;                                                                  \
  }                                                                                                        \
  return greatest;

// A packed matrix begins with the kind of kernels that reads it.
#define PRODUCTS(TYPE, NAME)                                                                               \
  long tapedeck_product_workspace_##TYPE(const Tapedeck##NAME##Product *product) {                         \
    GREATEST(TYPE, workspace, product->rows, product->columns, product->inner)                             \
  }                                                                                                        \
                                                                                                           \
  void tapedeck_multiply_##TYPE(                                                                           \
      const Tapedeck##NAME##Product *product, TapedeckRegion region, TYPE *workspace) {                    \
    KERNELS_OF(TYPE, tapedeck_kernels())->multiply(product, region, 0, workspace);                         \
  }                                                                                                        \
                                                                                                           \
  long tapedeck_packed_count_##TYPE(long inner, long columns) {                                            \
    GREATEST(TYPE, packedCount, inner, columns)                                                            \
  }                                                                                                        \
                                                                                                           \
  void tapedeck_pack_##TYPE(long inner, Tapedeck##NAME##Matrix right, long from, long to, TYPE *packed) {  \
    const int kind = tapedeck_kernels();                                                                   \
    if (from == 0) memcpy(packed, &kind, sizeof kind);                                                     \
    KERNELS_OF(TYPE, kind)->pack(inner, from, to, right, packed);                                          \
  }                                                                                                        \
                                                                                                           \
  void tapedeck_multiply_packed_##TYPE(                                                                    \
      const Tapedeck##NAME##Product *product, const TYPE *packed, TapedeckRegion region,                   \
      TYPE *workspace) {                                                                                   \
    int kind;                                                                                              \
    memcpy(&kind, packed, sizeof kind);                                                                    \
    KERNELS_OF(TYPE, kind)->multiply(product, region, packed, workspace);                                  \
  }

PRODUCTS(float, Float)
PRODUCTS(double, Double)
