// The kernels of one kind of processor for one type of number, made of what the file that includes this one defines:
//
// - TYPE, NUMBER, MATRIX, PRODUCT, QUIET_NAN: the type of number and its structures; KERNEL(name): a name
// - TARGET: the attribute of a function for the kind of processor
// - VECTOR of LANES numbers: ZERO, LOAD, LOAD_PART, STORE, STORE_PART, SPLAT, ADD, MULTIPLY_ADD, and transpose
// - NAN_FLAGS, NO_NAN, NAN_OR, IS_NAN (of two vectors), HAS_NAN
// - TILE_ROWS, TILE_VECTORS, EACH_TILE, EACH_WIDE_TILE, WIDE_ROWS, WIDE_VECTORS: the tiles there are
#define PANEL (TILE_VECTORS * LANES)

#include "ends.h"
#include "tile.h"
#include "tiles.h"
#include "packing.h"
#include "lines.h"
#include "driver.h"
#include "entry.h"
