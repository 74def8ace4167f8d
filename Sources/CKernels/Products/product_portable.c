// Products for every processor: tiles of 4 × 4 numbers, one after the other.
#include "common.h"
#include "../fused.h"

#define TARGET
#define TILE_ROWS 4
#define TILE_VECTORS 4
#define EACH_TILE(TILE)                                                                                    \
  TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2)                  \
  TILE(1, 3) TILE(2, 3) TILE(3, 3) TILE(4, 3) TILE(1, 4) TILE(2, 4) TILE(3, 4) TILE(4, 4)
#define EACH_WIDE_TILE(TILE) TILE(1, 8)
#define WIDE_ROWS 1
#define WIDE_VECTORS(rows) 8
#define CHUNK_ROWS 64
#define CHUNK_COLUMNS 512
#define IN_PLACE_ROWS 256
#define IN_PLACE_COLUMNS 128
#define MOST_TURNED 65536

#define HAS_FREE_PARTS 0
#define VECTOR NUMBER
#define LANES 1
#define LOAD(place) (*(place))
#define LOAD_PART(place, count) ((void)(count), *(place))
#define STORE(place, number) (*(place) = (number))
#define STORE_PART(place, number, count) ((void)(count), *(place) = (number))
#define ZERO ((NUMBER)0)
#define SPLAT(number) (number)
#define ADD(a, b) ((a) + (b))
#define NAN_FLAGS int
#define NO_NAN 0
#define NAN_OR(a, b) ((a) | (b))
#define IS_NAN(a, b) (((a) != (a)) | ((b) != (b)))
#define HAS_NAN(flags) ((flags) != 0)

#define USES_FLOAT
#include "number.h"
#define KERNEL(name) tapedeck_portable_float_##name
#define MULTIPLY_ADD(a, b, c) tapedeck_fused_float(a, b, c)
INLINE void KERNEL(transpose)(VECTOR *square) { (void)square; }
#include "template.h"
#undef MULTIPLY_ADD
#undef USES_FLOAT
#undef NUMBER
#undef MATRIX
#undef PRODUCT
#undef KERNELS
#undef QUIET_NAN
#undef KERNEL

#define USES_DOUBLE
#include "number.h"
#define KERNEL(name) tapedeck_portable_double_##name
#define MULTIPLY_ADD(a, b, c) tapedeck_fused_double(a, b, c)
INLINE void KERNEL(transpose)(VECTOR *square) { (void)square; }
#include "template.h"
