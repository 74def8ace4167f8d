#include "kernels.h"
#include "processors.h"

enum { LANES = 16 };

// Running totals side by side, whose number does not depend on the processor: so no sum does either.
#define SUM_OF_SQUARES(TYPE)                                                                               \
  FOR_EVERY_PROCESSOR double tapedeck_sum_of_squares_##TYPE(long count, const TYPE *values) {              \
    double lanes[LANES] = {0};                                                                             \
    long index = 0;                                                                                        \
    for (; index + LANES <= count; index += LANES) {                                                       \
      for (int lane = 0; lane < LANES; lane++) {                                                           \
        const double value = values[index + lane];                                                         \
        lanes[lane] += value * value;                                                                      \
      }                                                                                                    \
    }                                                                                                      \
    for (; index < count; index++) lanes[index % LANES] += (double)values[index] * values[index];          \
    double total = 0;                                                                                      \
    for (int lane = 0; lane < LANES; lane++) total += lanes[lane];                                         \
    return total;                                                                                          \
  }

SUM_OF_SQUARES(float)
SUM_OF_SQUARES(double)
