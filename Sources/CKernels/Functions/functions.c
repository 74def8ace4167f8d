// The functions by the kernels in use.
#include "functions.h"
#include "products.h"
#include "table.h"

static const TapedeckFunctions *functions(void) {
  switch (tapedeck_kernels()) {
#if defined(__x86_64__)
  case TAPEDECK_AVX2_KERNELS: return &tapedeck_avx2_functions;
  case TAPEDECK_AVX512_KERNELS: return &tapedeck_avx512_functions;
#endif
  default: return &tapedeck_portable_functions;
  }
}

#define CALL(NAME)                                                                                         \
  void tapedeck_##NAME##_float(long count, const float *x, float *result) {                                \
    functions()->NAME##_float(count, x, result);                                                           \
  }                                                                                                        \
  void tapedeck_##NAME##_double(long count, const double *x, double *result) {                             \
    functions()->NAME##_double(count, x, result);                                                          \
  }

EACH_FUNCTION(CALL)

void tapedeck_pow_float(long count, const float *x, const float *y, long yStep, float *result) {
  functions()->pow_float(count, x, y, yStep, result);
}

void tapedeck_pow_double(long count, const double *x, const double *y, long yStep, double *result) {
  functions()->pow_double(count, x, y, yStep, result);
}
