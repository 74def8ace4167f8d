#include "kernels.h"
#include "processors.h"

// A comparison with x on its left keeps NaN: max(0, NaN) would be 0.
#define RELU(TYPE)                                                                                         \
  FOR_EVERY_PROCESSOR void tapedeck_relu_##TYPE(long count, const TYPE *x, TYPE *result) {                 \
    for (long index = 0; index < count; index++) result[index] = x[index] < 0 ? 0 : x[index];              \
  }                                                                                                        \
  FOR_EVERY_PROCESSOR void tapedeck_relu_gradient_##TYPE(                                                  \
      long count, const TYPE *upstream, const TYPE *y, TYPE *result) {                                     \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE slope = upstream[index];                                                                  \
      result[index] = y[index] <= 0 ? 0 : slope;                                                           \
    }                                                                                                      \
  }

RELU(float)
RELU(double)
