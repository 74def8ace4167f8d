/// Numbers and their bits.
#ifndef TAPEDECK_BITS_H
#define TAPEDECK_BITS_H

#include <stdint.h>
#include <string.h>

#define ALWAYS static inline __attribute__((always_inline))

/// Adding and taking away 1.5 · 2⁵² rounds to a whole number, which stands in the lower bits in between.
#define ROUNDER 0x1.8p52

ALWAYS int64_t bits_of(double number) {
  int64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

ALWAYS double with_bits(int64_t bits) {
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

/// A whole number of up to 51 bits as one in floating point: conversions are not in every instruction set.
ALWAYS double whole(int64_t number) { return with_bits(number + bits_of(ROUNDER)) - ROUNDER; }

/// 2ⁿ for n from −1022 to 1023.
ALWAYS double power_of_two(int64_t n) { return with_bits((int64_t)((uint64_t)(n + 1023) << 52)); }

ALWAYS double magnitude(double x) { return with_bits(bits_of(x) & INT64_MAX); }
ALWAYS double with_sign_of(double sign, double x) { return with_bits(bits_of(x) | (bits_of(sign) & INT64_MIN)); }

/// a + b, and what its rounding lost.
typedef struct {
  double high, low;
} Sum;

ALWAYS Sum exact_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return (Sum){sum, (a - (sum - part)) + (b - part)};
}

#endif
