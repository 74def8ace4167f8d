#include <stdint.h>
#include <string.h>

#include "kernels.h"
#include "processors.h"

// Any odd-looking numbers do, as long as no two stripes of a block see the same eight: here SplitMix64's first.
static const uint64_t secret[24] = {
    0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec, 0x1b39896a51a8749b,
    0x53cb9f0c747ea2ea, 0x2c829abe1f4532e1, 0xc584133ac916ab3c, 0x3ee5789041c98ac3, 0xf3b8488c368cb0a6,
    0x657eecdd3cb13d09, 0xc2d326e0055bdef6, 0x8621a03fe0bbdb7b, 0x8e1f7555983aa92f, 0xb54e0f1600cc4d19,
    0x84bb3f97971d80ab, 0x7d29825c75521255, 0xc3cf17102b7f7f86, 0x3466e9a083914f64, 0xd81a8d2b5a4485ac,
    0xdb01602b100b9ed7, 0xa9038a921825f10d, 0xedf5f1d90dca2f6a, 0x54496ad67bd2634c};

enum { LANES = 8, STRIPE = 8 * LANES, STRIPES_A_BLOCK = 16 };
static const uint64_t prime = 0x9E3779B97F4A7C15;

#define ADD_STRIPE(lanes, bytes, key)                                                                      \
  for (int lane = 0; lane < LANES; lane++) {                                                               \
    uint64_t word;                                                                                         \
    memcpy(&word, (bytes) + 8 * lane, 8);                                                                  \
    const uint64_t mixed = word ^ (key)[lane];                                                             \
    lanes[lane] += (word << 32 | word >> 32) + (mixed & 0xffffffff) * (mixed >> 32);                       \
  }

FOR_EVERY_PROCESSOR uint64_t tapedeck_hash(uint64_t seed, const void *data, long count) {
  const unsigned char *bytes = data;
  uint64_t lanes[LANES];
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = seed ^ secret[lane] * prime;
  long stripe = 0;
  for (; (stripe + 1) * STRIPE <= count; stripe++) {
    ADD_STRIPE(lanes, bytes + stripe * STRIPE, secret + stripe % STRIPES_A_BLOCK)
    if (stripe % STRIPES_A_BLOCK == STRIPES_A_BLOCK - 1) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = (lanes[lane] ^ lanes[lane] >> 47 ^ secret[lane + STRIPES_A_BLOCK]) * prime;
      }
    }
  }
  unsigned char rest[STRIPE] = {0};
  if (count > stripe * STRIPE) memcpy(rest, bytes + stripe * STRIPE, count - stripe * STRIPE);
  ADD_STRIPE(lanes, rest, secret + stripe % STRIPES_A_BLOCK)
  uint64_t value = seed ^ (uint64_t)count * prime;
  for (int lane = 0; lane < LANES; lane++) {
    value = (value ^ lanes[lane]) * prime;
    value ^= value >> 29;
  }
  value *= secret[0] | 1;
  return value ^ value >> 32;
}
