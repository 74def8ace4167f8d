// Copies parts of matrices into the order in which tiles read them. Included for each kind of processor and type.

/// Whole vectors of numbers.
static inline long KERNEL(filled)(long count) { return (count + LANES - 1) / LANES * LANES; }

/// square[term] = source[line · lineStep + term] of each line; 0 of lines that are not there.
INLINE TARGET void KERNEL(load_square)(
    const int isWhole, int lines, const NUMBER *source, long lineStep, VECTOR *square) {
  UNROLL for (int line = 0; line < LANES; line++) {
    square[line] = isWhole || line < lines ? LOAD(source + line * lineStep) : ZERO;
  }
  KERNEL(transpose)(square);
}

/// target[term · targetStep + line] = source[line · lineStep + term], for up to LANES lines; 0 for lines up to `width`.
INLINE TARGET void KERNEL(transpose_lines)(
    const int isWhole, int lines, int width, long terms, const NUMBER *source, long lineStep, NUMBER *target,
    long targetStep) {
  VECTOR square[LANES];
  long term = 0;
  for (; term + LANES <= terms; term += LANES) {
    KERNEL(load_square)(isWhole, lines, source + term, lineStep, square);
    if (width == LANES) {
      UNROLL for (int row = 0; row < LANES; row++) STORE(target + (term + row) * targetStep, square[row]);
    } else {
      UNROLL for (int row = 0; row < LANES; row++) {
        STORE_PART(target + (term + row) * targetStep, square[row], width);
      }
    }
  }
  for (; term < terms; term++) {
    for (int line = 0; line < width; line++) {
      target[term * targetStep + line] = line < lines ? source[line * lineStep + term] : 0;
    }
  }
}

/// Copies `count` numbers, and fills up with zeros to `width`.
INLINE TARGET void KERNEL(copy_run)(long count, long width, const NUMBER *source, NUMBER *target) {
  long index = 0;
  for (; index + LANES <= count; index += LANES) STORE(target + index, LOAD(source + index));
  if (index < count) {
    const int rest = (int)(count - index), some = (int)(width - index < LANES ? width - index : LANES);
    STORE_PART(target + index, LOAD_PART(source + index, rest), some);
    index += some;
  }
  for (; index < width; index++) target[index] = 0;
}

/// target[term · targetStep + line] = source[line · lineStep + term · termStep]; 0 for lines up to `width`.
TARGET static void KERNEL(gather_lines)(
    long lines, long width, long terms, const NUMBER *source, long lineStep, long termStep, NUMBER *target,
    long targetStep) {
  if (lineStep == 1) {
    for (long term = 0; term < terms; term++) {
      KERNEL(copy_run)(lines, width, source + term * termStep, target + term * targetStep);
    }
  } else if (termStep == 1) {
    for (long line = 0; line < width; line += LANES) {
      const int some = (int)(width - line < LANES ? width - line : LANES);
      const int read = (int)(lines - line < LANES ? lines - line : LANES);
      const NUMBER *from = source + line * lineStep;
      if (read == LANES) {
        KERNEL(transpose_lines)(1, LANES, LANES, terms, from, lineStep, target + line, targetStep);
      } else {
        KERNEL(transpose_lines)(0, read, some, terms, from, lineStep, target + line, targetStep);
      }
    }
  } else {
    for (long term = 0; term < terms; term++) {
      for (long line = 0; line < width; line++) {
        target[term * targetStep + line] = line < lines ? source[line * lineStep + term * termStep] : 0;
      }
    }
  }
}

/// Panels do not start a multiple of a page apart, where they would drive each other out of the cache.
static inline long KERNEL(panel_step)(long terms) { return terms * PANEL + 64 / (long)sizeof(NUMBER); }

/// The numbers that the panels of a block take.
static inline long KERNEL(packed_panels)(long terms, long columns) {
  return (columns + PANEL - 1) / PANEL * KERNEL(panel_step)(terms);
}

/// Panels of PANEL columns one after the other, the last filled up with zeros to whole vectors.
TARGET static void KERNEL(pack_panels)(long terms, long columns, MATRIX right, NUMBER *target) {
  const long panelStep = KERNEL(panel_step)(terms);
  long column = 0;
  if (right.columnStep == 1) {
    // Row by row, as they lie in memory.
    const long end = columns / PANEL * PANEL;
    for (long term = 0; term < terms; term++) {
      const NUMBER *from = right.start + term * right.rowStep;
      NUMBER *to = target + term * PANEL;
      for (column = 0; column < end; column += PANEL) {
        UNROLL for (int vector = 0; vector < TILE_VECTORS; vector++) {
          STORE(to + vector * LANES, LOAD(from + column + vector * LANES));
        }
        to += panelStep;
      }
    }
    column = end;
    target += end / PANEL * panelStep;
  }
  for (; column < columns; column += PANEL) {
    const long lines = columns - column < PANEL ? columns - column : PANEL;
    KERNEL(gather_lines)(
        lines, KERNEL(filled)(lines), terms, right.start + column * right.columnStep, right.columnStep,
        right.rowStep, target, PANEL);
    target += panelStep;
  }
}
