#include <math.h>

#include "kernels.h"
#include "processors.h"

enum { FEW = TAPEDECK_SUM_FEW, BLOCK = TAPEDECK_SUM_BLOCK, LANES = TAPEDECK_SUM_LANES, TILE = TAPEDECK_SUM_TILE };

// A short block loses no more than a digit or two of the last place, and is as fast as memory; a long one would stall:
// in single precision 2²⁴ + 1 is 2²⁴. Loops of fixed length are compiled into vectors, each total in an element of its own.
#define INLINE static inline __attribute__((always_inline))

#define SUMS(TYPE)                                                                                         \
  INLINE TYPE sum_block_##TYPE(long count, const TYPE *values) {                                           \
    TYPE lanes[LANES] = {0};                                                                               \
    long index = 0;                                                                                        \
    for (; index + LANES <= count; index += LANES) {                                                       \
      for (int lane = 0; lane < LANES; lane++) lanes[lane] += values[index + lane];                        \
    }                                                                                                      \
    TYPE total = 0;                                                                                        \
    for (int lane = 0; lane < LANES; lane++) total += lanes[lane];                                         \
    for (; index < count; index++) total += values[index];                                                 \
    return total;                                                                                          \
  }                                                                                                        \
                                                                                                           \
  INLINE double sum_##TYPE(long count, const TYPE *values) {                                               \
    if (count < LANES * BLOCK) return sum_block_##TYPE(count, values);                                     \
    double total = 0;                                                                                      \
    long start = 0;                                                                                        \
    for (; start + LANES * BLOCK <= count; start += LANES * BLOCK) {                                       \
      total += sum_block_##TYPE(LANES * BLOCK, values + start);                                            \
    }                                                                                                      \
    return total + sum_block_##TYPE(count - start, values + start);                                        \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR double tapedeck_sum_##TYPE(long count, const TYPE *values) {                         \
    return sum_##TYPE(count, values);                                                                      \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR void tapedeck_sum_rows_##TYPE(                                                       \
      long rows, long length, const TYPE *matrix, TYPE *sums) {                                            \
    for (long row = 0; row < rows; row++) sums[row] = (TYPE)sum_##TYPE(length, matrix + row * length);     \
  }                                                                                                        \
                                                                                                           \
  INLINE void add_block_##TYPE(                                                                            \
      long rows, int width, long stride, const TYPE *matrix, double *totals) {                             \
    TYPE sums[64] = {0};                                                                                   \
    for (long row = 0; row < rows; row++) {                                                                \
      for (int column = 0; column < width; column++) sums[column] += matrix[row * stride + column];        \
    }                                                                                                      \
    for (int column = 0; column < width; column++) totals[column] += sums[column];                         \
  }                                                                                                        \
                                                                                                           \
  INLINE void add_columns_##TYPE(                                                                          \
      long rows, long count, long stride, const TYPE *matrix, double *totals) {                            \
    const long block = rows <= FEW ? FEW : BLOCK;                                                          \
    for (long start = 0; start < rows; start += block) {                                                   \
      const long length = rows - start < block ? rows - start : block;                                     \
      const TYPE *first = matrix + start * stride;                                                         \
      long column = 0;                                                                                     \
      for (; column + 64 <= count; column += 64) {                                                         \
        add_block_##TYPE(length, 64, stride, first + column, totals + column);                             \
      }                                                                                                    \
      for (; column + 8 <= count; column += 8) {                                                           \
        add_block_##TYPE(length, 8, stride, first + column, totals + column);                              \
      }                                                                                                    \
      for (; column < count; column++) {                                                                   \
        add_block_##TYPE(length, 1, stride, first + column, totals + column);                              \
      }                                                                                                    \
    }                                                                                                      \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR void tapedeck_add_columns_##TYPE(                                                    \
      long rows, long count, long stride, const TYPE *matrix, double *totals) {                            \
    add_columns_##TYPE(rows, count, stride, matrix, totals);                                               \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR void tapedeck_sum_columns_##TYPE(                                                    \
      long rows, long columns, const TYPE *matrix, TYPE *sums) {                                           \
    double totals[TILE];                                                                                   \
    for (long start = 0; start < columns; start += TILE) {                                                 \
      const long count = columns - start < TILE ? columns - start : TILE;                                  \
      for (long column = 0; column < count; column++) totals[column] = 0;                                  \
      add_columns_##TYPE(rows, count, columns, matrix + start, totals);                                    \
      for (long column = 0; column < count; column++) sums[start + column] = (TYPE)totals[column];         \
    }                                                                                                      \
  }

SUMS(float)
SUMS(double)

// Running totals side by side, whose number does not depend on the processor: so no sum does either.
enum { SQUARES_LANES = 64, SQUARES_BLOCK = TAPEDECK_SQUARES_BLOCK };

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
  for (long start = 0; start < count; start += SQUARES_BLOCK) {
    const float *block = values + start;
    const long length = count - start < SQUARES_BLOCK ? count - start : SQUARES_BLOCK;
    float lanes[SQUARES_LANES] = {0};
    long index = 0;
    for (; index + SQUARES_LANES <= length; index += SQUARES_LANES) {
      for (int lane = 0; lane < SQUARES_LANES; lane++) lanes[lane] += block[index + lane] * block[index + lane];
    }
    for (; index < length; index++) lanes[index % SQUARES_LANES] += block[index] * block[index];
    // In pairs, so that many are added at once.
    for (int half = SQUARES_LANES / 2; half > 0; half /= 2) {
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
