#include <math.h>

#include "kernels.h"
#include "processors.h"

// Running totals side by side, whose number does not depend on the processor: so no sum does either.
enum { LANES = 64, BLOCK = TAPEDECK_SQUARES_BLOCK };

// Squares of a block are added up in single precision, the blocks in double: right to six digits, at the speed of
// memory. A block whose sum leaves the range of single precision, or nearly, is squared again in double.
static const float leastSum = 0x1p-90f;

#define EXACT_SUM(name, TYPE)                                                                              \
  static inline __attribute__((always_inline)) double name(long count, const TYPE *values) {               \
    double lanes[16] = {0}, total = 0;                                                                     \
    long index = 0;                                                                                        \
    for (; index + 16 <= count; index += 16) {                                                             \
      for (int lane = 0; lane < 16; lane++) {                                                              \
        const double value = values[index + lane];                                                         \
        lanes[lane] += value * value;                                                                      \
      }                                                                                                    \
    }                                                                                                      \
    for (; index < count; index++) lanes[index % 16] += (double)values[index] * values[index];             \
    for (int lane = 0; lane < 16; lane++) total += lanes[lane];                                            \
    return total;                                                                                          \
  }

EXACT_SUM(exact_sum_float, float)
EXACT_SUM(exact_sum_double, double)

FOR_EVERY_PROCESSOR double tapedeck_sum_of_squares_float(long count, const float *values) {
  double total = 0;
  for (long start = 0; start < count; start += BLOCK) {
    const float *block = values + start;
    const long length = count - start < BLOCK ? count - start : BLOCK;
    float lanes[LANES] = {0};
    long index = 0;
    for (; index + LANES <= length; index += LANES) {
      for (int lane = 0; lane < LANES; lane++) lanes[lane] += block[index + lane] * block[index + lane];
    }
    for (; index < length; index++) lanes[index % LANES] += block[index] * block[index];
    // In pairs, so that many are added at once.
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
    }
    const float sum = lanes[0];
    total += sum > leastSum && isfinite(sum) ? (double)sum : exact_sum_float(length, block);
  }
  return total;
}

FOR_EVERY_PROCESSOR double tapedeck_sum_of_squares_double(long count, const double *values) {
  return exact_sum_double(count, values);
}
