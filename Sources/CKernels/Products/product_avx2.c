// Products for processors with AVX2 and FMA: tiles of 6 rows and two vectors, 12 of the 16 registers.
#if defined(__x86_64__)
#include <immintrin.h>

#include "common.h"

#define TARGET __attribute__((target("avx2,fma")))
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define EACH_TILE(TILE)                                                                                    \
  TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1)                                        \
  TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2)
#define EACH_WIDE_TILE(TILE) TILE(1, 8) TILE(2, 4) TILE(3, 4)
#define WIDE_ROWS 3
#define WIDE_VECTORS(rows) ((rows) == 1 ? 8 : 4)
#define CHUNK_ROWS 144
#define CHUNK_COLUMNS 1024
#define IN_PLACE_ROWS 256
#define IN_PLACE_COLUMNS 128
#define MOST_TURNED 65536

#define HAS_FREE_PARTS 0
#define LOAD(place) INTRINSIC(loadu)(place)
#define LOAD_PART(place, count) INTRINSIC(maskload)(place, PART(count))
#define STORE(place, vector) INTRINSIC(storeu)(place, vector)
#define STORE_PART(place, vector, count) INTRINSIC(maskstore)(place, PART(count), vector)
#define ZERO INTRINSIC(setzero)()
#define SPLAT(number) INTRINSIC(set1)(number)
#define ADD(a, b) INTRINSIC(add)(a, b)
#define MULTIPLY_ADD(a, b, c) INTRINSIC(fmadd)(a, b, c)
#define NAN_FLAGS VECTOR
#define NO_NAN ZERO
#define NAN_OR(a, b) INTRINSIC(or)(a, b)
#define HAS_NAN(flags) (INTRINSIC(movemask)(flags) != 0)

#define USES_FLOAT
#include "number.h"
#define KERNEL(name) tapedeck_avx2_float_##name
#define VECTOR __m256
#define LANES 8
#define INTRINSIC(name) _mm256_##name##_ps
#define IS_NAN(a, b) _mm256_cmp_ps(a, b, _CMP_UNORD_Q)
#define PART(count) _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))

INLINE TARGET void KERNEL(transpose)(VECTOR *square) {
  VECTOR pairs[LANES], fours[LANES];
  UNROLL for (int line = 0; line < LANES; line += 2) {
    pairs[line] = _mm256_unpacklo_ps(square[line], square[line + 1]);
    pairs[line + 1] = _mm256_unpackhi_ps(square[line], square[line + 1]);
  }
  UNROLL for (int line = 0; line < LANES; line += 4) {
    UNROLL for (int half = 0; half < 2; half++) {
      const __m256d low = _mm256_castps_pd(pairs[line + half]), high = _mm256_castps_pd(pairs[line + half + 2]);
      fours[line + 2 * half] = _mm256_castpd_ps(_mm256_unpacklo_pd(low, high));
      fours[line + 2 * half + 1] = _mm256_castpd_ps(_mm256_unpackhi_pd(low, high));
    }
  }
  // Now fours[4i + j] holds terms j and j + 4 of lines 4i to 4i + 3.
  UNROLL for (int term = 0; term < 4; term++) {
    square[term] = _mm256_permute2f128_ps(fours[term], fours[term + 4], 0x20);
    square[term + 4] = _mm256_permute2f128_ps(fours[term], fours[term + 4], 0x31);
  }
}

#include "template.h"
#include "undefine.h"

#define USES_DOUBLE
#include "number.h"
#define KERNEL(name) tapedeck_avx2_double_##name
#define VECTOR __m256d
#define LANES 4
#define INTRINSIC(name) _mm256_##name##_pd
#define IS_NAN(a, b) _mm256_cmp_pd(a, b, _CMP_UNORD_Q)
#define PART(count) _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3))

INLINE TARGET void KERNEL(transpose)(VECTOR *square) {
  const VECTOR a = _mm256_unpacklo_pd(square[0], square[1]), b = _mm256_unpackhi_pd(square[0], square[1]);
  const VECTOR c = _mm256_unpacklo_pd(square[2], square[3]), d = _mm256_unpackhi_pd(square[2], square[3]);
  square[0] = _mm256_permute2f128_pd(a, c, 0x20);
  square[1] = _mm256_permute2f128_pd(b, d, 0x20);
  square[2] = _mm256_permute2f128_pd(a, c, 0x31);
  square[3] = _mm256_permute2f128_pd(b, d, 0x31);
}

#include "template.h"
#include "undefine.h"
#endif
