// How a product is cut into tiles. Included for each kind of processor and type of number.

/// The right matrix as tiles read it: panels of PANEL columns that start `panelStep` apart.
typedef struct {
  const NUMBER *start;
  long rowStep, panelStep;
} KERNEL(Panels);

/// Rows shared out evenly among as few tiles as they need, so that none is much lower than the others.
typedef struct {
  long count, height, higher;
} KERNEL(Heights);

static inline KERNEL(Heights) KERNEL(share_rows)(long rows) {
  const long count = (rows + TILE_ROWS - 1) / TILE_ROWS;
  return (KERNEL(Heights)){count, rows / count, rows % count};
}

static inline long KERNEL(first_row)(KERNEL(Heights) heights, long tile) {
  return tile * heights.height + (tile < heights.higher ? tile : heights.higher);
}

TARGET static void KERNEL(pack_tiles)(long rows, long terms, MATRIX left, NUMBER *target) {
  const KERNEL(Heights) heights = KERNEL(share_rows)(rows);
  if (left.rowStep == 1) {
    // Term by term, for longer runs of memory.
    for (long term = 0; term < terms; term++) {
      const NUMBER *from = left.start + term * left.columnStep;
      for (long tile = 0, first = 0; tile < heights.count; tile++) {
        const long height = heights.height + (tile < heights.higher ? 1 : 0);
        KERNEL(copy_run)(height, height, from + first, target + first * terms + term * height);
        first += height;
      }
    }
    return;
  }
  for (long tile = 0; tile < heights.count; tile++) {
    const long first = KERNEL(first_row)(heights, tile), height = KERNEL(first_row)(heights, tile + 1) - first;
    KERNEL(gather_lines)(
        height, height, terms, left.start + first * left.rowStep, left.rowStep, left.columnStep,
        target + first * terms, height);
  }
}

/// One block of terms of some rows and columns; `packed` are the rows in tiles, or null to read them where they are.
TARGET static void KERNEL(multiply_block)(
    long rows, long columns, long terms, MATRIX left, const NUMBER *packed, KERNEL(Panels) right, NUMBER *result,
    long resultStep, int adds) {
  const KERNEL(Heights) heights = KERNEL(share_rows)(rows);
  const int isAcross = packed || (left.rowStep == 1 && left.columnStep != 1);
  const long step = isAcross ? left.columnStep : left.rowStep;
  long column = 0;
  if (rows <= WIDE_ROWS) {
    const int wide = WIDE_VECTORS(rows) * LANES;
    for (; column + wide <= columns; column += wide) {
      KERNEL(wide_tiles)[rows - 1][isAcross](
          terms, packed ? packed : left.start, packed ? rows : step,
          right.start + column / PANEL * right.panelStep, right.rowStep, right.panelStep, LANES, result + column,
          resultStep, adds);
    }
  }
  for (; column < columns; column += PANEL) {
    const long width = columns - column < PANEL ? columns - column : PANEL;
    const int vectors = (int)((width + LANES - 1) / LANES), lanes = (int)(width - (vectors - 1) * LANES);
    // Panels that lie side by side may begin at any column.
    const NUMBER *panel = right.start + (right.panelStep == PANEL ? column : column / PANEL * right.panelStep);
    for (long tile = 0; tile < heights.count; tile++) {
      const long first = KERNEL(first_row)(heights, tile), height = KERNEL(first_row)(heights, tile + 1) - first;
      KERNEL(tiles)[height - 1][vectors - 1][isAcross](
          terms, packed ? packed + first * terms : left.start + first * left.rowStep, packed ? height : step, panel,
          right.rowStep, right.panelStep, lanes, result + first * resultStep + column, resultStep, adds);
    }
  }
}

static inline MATRIX KERNEL(part)(MATRIX matrix, long row, long column) {
  matrix.start += row * matrix.rowStep + column * matrix.columnStep;
  return matrix;
}

static inline long KERNEL(smaller)(long a, long b) { return a < b ? a : b; }

