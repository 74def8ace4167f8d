/// Matrix products with one order of every sum: the same bits on every processor.
///
/// # The definition
///
/// An element of a product is a function of its row of the left matrix and its column of the right one alone:
///
///     for each block of 256 terms, in order:         the last block may be shorter
///       sum = +0
///       for each term of the block, in order:
///         sum = fma(left, right, sum)                one rounding for the product and the sum
///       total = sum of the first block, then total + sum
///     total = total + bias                           where there is a bias
///
/// All roundings are to nearest, ties to even; subnormal numbers are numbers like others. NaN is always stored as the
/// one quiet NaN without a sign or a message (0x7fc00000, 0x7ff8000000000000): which of two NaNs an addition keeps
/// differs between processors. Infinities follow from the arithmetic; no term is left out because a factor is 0.
/// Where there are no terms (`inner` is 0) the total is +0. An element is read only for its own row or column, so a NaN
/// never reaches a neighbour.
///
/// It follows that no bit depends on the width of vectors, the layout of a matrix, the size or place of a region, the
/// number of threads or the other rows of a batch.
#ifndef TAPEDECK_PRODUCTS_H
#define TAPEDECK_PRODUCTS_H

/// The terms of a product's sum that are added up before their sum is added to the total.
enum { TAPEDECK_PRODUCT_BLOCK = 256 };

/// Some rows and columns of a result, from the first up to but without the end.
typedef struct {
  long firstRow, endRow, firstColumn, endColumn;
} TapedeckRegion;

/// A matrix in memory: the number in row i and column j is at start[i · rowStep + j · columnStep]; any steps will do.
typedef struct {
  const float *start;
  long rowStep, columnStep;
} TapedeckFloatMatrix;
typedef struct {
  const double *start;
  long rowStep, columnStep;
} TapedeckDoubleMatrix;

/// left · right: `[rows, inner] · [inner, columns]`, into a result whose rows are contiguous and `resultStep` apart.
///
/// The result overlaps nothing that is read. The bias has a number for each column; it is null where there is none.
typedef struct {
  long rows, inner, columns;
  TapedeckFloatMatrix left, right;
  float *result;
  long resultStep;
  const float *bias;
} TapedeckFloatProduct;
typedef struct {
  long rows, inner, columns;
  TapedeckDoubleMatrix left, right;
  double *result;
  long resultStep;
  const double *bias;
} TapedeckDoubleProduct;

/// The bytes of memory of its own with which a thread can compute any region of any product.
enum { TAPEDECK_PRODUCT_WORKSPACE = 4 << 20 };

/// Computes a region of a product. Threads may compute regions that do not overlap, each with a workspace of its own.
void tapedeck_multiply_float(const TapedeckFloatProduct *product, TapedeckRegion region, float *workspace);
void tapedeck_multiply_double(const TapedeckDoubleProduct *product, TapedeckRegion region, double *workspace);

/// The kinds of processor there are kernels for.
enum {
  TAPEDECK_BEST_KERNELS,
  TAPEDECK_PORTABLE_KERNELS,
  TAPEDECK_AVX2_KERNELS,
  TAPEDECK_AVX512_KERNELS,
  TAPEDECK_NEON_KERNELS,
};

/// Whether this processor can run the kernels of a kind.
int tapedeck_can_use_kernels(int kind);

/// Computes everything from now on with the kernels of one kind, if this processor can; 0 if it cannot. For tests.
int tapedeck_use_kernels(int kind);

/// The kind in use, never TAPEDECK_BEST_KERNELS, and its name: "portable", "AVX2", "AVX-512" or "NEON".
int tapedeck_kernels(void);
const char *tapedeck_kernels_name(int kind);

/// Does many fused multiply-adds in single precision as fast as the kernels in use can, and returns how many.
long tapedeck_multiply_adds(long rounds);

#endif
