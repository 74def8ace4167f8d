// What happens to the totals of a product. Included for each kind of processor and type of number.

/// Stores NaN as the one quiet NaN.
static __attribute__((noinline)) void KERNEL(settle_nan)(int rows, int columns, NUMBER *result, long resultStep) {
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < columns; column++) {
      NUMBER *place = result + row * resultStep + column;
      if (*place != *place) *place = QUIET_NAN;
    }
  }
}

/// The bias, the rectification and the mask of some rows and columns.
TARGET static void KERNEL(finish)(const PRODUCT *product, TapedeckRegion region) {
  if (!product->bias && !product->isRectified && !product->mask) return;
  const NUMBER *bias = product->bias;
  for (long row = region.firstRow; row < region.endRow; row++) {
    NUMBER *result = product->result + row * product->resultStep;
    const NUMBER *mask = product->mask ? product->mask + row * product->maskStep : 0;
    for (long column = region.firstColumn; column < region.endColumn; column++) {
      NUMBER total = result[column];
      if (bias) {
        total += bias[column];
        total = total == total ? total : QUIET_NAN;
      }
      if (product->isRectified) total = total < 0 ? 0 : total;
      if (mask) total = mask[column] <= 0 ? 0 : total;
      result[column] = total;
    }
  }
}
