// A tile of a product, whose running sums stay in registers. Included for each kind of processor and type of number.

#define MOST_VECTORS 8

/// `rows` × `vectors` sums over `depth` terms; `adds` where they are added to what the result held.
///
/// The left matrix has numbers side by side that belong to one term (`isAcross`) or to one row, and is `leftStep` from
/// one term or row to the next; which of both is known when it is compiled, as are `rows` and `vectors`. Columns beyond
/// a panel's are `panelStep` further on. The last vector has `lanes` columns.
INLINE TARGET void KERNEL(tile)(
    const int rows, const int vectors, const int isAcross, const int isWhole, long depth, const NUMBER *left,
    long leftStep, const NUMBER *right, long rightStep, long panelStep, int lanes, NUMBER *result, long resultStep,
    int adds) {
  VECTOR sums[TILE_ROWS][MOST_VECTORS];
  UNROLL for (int row = 0; row < rows; row++) {
    UNROLL for (int vector = 0; vector < vectors; vector++) sums[row][vector] = ZERO;
  }
  for (int row = 0; adds && row < rows; row++) {
    __builtin_prefetch(result + row * resultStep, 1);
    __builtin_prefetch(result + row * resultStep + vectors * LANES - 1, 1);
  }
  // A row's address is one of these and up to twice the step, which an instruction adds by itself.
  const NUMBER *start[(TILE_ROWS + 2) / 3];
  UNROLL for (int group = 0; group < (rows + 2) / 3; group++) start[group] = left + 3 * group * leftStep;
  for (long term = 0; term < depth; term++) {
    VECTOR columns[MOST_VECTORS];
    UNROLL for (int vector = 0; vector < vectors; vector++) {
      const NUMBER *place = right + vector / TILE_VECTORS * panelStep + vector % TILE_VECTORS * LANES;
      columns[vector] = isWhole || vector < vectors - 1 ? LOAD(place) : LOAD_PART(place, lanes);
    }
    UNROLL for (int row = 0; row < rows; row++) {
      const VECTOR factor = SPLAT(isAcross ? left[row] : start[row / 3][row % 3 * leftStep]);
      UNROLL for (int vector = 0; vector < vectors; vector++) {
        sums[row][vector] = MULTIPLY_ADD(factor, columns[vector], sums[row][vector]);
      }
    }
    right += rightStep;
    if (isAcross) {
      left += leftStep;
    } else {
      UNROLL for (int group = 0; group < (rows + 2) / 3; group++) start[group] += 1;
    }
  }
  if (adds) {
    UNROLL for (int row = 0; row < rows; row++) {
      UNROLL for (int vector = 0; vector < vectors; vector++) {
        const NUMBER *place = result + row * resultStep + vector * LANES;
        const int isAll = isWhole || vector < vectors - 1;
        sums[row][vector] = ADD(isAll ? LOAD(place) : LOAD_PART(place, lanes), sums[row][vector]);
      }
    }
  }
  NAN_FLAGS unordered = NO_NAN;
  UNROLL for (int row = 0; row < rows; row++) {
    UNROLL for (int vector = 0; vector < vectors; vector++) {
      NUMBER *place = result + row * resultStep + vector * LANES;
      if (isWhole || vector < vectors - 1) {
        STORE(place, sums[row][vector]);
      } else {
        STORE_PART(place, sums[row][vector], lanes);
      }
    }
    UNROLL for (int vector = 0; vector < vectors; vector += 2) {
      const VECTOR next = sums[row][vector + 1 < vectors ? vector + 1 : vector];
      unordered = NAN_OR(unordered, IS_NAN(sums[row][vector], next));
    }
  }
  if (__builtin_expect(HAS_NAN(unordered), 0)) {
    KERNEL(settle_nan)(rows, (vectors - 1) * LANES + lanes, result, resultStep);
  }
}
