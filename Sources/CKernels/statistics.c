#include <math.h>

#include "kernels.h"
#include "processors.h"

// Running figures side by side, whose number does not depend on the processor. Loops of fixed length are compiled into
// vectors, so nothing in them branches.
enum { LANES = 16 };

#define STATISTICS(TYPE, COUNT)                                                                            \
  FOR_EVERY_PROCESSOR TapedeckStatistics tapedeck_statistics_##TYPE(long count, const TYPE *values) {      \
    double sums[LANES] = {0}, squares[LANES] = {0};                                                        \
    TYPE lows[LANES], highs[LANES];                                                                        \
    TapedeckStatistics result = {0};                                                                       \
    for (int lane = 0; lane < LANES; lane++) lows[lane] = INFINITY, highs[lane] = -INFINITY;               \
    long index = 0;                                                                                        \
    while (index + LANES <= count) {                                                                       \
      /* Counts of one type with the values, for as long as they cannot overflow. */                       \
      const long most = index + LANES * 65536L, end = most < count ? most : count;                         \
      COUNT finite[LANES] = {0}, zeros[LANES] = {0}, nans[LANES] = {0};                                    \
      for (; index + LANES <= end; index += LANES) {                                                       \
        for (int lane = 0; lane < LANES; lane++) {                                                         \
          const TYPE value = values[index + lane];                                                         \
          const COUNT isFinite = value - value == 0;                                                       \
          const double number = isFinite ? value : 0;                                                      \
          sums[lane] += number;                                                                            \
          squares[lane] += number * number;                                                                \
          lows[lane] = (isFinite & (value < lows[lane])) ? value : lows[lane];                             \
          highs[lane] = (isFinite & (value > highs[lane])) ? value : highs[lane];                          \
          finite[lane] += isFinite;                                                                        \
          zeros[lane] += value == 0;                                                                       \
          nans[lane] += value != value;                                                                    \
        }                                                                                                  \
      }                                                                                                    \
      for (int lane = 0; lane < LANES; lane++) {                                                           \
        result.finite += finite[lane], result.zeros += zeros[lane], result.nans += nans[lane];             \
      }                                                                                                    \
    }                                                                                                      \
    for (; index < count; index++) {                                                                       \
      const TYPE value = values[index];                                                                    \
      const int lane = index % LANES;                                                                      \
      result.zeros += value == 0;                                                                          \
      result.nans += value != value;                                                                       \
      if (value - value != 0) continue;                                                                    \
      result.finite += 1;                                                                                  \
      sums[lane] += value;                                                                                 \
      squares[lane] += (double)value * value;                                                              \
      if (value < lows[lane]) lows[lane] = value;                                                          \
      if (value > highs[lane]) highs[lane] = value;                                                        \
    }                                                                                                      \
    result.low = lows[0], result.high = highs[0];                                                          \
    for (int lane = 0; lane < LANES; lane++) {                                                             \
      result.sum += sums[lane];                                                                            \
      result.squares += squares[lane];                                                                     \
      if (lows[lane] < result.low) result.low = lows[lane];                                                \
      if (highs[lane] > result.high) result.high = highs[lane];                                            \
    }                                                                                                      \
    return result;                                                                                         \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR double tapedeck_spread_##TYPE(long count, const TYPE *values, double center) {       \
    double lanes[LANES] = {0}, total = 0;                                                                  \
    long index = 0;                                                                                        \
    for (; index + LANES <= count; index += LANES) {                                                       \
      for (int lane = 0; lane < LANES; lane++) {                                                           \
        const TYPE value = values[index + lane];                                                           \
        const double distance = value - value == 0 ? value - center : 0;                                   \
        lanes[lane] += distance * distance;                                                                \
      }                                                                                                    \
    }                                                                                                      \
    for (; index < count; index++) {                                                                       \
      const double distance = values[index] - values[index] == 0 ? values[index] - center : 0;             \
      lanes[index % LANES] += distance * distance;                                                         \
    }                                                                                                      \
    for (int lane = 0; lane < LANES; lane++) total += lanes[lane];                                         \
    return total;                                                                                          \
  }

STATISTICS(float, int32_t)
STATISTICS(double, int64_t)

#define COUNT_OUTSIDE(TYPE)                                                                                \
  FOR_EVERY_PROCESSOR void tapedeck_count_outside_##TYPE(                                                  \
      long rows, long units, long inner, const TYPE *values, TYPE low, TYPE high, long *counts) {          \
    for (long row = 0; row < rows; row++) {                                                                \
      if (inner == 1) {                                                                                    \
        for (long unit = 0; unit < units; unit++) {                                                        \
          counts[unit] += !((values[unit] >= low) & (values[unit] <= high));                               \
        }                                                                                                  \
      } else {                                                                                             \
        for (long unit = 0; unit < units; unit++) {                                                        \
          const TYPE *own = values + unit * inner;                                                         \
          long count = 0;                                                                                  \
          for (long place = 0; place < inner; place++) count += !((own[place] >= low) & (own[place] <= high)); \
          counts[unit] += count;                                                                           \
        }                                                                                                  \
      }                                                                                                    \
      values += units * inner;                                                                             \
    }                                                                                                      \
  }

COUNT_OUTSIDE(float)
COUNT_OUTSIDE(double)
