// Products for arm64: tiles of 6 rows and four vectors, 24 of the 32 registers.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "common.h"

#define TARGET
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define EACH_TILE(TILE)                                                                                    \
  TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)                                        \
  TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2)                                        \
  TILE(1, 3) TILE(2, 3) TILE(3, 3) TILE(4, 3) TILE(5, 3) TILE(6, 3)                                        \
  TILE(1, 4) TILE(2, 4) TILE(3, 4) TILE(4, 4) TILE(5, 4) TILE(6, 4)
#define EACH_WIDE_TILE(TILE) TILE(1, 8) TILE(2, 8)
#define WIDE_ROWS 2
#define WIDE_VECTORS(rows) 8
#define CHUNK_ROWS 144
#define CHUNK_COLUMNS 1024
#define IN_PLACE_ROWS 256
#define IN_PLACE_COLUMNS 128
#define MOST_TURNED 65536

#define HAS_FREE_PARTS 0
#define LOAD(place) INTRINSIC(vld1q)(place)
#define LOAD_PART(place, count) KERNEL(load_part)(place, count)
#define STORE(place, vector) INTRINSIC(vst1q)(place, vector)
#define STORE_PART(place, vector, count) KERNEL(store_part)(place, vector, count)
#define ZERO INTRINSIC(vdupq_n)(0)
#define SPLAT(number) INTRINSIC(vdupq_n)(number)
#define ADD(a, b) INTRINSIC(vaddq)(a, b)
#define MULTIPLY_ADD(a, b, c) INTRINSIC(vfmaq)(c, a, b)
// A vector of ones where both are numbers.
#define NAN_FLAGS uint64x2_t
#define NO_NAN vdupq_n_u64(~0ull)
#define NAN_OR(a, b) vandq_u64(a, b)
#define HAS_NAN(flags) ((vgetq_lane_u64(flags, 0) & vgetq_lane_u64(flags, 1)) != ~0ull)

#define USES_FLOAT
#include "number.h"
#define KERNEL(name) tapedeck_neon_float_##name
#define VECTOR float32x4_t
#define LANES 4
#define INTRINSIC(name) name##_f32
#define IS_NAN(a, b) vreinterpretq_u64_u32(vandq_u32(vceqq_f32(a, a), vceqq_f32(b, b)))

INLINE void KERNEL(transpose)(VECTOR *square) {
  const float32x4x2_t a = vtrnq_f32(square[0], square[1]), b = vtrnq_f32(square[2], square[3]);
  square[0] = vcombine_f32(vget_low_f32(a.val[0]), vget_low_f32(b.val[0]));
  square[1] = vcombine_f32(vget_low_f32(a.val[1]), vget_low_f32(b.val[1]));
  square[2] = vcombine_f32(vget_high_f32(a.val[0]), vget_high_f32(b.val[0]));
  square[3] = vcombine_f32(vget_high_f32(a.val[1]), vget_high_f32(b.val[1]));
}

INLINE VECTOR KERNEL(load_part)(const NUMBER *place, int count) {
  NUMBER numbers[LANES] = {0};
  for (int lane = 0; lane < count; lane++) numbers[lane] = place[lane];
  return vld1q_f32(numbers);
}

INLINE void KERNEL(store_part)(NUMBER *place, VECTOR vector, int count) {
  NUMBER numbers[LANES];
  vst1q_f32(numbers, vector);
  for (int lane = 0; lane < count; lane++) place[lane] = numbers[lane];
}

#include "template.h"
#include "undefine.h"

#define USES_DOUBLE
#include "number.h"
#define KERNEL(name) tapedeck_neon_double_##name
#define VECTOR float64x2_t
#define LANES 2
#define INTRINSIC(name) name##_f64
#define IS_NAN(a, b) vandq_u64(vceqq_f64(a, a), vceqq_f64(b, b))

INLINE void KERNEL(transpose)(VECTOR *square) {
  const VECTOR first = vtrn1q_f64(square[0], square[1]);
  square[1] = vtrn2q_f64(square[0], square[1]);
  square[0] = first;
}

INLINE VECTOR KERNEL(load_part)(const NUMBER *place, int count) {
  return count == 2 ? vld1q_f64(place) : vsetq_lane_f64(place[0], vdupq_n_f64(0), 0);
}

INLINE void KERNEL(store_part)(NUMBER *place, VECTOR vector, int count) {
  place[0] = vgetq_lane_f64(vector, 0);
  if (count == 2) place[1] = vgetq_lane_f64(vector, 1);
}

#include "template.h"
#include "undefine.h"
#endif