/// Whether the right matrix is copied into panels: where it must be, and where so many tiles read it that it pays.
///
/// Rows whose distance is a multiple of a page drive each other out of the cache; a block on more pages than a core has
/// addresses of at hand is looked up again and again.
static inline int KERNEL(packs_right)(long rows, long inner, MATRIX right) {
  const long step = right.rowStep * (long)sizeof(NUMBER);
  const int isCrowded = step % 4096 == 0;
  const int isScattered = KERNEL(smaller)(inner, TAPEDECK_PRODUCT_BLOCK) * step > 96 * 4096;
  return right.columnStep != 1 || rows > (isCrowded || isScattered ? IN_PLACE_ROWS / 4 : IN_PLACE_ROWS);
}

static inline int KERNEL(packs_left)(long columns, MATRIX left) {
  return (left.rowStep != 1 && left.columnStep != 1) || columns > IN_PLACE_COLUMNS;
}

/// The most numbers of panels that are packed at once.
#define MOST_PACKED ((2 << 20) / (long)sizeof(NUMBER))

/// left · right + bias into rows and columns of a result, by blocks of terms.
TARGET static void KERNEL(multiply_all)(
    long rows, long columns, long inner, MATRIX left, MATRIX right, const NUMBER *bias, NUMBER *result,
    long resultStep, NUMBER *workspace) {
  if (rows <= FEW_ROWS && right.rowStep == 1 && right.columnStep != 1) {
    KERNEL(multiply_few)(rows, columns, inner, left, right, result, resultStep);
    KERNEL(add_bias)(rows, columns, bias, result, resultStep);
    return;
  }
  const int packsRight = KERNEL(packs_right)(rows, inner, right);
  const int packsLeft = KERNEL(packs_left)(columns, left);
  // A panel that few rows read is best multiplied as soon as it is packed.
  const long chunk = packsRight && rows <= TILE_ROWS ? PANEL : CHUNK_COLUMNS;
  const long packed = KERNEL(smaller)(rows, CHUNK_ROWS) * KERNEL(smaller)(inner, TAPEDECK_PRODUCT_BLOCK);
  NUMBER *tiles = workspace, *panels = workspace + (packsLeft ? packed : 0);
  for (long column = 0; column < columns; column += chunk) {
    const long width = KERNEL(smaller)(columns - column, chunk);
    // Where many rows need all blocks and these fit, some rows take one after the other: their totals stay in the cache.
    const int fits = inner * (width + PANEL) <= MOST_PACKED;
    const long span = rows > CHUNK_ROWS && fits ? inner : TAPEDECK_PRODUCT_BLOCK;
    for (long first = 0; first < inner; first += span) {
      const long end = KERNEL(smaller)(inner, first + span);
      NUMBER *next = panels;
      for (long term = first; packsRight && term < end; term += TAPEDECK_PRODUCT_BLOCK) {
        const long terms = KERNEL(smaller)(end - term, TAPEDECK_PRODUCT_BLOCK);
        KERNEL(pack_panels)(terms, width, KERNEL(part)(right, term, column), next);
        next += KERNEL(packed_panels)(terms, width);
      }
      for (long row = 0; row < rows; row += CHUNK_ROWS) {
        const long height = KERNEL(smaller)(rows - row, CHUNK_ROWS);
        NUMBER *totals = result + row * resultStep + column;
        next = panels;
        for (long term = first; term < end; term += TAPEDECK_PRODUCT_BLOCK) {
          const long terms = KERNEL(smaller)(end - term, TAPEDECK_PRODUCT_BLOCK);
          const KERNEL(Panels) view =
              packsRight ? (KERNEL(Panels)){next, PANEL, KERNEL(panel_step)(terms)}
                         : (KERNEL(Panels)){KERNEL(part)(right, term, column).start, right.rowStep, PANEL};
          next += KERNEL(packed_panels)(terms, width);
          const MATRIX block = KERNEL(part)(left, row, term);
          if (packsLeft) KERNEL(pack_tiles)(height, terms, block, tiles);
          KERNEL(multiply_block)(
              height, width, terms, block, packsLeft ? tiles : 0, view, totals, resultStep, term > 0);
        }
        if (end == inner) KERNEL(add_bias)(height, width, bias ? bias + column : 0, totals, resultStep);
      }
    }
  }
}
