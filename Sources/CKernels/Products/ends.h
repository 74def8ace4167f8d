// What happens to the totals of a product. Included for each kind of processor and type of number.

/// Stores NaN as the one quiet NaN.
static __attribute__((noinline)) void KERNEL(settle_nan)(
    long rows, long columns, NUMBER *result, long resultStep) {
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < columns; column++) {
      NUMBER *place = result + row * resultStep + column;
      if (*place != *place) *place = QUIET_NAN;
    }
  }
}

/// Adds the bias to some rows and columns of a product.
TARGET static void KERNEL(add_bias)(const PRODUCT *product, TapedeckRegion region) {
  const long count = region.endColumn - region.firstColumn;
  const NUMBER *bias = product->bias + region.firstColumn;
  for (long row = region.firstRow; row < region.endRow; row++) {
    NUMBER *totals = product->result + row * product->resultStep + region.firstColumn;
    EACH_BY_ITSELF for (long index = 0; index < count; index++) {
      const NUMBER total = totals[index] + bias[index];
      totals[index] = total == total ? total : QUIET_NAN;
    }
  }
}
