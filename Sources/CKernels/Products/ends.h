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

/// Adds the bias, if there is one, to some rows and columns of a product.
TARGET static void KERNEL(add_bias)(
    long rows, long columns, const NUMBER *bias, NUMBER *result, long resultStep) {
  if (!bias) return;
  for (long row = 0; row < rows; row++) {
    NUMBER *totals = result + row * resultStep;
    EACH_BY_ITSELF for (long column = 0; column < columns; column++) {
      const NUMBER total = totals[column] + bias[column];
      totals[column] = total == total ? total : QUIET_NAN;
    }
  }
}
