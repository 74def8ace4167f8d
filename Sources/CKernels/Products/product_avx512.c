// Products for processors with AVX-512: tiles of 14 rows and two vectors, 28 of the 32 registers.
#if defined(__x86_64__)
#include <immintrin.h>

#include "common.h"

#define TARGET __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma")))
#define TILE_ROWS 14
#define TILE_VECTORS 2
#define EACH_TILE(TILE)                                                                                    \
  TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1) TILE(7, 1)                             \
  TILE(8, 1) TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1) TILE(13, 1) TILE(14, 1)                        \
  TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2) TILE(7, 2)                             \
  TILE(8, 2) TILE(9, 2) TILE(10, 2) TILE(11, 2) TILE(12, 2) TILE(13, 2) TILE(14, 2)
#define EACH_WIDE_TILE(TILE) TILE(1, 8) TILE(2, 8) TILE(3, 4) TILE(4, 4)
#define WIDE_ROWS 4
#define WIDE_VECTORS(rows) ((rows) <= 2 ? 8 : 4)
#define CHUNK_ROWS 224
#define CHUNK_COLUMNS 1024
#define IN_PLACE_ROWS 256
#define IN_PLACE_COLUMNS 128
#define MOST_TURNED 65536

// A mask costs a load nothing.
#define HAS_FREE_PARTS 1
#define LOAD(place) INTRINSIC(loadu)(place)
#define LOAD_PART(place, count) INTRINSIC(maskz_loadu)(PART(count), place)
#define STORE(place, vector) INTRINSIC(storeu)(place, vector)
#define STORE_PART(place, vector, count) INTRINSIC(mask_storeu)(place, PART(count), vector)
#define ZERO INTRINSIC(setzero)()
#define SPLAT(number) INTRINSIC(set1)(number)
#define ADD(a, b) INTRINSIC(add)(a, b)
#define MULTIPLY_ADD(a, b, c) INTRINSIC(fmadd)(a, b, c)
#define NAN_FLAGS unsigned
#define NO_NAN 0
#define NAN_OR(a, b) ((a) | (b))
#define HAS_NAN(flags) ((flags) != 0)

#define USES_FLOAT
#include "number.h"
#define KERNEL(name) tapedeck_avx512_float_##name
#define VECTOR __m512
#define LANES 16
#define INTRINSIC(name) _mm512_##name##_ps
#define IS_NAN(a, b) _mm512_cmp_ps_mask(a, b, _CMP_UNORD_Q)
#define PART(count) ((__mmask16)((1u << (count)) - 1))

INLINE TARGET void KERNEL(transpose)(VECTOR *square) {
  VECTOR pairs[LANES], fours[LANES];
  UNROLL for (int line = 0; line < LANES; line += 2) {
    pairs[line] = _mm512_unpacklo_ps(square[line], square[line + 1]);
    pairs[line + 1] = _mm512_unpackhi_ps(square[line], square[line + 1]);
  }
  UNROLL for (int line = 0; line < LANES; line += 4) {
    UNROLL for (int half = 0; half < 2; half++) {
      const __m512d low = _mm512_castps_pd(pairs[line + half]), high = _mm512_castps_pd(pairs[line + half + 2]);
      fours[line + 2 * half] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
      fours[line + 2 * half + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
    }
  }
  // Now fours[4i + j] holds terms j, j + 4, j + 8 and j + 12 of lines 4i to 4i + 3.
  UNROLL for (int term = 0; term < 4; term++) {
    const VECTOR a = _mm512_shuffle_f32x4(fours[term], fours[term + 4], 0x88);
    const VECTOR b = _mm512_shuffle_f32x4(fours[term], fours[term + 4], 0xdd);
    const VECTOR c = _mm512_shuffle_f32x4(fours[term + 8], fours[term + 12], 0x88);
    const VECTOR d = _mm512_shuffle_f32x4(fours[term + 8], fours[term + 12], 0xdd);
    square[term] = _mm512_shuffle_f32x4(a, c, 0x88);
    square[term + 8] = _mm512_shuffle_f32x4(a, c, 0xdd);
    square[term + 4] = _mm512_shuffle_f32x4(b, d, 0x88);
    square[term + 12] = _mm512_shuffle_f32x4(b, d, 0xdd);
  }
}

#include "template.h"
#include "undefine.h"

#define USES_DOUBLE
#include "number.h"
#define KERNEL(name) tapedeck_avx512_double_##name
#define VECTOR __m512d
#define LANES 8
#define INTRINSIC(name) _mm512_##name##_pd
#define IS_NAN(a, b) _mm512_cmp_pd_mask(a, b, _CMP_UNORD_Q)
#define PART(count) ((__mmask8)((1u << (count)) - 1))

INLINE TARGET void KERNEL(transpose)(VECTOR *square) {
  VECTOR pairs[LANES];
  UNROLL for (int line = 0; line < LANES; line += 2) {
    pairs[line] = _mm512_unpacklo_pd(square[line], square[line + 1]);
    pairs[line + 1] = _mm512_unpackhi_pd(square[line], square[line + 1]);
  }
  // Now pairs[2i + j] holds terms j, j + 2, j + 4 and j + 6 of lines 2i and 2i + 1.
  UNROLL for (int term = 0; term < 2; term++) {
    const VECTOR a = _mm512_shuffle_f64x2(pairs[term], pairs[term + 2], 0x88);
    const VECTOR b = _mm512_shuffle_f64x2(pairs[term], pairs[term + 2], 0xdd);
    const VECTOR c = _mm512_shuffle_f64x2(pairs[term + 4], pairs[term + 6], 0x88);
    const VECTOR d = _mm512_shuffle_f64x2(pairs[term + 4], pairs[term + 6], 0xdd);
    square[term] = _mm512_shuffle_f64x2(a, c, 0x88);
    square[term + 4] = _mm512_shuffle_f64x2(a, c, 0xdd);
    square[term + 2] = _mm512_shuffle_f64x2(b, d, 0x88);
    square[term + 6] = _mm512_shuffle_f64x2(b, d, 0xdd);
  }
}

#include "template.h"
#include "undefine.h"
#endif
