// Copies parts of matrices into the order in which tiles read them. Included for each kind of processor and type.

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

/// target[term · targetStep + line] = source[line · lineStep + term · termStep]; 0 for lines up to `width`.
TARGET static void KERNEL(gather_lines)(
    long lines, long width, long terms, const NUMBER *source, long lineStep, long termStep, NUMBER *target,
    long targetStep) {
  if (lineStep == 1) {
    for (long term = 0; term < terms; term++) {
      const NUMBER *from = source + term * termStep;
      NUMBER *to = target + term * targetStep;
      long line = 0;
      for (; line + LANES <= lines; line += LANES) STORE(to + line, LOAD(from + line));
      for (; line < lines; line++) to[line] = from[line];
      for (; line < width; line++) to[line] = 0;
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

/// Panels of PANEL columns one after the other, the last filled up with zeros to whole vectors.
TARGET static void KERNEL(pack_panels)(long terms, long columns, MATRIX right, long panelStep, NUMBER *target) {
  for (long column = 0; column < columns; column += PANEL) {
    const long lines = columns - column < PANEL ? columns - column : PANEL;
    KERNEL(gather_lines)(
        lines, (lines + LANES - 1) / LANES * LANES, terms, right.start + column * right.columnStep,
        right.columnStep, right.rowStep, target, PANEL);
    target += panelStep;
  }
}
