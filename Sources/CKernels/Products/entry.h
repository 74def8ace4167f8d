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

/// The most that any region may need.
static long KERNEL(workspace)(long rows, long columns, long inner) {
  // Rows are columns and columns rows where it is turned.
  const long longer = rows > columns ? rows : columns;
  const long tiles = KERNEL(smaller)(longer, CHUNK_ROWS), panels = KERNEL(smaller)(longer, CHUNK_COLUMNS) + PANEL;
  const long turned = KERNEL(smaller)(rows * columns, MOST_TURNED);
  return (tiles + panels) * KERNEL(smaller)(inner, TAPEDECK_PRODUCT_BLOCK) + turned;
}

static long KERNEL(packed_count)(long inner, long columns) {
  return TAG_COUNT + inner * ((columns + PANEL - 1) / PANEL * PANEL);
}

static void KERNEL(pack)(long inner, long from, long to, MATRIX right, NUMBER *packed) {
  KERNEL(pack_panels)(
      inner, to - from, KERNEL(part)(right, 0, from), inner * PANEL, packed + TAG_COUNT + from * inner);
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

static void KERNEL(multiply_region)(
    const PRODUCT *product, TapedeckRegion region, const NUMBER *packed, NUMBER *workspace) {
  const long rows = region.endRow - region.firstRow, columns = region.endColumn - region.firstColumn;
  const long inner = product->inner, step = product->resultStep;
  if (rows <= 0 || columns <= 0) return;
  const MATRIX left = KERNEL(part)(product->left, region.firstRow, 0);
  NUMBER *result = product->result + region.firstRow * step + region.firstColumn;
  if (inner <= 0) {
    for (long row = 0; row < rows && !product->accumulates; row++) {
      for (long column = 0; column < columns; column++) result[row * step + column] = 0;
    }
    if (product->accumulates) KERNEL(settle_nan)(rows, columns, result, step);
  } else if (packed) {
    // A region may begin in the middle of a panel.
    const NUMBER *panels = packed + TAG_COUNT;
    const long offset = region.firstColumn % PANEL;
    const long first = offset ? KERNEL(smaller)(PANEL - offset, columns) : 0;
    const MATRIX none = {0, 1, 1};
    if (first) {
      KERNEL(multiply_all)(
          rows, first, inner, left, none, panels + (region.firstColumn - offset) * inner + offset, result, step,
          product->accumulates, workspace);
    }
    if (columns > first) {
      KERNEL(multiply_all)(
          rows, columns - first, inner, left, none, panels + (region.firstColumn + first) * inner, result + first,
          step, product->accumulates, workspace);
    }
  } else {
    const MATRIX right = KERNEL(part)(product->right, 0, region.firstColumn);
    if (KERNEL(is_turned)(rows, columns, inner, left, right)) {
      NUMBER *turned = workspace;
      if (product->accumulates) KERNEL(transpose_result)(columns, rows, result, step, turned, rows);
      KERNEL(multiply_all)(
          columns, rows, inner, KERNEL(transposed)(right), KERNEL(transposed)(left), 0, turned, rows,
          product->accumulates, workspace + rows * columns);
      KERNEL(transpose_result)(rows, columns, turned, rows, result, step);
    } else {
      KERNEL(multiply_all)(
          rows, columns, inner, left, right, 0, result, step, product->accumulates, workspace);
    }
  }
  KERNEL(finish)(product, region);
}

const KERNELS KERNEL(kernels) = {
    KERNEL(workspace), KERNEL(packed_count), KERNEL(pack), KERNEL(multiply_region)};
