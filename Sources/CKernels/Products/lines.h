// Products of a few rows with a matrix whose columns are contiguous, as a vector with a transposed matrix: there each
// number of the matrix is needed so few times that it is never stored in another order. Included for each kind of
// processor and type of number.

#define FEW_ROWS 2

/// `rows` × LANES sums over a block of terms; `adds` where they are added to what the result held.
///
/// `lines` columns are there; the numbers of the left matrix stand in `factors`, row by row.
INLINE TARGET void KERNEL(multiply_lines)(
    const int rows, const int isWhole, int lines, long terms, const NUMBER *factors, const NUMBER *right,
    long lineStep, NUMBER *result, long resultStep, int adds) {
  VECTOR sums[FEW_ROWS], square[LANES];
  UNROLL for (int row = 0; row < rows; row++) sums[row] = ZERO;
  long term = 0;
  for (; term + LANES <= terms; term += LANES) {
    KERNEL(load_square)(isWhole, lines, right + term, lineStep, square);
    UNROLL for (int next = 0; next < LANES; next++) {
      UNROLL for (int row = 0; row < rows; row++) {
        const VECTOR factor = SPLAT(factors[row * TAPEDECK_PRODUCT_BLOCK + term + next]);
        sums[row] = MULTIPLY_ADD(factor, square[next], sums[row]);
      }
    }
  }
  for (; term < terms; term++) {
    NUMBER numbers[LANES] = {0};
    for (int line = 0; line < lines; line++) numbers[line] = right[line * lineStep + term];
    UNROLL for (int row = 0; row < rows; row++) {
      sums[row] = MULTIPLY_ADD(SPLAT(factors[row * TAPEDECK_PRODUCT_BLOCK + term]), LOAD(numbers), sums[row]);
    }
  }
  NAN_FLAGS unordered = NO_NAN;
  UNROLL for (int row = 0; row < rows; row++) {
    NUMBER *place = result + row * resultStep;
    VECTOR total = sums[row];
    if (adds) total = ADD(isWhole ? LOAD(place) : LOAD_PART(place, lines), total);
    if (isWhole) {
      STORE(place, total);
    } else {
      STORE_PART(place, total, lines);
    }
    unordered = NAN_OR(unordered, IS_NAN(total, total));
  }
  if (__builtin_expect(HAS_NAN(unordered), 0)) KERNEL(settle_nan)(rows, lines, result, resultStep);
}

#define LINES_FUNCTION(ROWS)                                                                               \
  TARGET static void KERNEL(lines_##ROWS)(                                                                 \
      long columns, long terms, const NUMBER *factors, MATRIX right, NUMBER *result, long resultStep, int adds) { \
    const long step = right.columnStep;                                                                    \
    long column = 0;                                                                                       \
    for (; column + LANES <= columns; column += LANES) {                                                   \
      KERNEL(multiply_lines)(                                                                              \
          ROWS, 1, LANES, terms, factors, right.start + column * step, step, result + column, resultStep,  \
          adds);                                                                                           \
    }                                                                                                      \
    if (column < columns) {                                                                                \
      KERNEL(multiply_lines)(                                                                              \
          ROWS, 0, (int)(columns - column), terms, factors, right.start + column * step, step,             \
          result + column, resultStep, adds);                                                              \
    }                                                                                                      \
  }

LINES_FUNCTION(1)
LINES_FUNCTION(2)

static void (*const KERNEL(lines)[FEW_ROWS])(
    long columns, long terms, const NUMBER *factors, MATRIX right, NUMBER *result, long resultStep, int adds) = {
    KERNEL(lines_1), KERNEL(lines_2)};

/// left · right into FEW_ROWS rows or fewer.
static void KERNEL(multiply_few)(
    long rows, long columns, long inner, MATRIX left, MATRIX right, NUMBER *result, long resultStep) {
  NUMBER factors[FEW_ROWS * TAPEDECK_PRODUCT_BLOCK];
  for (long start = 0; start < inner; start += TAPEDECK_PRODUCT_BLOCK) {
    const long terms = inner - start < TAPEDECK_PRODUCT_BLOCK ? inner - start : TAPEDECK_PRODUCT_BLOCK;
    for (long row = 0; row < rows; row++) {
      const NUMBER *from = left.start + row * left.rowStep + start * left.columnStep;
      for (long term = 0; term < terms; term++) {
        factors[row * TAPEDECK_PRODUCT_BLOCK + term] = from[term * left.columnStep];
      }
    }
    const MATRIX block = {right.start + start * right.rowStep, right.rowStep, right.columnStep};
    KERNEL(lines)[rows - 1](columns, terms, factors, block, result, resultStep, start > 0);
  }
}
