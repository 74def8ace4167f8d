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

/// The bias, the rectification and the mask of some totals, of which there are those that are known when it is compiled.
INLINE TARGET void KERNEL(finish_row)(
    const int hasBias, const int isRectified, const int hasMask, long count, const NUMBER *bias, const NUMBER *mask,
    NUMBER *totals) {
  EACH_BY_ITSELF for (long index = 0; index < count; index++) {
    NUMBER total = totals[index];
    if (hasBias) {
      total += bias[index];
      total = total == total ? total : QUIET_NAN;
    }
    if (isRectified) total = total < 0 ? 0 : total;
    if (hasMask) total = mask[index] <= 0 ? 0 : total;
    totals[index] = total;
  }
}

/// The ends of some rows and columns of a product.
TARGET static void KERNEL(finish)(const PRODUCT *product, TapedeckRegion region) {
  const int hasBias = product->bias != 0, hasMask = product->mask != 0, isRectified = product->isRectified != 0;
  if (!hasBias && !isRectified && !hasMask) return;
  const long count = region.endColumn - region.firstColumn;
  const NUMBER *bias = hasBias ? product->bias + region.firstColumn : 0;
  for (long row = region.firstRow; row < region.endRow; row++) {
    NUMBER *totals = product->result + row * product->resultStep + region.firstColumn;
    const NUMBER *mask = hasMask ? product->mask + row * product->maskStep + region.firstColumn : 0;
    switch (hasBias + 2 * isRectified + 4 * hasMask) {
    case 1: KERNEL(finish_row)(1, 0, 0, count, bias, mask, totals); break;
    case 2: KERNEL(finish_row)(0, 1, 0, count, bias, mask, totals); break;
    case 3: KERNEL(finish_row)(1, 1, 0, count, bias, mask, totals); break;
    case 4: KERNEL(finish_row)(0, 0, 1, count, bias, mask, totals); break;
    case 5: KERNEL(finish_row)(1, 0, 1, count, bias, mask, totals); break;
    case 6: KERNEL(finish_row)(0, 1, 1, count, bias, mask, totals); break;
    default: KERNEL(finish_row)(1, 1, 1, count, bias, mask, totals); break;
    }
  }
}
