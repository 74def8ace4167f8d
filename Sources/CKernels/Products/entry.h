// A region of a product, from its operands to its ends. Included for each kind of processor and type of number.

static inline MATRIX KERNEL(transposed)(MATRIX matrix) {
  return (MATRIX){matrix.start, matrix.columnStep, matrix.rowStep};
}

/// Whether the transposed product is computed, columns along the vectors' lanes being rows of the left matrix.
///
/// Numbers must lie side by side where vectors load them. Where those of the right matrix do not, it may cost less to
/// pack the left one, or nothing, and to transpose the result. Costs are counted in multiplications a term.
static inline int KERNEL(is_turned)(long rows, long columns, long inner, MATRIX left, MATRIX right) {
  const long packing = 3 * LANES / 4;
  if (rows * columns > MOST_TURNED || (rows <= FEW_ROWS && right.rowStep == 1)) return 0;
  const long straight = rows * KERNEL(filled)(columns) + (right.columnStep == 1 ? 0 : packing * columns);
  const long turned = columns * KERNEL(filled)(rows) + packing * rows * columns / inner +
                      (left.rowStep == 1 ? 0 : packing * rows);
  return turned < straight;
}

TARGET static void KERNEL(transpose_result)(
    long rows, long columns, const NUMBER *source, long sourceStep, NUMBER *target, long targetStep) {
  for (long column = 0; column < columns; column += LANES) {
    const int lines = (int)KERNEL(smaller)(columns - column, LANES);
    const NUMBER *from = source + column * sourceStep;
    if (lines == LANES) {
      KERNEL(transpose_lines)(1, LANES, LANES, rows, from, sourceStep, target + column, targetStep);
    } else {
      KERNEL(transpose_lines)(0, lines, lines, rows, from, sourceStep, target + column, targetStep);
    }
  }
}

void KERNEL(multiply)(const PRODUCT *product, TapedeckRegion region, NUMBER *workspace) {
  const long rows = region.endRow - region.firstRow, columns = region.endColumn - region.firstColumn;
  const long inner = product->inner, step = product->resultStep;
  if (rows <= 0 || columns <= 0) return;
  const MATRIX left = KERNEL(part)(product->left, region.firstRow, 0);
  const MATRIX right = KERNEL(part)(product->right, 0, region.firstColumn);
  NUMBER *result = product->result + region.firstRow * step + region.firstColumn;
  const NUMBER *bias = product->bias ? product->bias + region.firstColumn : 0;
  if (inner > 0 && !KERNEL(is_turned)(rows, columns, inner, left, right)) {
    KERNEL(multiply_all)(rows, columns, inner, left, right, bias, result, step, workspace);
    return;
  }
  if (inner > 0) {
    KERNEL(multiply_all)(
        columns, rows, inner, KERNEL(transposed)(right), KERNEL(transposed)(left), 0, workspace, rows,
        workspace + rows * columns);
    KERNEL(transpose_result)(rows, columns, workspace, rows, result, step);
  } else {
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < columns; column++) result[row * step + column] = 0;
    }
  }
  KERNEL(add_bias)(rows, columns, bias, result, step);
}
