/// Loops over memory that are compiled for several kinds of processor, the best of which is chosen at start.
///
/// Swift compiles a function for one kind only, the oldest: half or a quarter of what this processor can do.
/// Every version of a loop gives the same bits: nothing is fused into one rounding, and no sum is reordered.
/// Blocks may be the same where it is said; otherwise they do not overlap. Counts are of elements.
#ifndef TAPEDECK_KERNELS_H
#define TAPEDECK_KERNELS_H

#include <stdint.h>

/// Tells the processor that the thread waits for another's memory to change.
static inline void tapedeck_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Memory of the calling thread's own for what it computes with, of at least so many bytes, until it asks again.
///
/// It is kept until the thread ends, so that a computation which is repeated allocates nothing.
void *tapedeck_workspace(long bytes);

/// One step of Adam with its factors worked out; the formula is at `Adam`. With `greatest` the greatest square so far
/// takes the place of the running one. Where `epsilon` is so great that no parameter can tell, gradients whose squares
/// would be subnormal are not counted, and moments that are are set to 0 if this step `settles`.
typedef struct {
  double shrink, decay, keptSquare, newMean, newSquare, stepSize, inverseRoot, epsilon;
  int settles;
} TapedeckMomentStep;

void tapedeck_step_by_moments_float(
    long count, float *parameter, const float *gradient, float *mean, float *square, float *greatest,
    TapedeckMomentStep step);
void tapedeck_step_by_moments_double(
    long count, double *parameter, const double *gradient, double *mean, double *square, double *greatest,
    TapedeckMomentStep step);

/// parameter − rate · (sign · gradient + decay · parameter).
void tapedeck_step_by_gradient_float(
    long count, float *parameter, const float *gradient, float rate, float decay, float sign);
void tapedeck_step_by_gradient_double(
    long count, double *parameter, const double *gradient, double rate, double decay, double sign);

/// velocity ← kept · velocity + added · slope, with slope the sign · gradient + decay · parameter; then the parameter
/// − rate · velocity or, for `looksAhead`, − rate · (slope + momentum · velocity). A subnormal velocity is set to 0.
typedef struct {
  double rate, decay, kept, added, momentum, sign;
  int looksAhead;
} TapedeckVelocityStep;

void tapedeck_step_by_velocity_float(
    long count, float *parameter, const float *gradient, float *velocity, TapedeckVelocityStep step);
void tapedeck_step_by_velocity_double(
    long count, double *parameter, const double *gradient, double *velocity, TapedeckVelocityStep step);

/// max(0, x), NaN where x is; `result` may be `x`.
void tapedeck_relu_float(long count, const float *x, float *result);
void tapedeck_relu_double(long count, const double *x, double *result);

/// upstream where y > 0 or NaN, else 0; `result` may be `upstream`.
void tapedeck_relu_gradient_float(long count, const float *upstream, const float *y, float *result);
void tapedeck_relu_gradient_double(long count, const double *upstream, const double *y, double *result);

/// How the terms of a sum are added up: a few of them one after the other, more in short blocks in their own precision,
/// and the blocks' sums in their order in double precision. Contiguous terms have eight running totals a block, term
/// i in total i % 8, whose sum is taken in order, and then the terms that are left over.
enum {
  TAPEDECK_SUM_FEW = 64,
  TAPEDECK_SUM_BLOCK = 16,
  TAPEDECK_SUM_LANES = 8,
  TAPEDECK_SUM_CONTIGUOUS_BLOCK = TAPEDECK_SUM_LANES * TAPEDECK_SUM_BLOCK,
};

/// The sum of each row of a contiguous matrix, rounded to the type of the elements.
void tapedeck_sum_rows_float(long rows, long length, const float *matrix, float *sums);
void tapedeck_sum_rows_double(long rows, long length, const double *matrix, double *sums);

/// The sum of contiguous values; 0 of none.
double tapedeck_sum_float(long count, const float *values);
double tapedeck_sum_double(long count, const double *values);

/// The sum of each column of a contiguous matrix, rounded to the type of the elements.
void tapedeck_sum_columns_float(long rows, long columns, const float *matrix, float *sums);
void tapedeck_sum_columns_double(long rows, long columns, const double *matrix, double *sums);

/// Adds the sum of each of `count` columns, at most TAPEDECK_SUM_TILE, to `totals`; rows are `stride` apart.
enum { TAPEDECK_SUM_TILE = 1024 };
void tapedeck_add_columns_float(long rows, long count, long stride, const float *matrix, double *totals);
void tapedeck_add_columns_double(long rows, long count, long stride, const double *matrix, double *totals);

/// Images of `size` pixels each by their indices, one after the other, with the numbers that the pixels' values
/// stand for in a table of 256.
void tapedeck_gather_images(
    long count, const long *indices, const unsigned char *pixels, long size, const float *table, float *result);

/// Squares are added up in blocks of so many values, and the blocks' sums in their order.
enum { TAPEDECK_SQUARES_BLOCK = 1024 };

/// The squares added up in double precision, not finite where a value is not; 0 of nothing.
double tapedeck_sum_of_squares_float(long count, const float *values);
double tapedeck_sum_of_squares_double(long count, const double *values);

/// What is counted and added up of some values; all but the counts of the others are of the finite ones.
typedef struct {
  double sum, squares, low, high;
  long finite, zeros, nans;
} TapedeckStatistics;

/// The statistics of some values, added up in double precision; without finite ones, `low` is ∞ and `high` −∞.
TapedeckStatistics tapedeck_statistics_float(long count, const float *values);
TapedeckStatistics tapedeck_statistics_double(long count, const double *values);

/// Adds to the count of each unit how many of its values are below `low`, above `high` or NaN. A row has all units, and a unit
/// `inner` values in succession.
void tapedeck_count_outside_float(
    long rows, long units, long inner, const float *values, float low, float high, long *counts);
void tapedeck_count_outside_double(
    long rows, long units, long inner, const double *values, double low, double high, long *counts);

/// The squares of the distances of the finite values from `center`, added up in double precision.
double tapedeck_spread_float(long count, const float *values, double center);
double tapedeck_spread_double(long count, const double *values, double center);

/// A 64-bit hash of bytes, none where `count` is 0, which begins where `seed`, another such hash, ended; the same on every machine with
/// little-endian numbers.
///
/// It tells states of a program apart; it is no protection.
/// Source: the accumulation of XXH3, <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.
uint64_t tapedeck_hash(uint64_t seed, const void *bytes, long count);

#endif
