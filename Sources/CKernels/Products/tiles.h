// A function for each tile, found by its size. Included for each kind of processor and type of number.

typedef void (*KERNEL(Tile))(
    long depth, const NUMBER *left, long leftStep, const NUMBER *right, long rightStep, long panelStep, int lanes,
    NUMBER *result, long resultStep, int adds);

#define TILE_FUNCTION(NAME, ROWS, VECTORS, IS_ACROSS)                                                      \
  TARGET static void KERNEL(NAME)(                                                                         \
      long depth, const NUMBER *left, long leftStep, const NUMBER *right, long rightStep, long panelStep,  \
      int lanes, NUMBER *result, long resultStep, int adds) {                                              \
    if (HAS_FREE_PARTS || lanes < LANES) {                                                                 \
      KERNEL(tile)(                                                                                        \
          ROWS, VECTORS, IS_ACROSS, 0, depth, left, leftStep, right, rightStep, panelStep, lanes, result, \
          resultStep, adds); \
    } else {                                                                                               \
      KERNEL(tile)(                                                                                        \
          ROWS, VECTORS, IS_ACROSS, 1, depth, left, leftStep, right, rightStep, panelStep, LANES, result, \
          resultStep, adds); \
    }                                                                                                      \
  }

#define TILE_FUNCTIONS(ROWS, VECTORS)                                                                      \
  TILE_FUNCTION(tile_##ROWS##_##VECTORS##_along, ROWS, VECTORS, 0)                                         \
  TILE_FUNCTION(tile_##ROWS##_##VECTORS##_across, ROWS, VECTORS, 1)
#define TILE_ENTRY(ROWS, VECTORS)                                                                          \
  [ROWS - 1][VECTORS - 1] = {KERNEL(tile_##ROWS##_##VECTORS##_along), KERNEL(tile_##ROWS##_##VECTORS##_across)},

EACH_TILE(TILE_FUNCTIONS)
static const KERNEL(Tile) KERNEL(tiles)[TILE_ROWS][TILE_VECTORS][2] = {EACH_TILE(TILE_ENTRY)};

// Few rows have many vectors each, so that enough sums are under way at once.
#define WIDE_ENTRY(ROWS, VECTORS)                                                                          \
  [ROWS - 1] = {KERNEL(tile_##ROWS##_##VECTORS##_along), KERNEL(tile_##ROWS##_##VECTORS##_across)},

EACH_WIDE_TILE(TILE_FUNCTIONS)
static const KERNEL(Tile) KERNEL(wide_tiles)[WIDE_ROWS][2] = {EACH_WIDE_TILE(WIDE_ENTRY)};
