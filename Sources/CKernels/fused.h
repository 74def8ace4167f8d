/// a · b + c in one rounding, on processors that may have no instruction for it; never NaN's own bits.
#ifndef TAPEDECK_FUSED_H
#define TAPEDECK_FUSED_H

#if defined(__x86_64__) && !defined(__FMA__)
#include <stdint.h>
#include <string.h>

/// In double precision the product is exact. The sum is rounded to odd: cut off, its last bit 1 where anything was
/// lost. It has more than two bits more than the result, so rounding it once more gives what one rounding would.
/// Source: S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums", 2008.
static inline float tapedeck_fused_float(float a, float b, float c) {
  const double product = (double)a * b, other = c, sum = product + other;
  const double part = sum - product, lost = (product - (sum - part)) + (other - part);
  int64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  const int isInexact = (lost > 0) | (lost < 0), isEven = (bits & 1) == 0;
  if (isInexact & isEven) bits += (lost > 0) == (sum > 0) ? 1 : -1;
  double odd;
  memcpy(&odd, &bits, sizeof odd);
  return (float)odd;
}

/// A finite number other than 0 as a whole number of 53 bits times a power of two.
typedef struct {
  uint64_t digits;
  int exponent, isNegative;
} TapedeckParts;

static inline TapedeckParts tapedeck_parts(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  const int field = (int)(bits >> 52 & 0x7ff), isNegative = (int)(bits >> 63);
  const uint64_t digits = bits & 0x000fffffffffffff;
  if (field > 0) return (TapedeckParts){digits | 0x0010000000000000, field - 1075, isNegative};
  const int shift = __builtin_clzll(digits) - 11;
  return (TapedeckParts){digits << shift, -1074 - shift, isNegative};
}

/// digits · 2^exponent, rounded to nearest, ties to even; `digits` is not 0.
static inline double tapedeck_rounded(unsigned __int128 digits, int exponent, int isNegative) {
  const uint64_t upper = (uint64_t)(digits >> 64), lower = (uint64_t)digits;
  const int top = upper ? 127 - __builtin_clzll(upper) : 63 - __builtin_clzll(lower);
  // 53 digits are kept, or those from 2⁻¹⁰⁷⁴ on.
  const int shift = exponent + top < -1022 ? -1074 - exponent : top - 52;
  uint64_t kept = 0;
  if (shift <= 0) {
    kept = (uint64_t)(digits << -shift);
  } else if (shift < 128) {
    const unsigned __int128 rest = digits & (((unsigned __int128)1 << shift) - 1);
    const unsigned __int128 half = (unsigned __int128)1 << (shift - 1);
    kept = (uint64_t)(digits >> shift);
    kept += rest > half || (rest == half && (kept & 1));
  }
  // A number below 2⁵² is subnormal: the field of its exponent is 0, or 1 where it was rounded up to 2⁵².
  const int field = exponent + top < -1022 ? 0 : exponent + shift + 1074;
  uint64_t bits = ((uint64_t)field << 52) + kept;
  if (bits > 0x7ff0000000000000 || field > 0x7fe) bits = 0x7ff0000000000000;
  bits |= (uint64_t)isNegative << 63;
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

/// The product has up to 106 digits, and stands 20 bits up in 128; the other number is moved to the same scale. What it
/// or the product loses on the right is far below the last digit of the result, and leaves a 1 behind.
static inline double tapedeck_fused_double(double a, double b, double c) {
  // x − x is NaN where x is infinite or NaN.
  if (a - a != 0 || b - b != 0 || a == 0 || b == 0) return a * b + c;
  if (c - c != 0) return c;
  if (c == 0) return a * b;
  const TapedeckParts left = tapedeck_parts(a), right = tapedeck_parts(b), other = tapedeck_parts(c);
  unsigned __int128 product = (unsigned __int128)left.digits * right.digits << 20, addend = other.digits;
  int exponent = left.exponent + right.exponent - 20;
  const int isNegative = left.isNegative ^ right.isNegative, shift = other.exponent - exponent;
  if (shift > 73) {
    const int right = shift - 73 < 127 ? shift - 73 : 127;
    const int isInexact = (product & (((unsigned __int128)1 << right) - 1)) != 0;
    product = product >> right | (unsigned)isInexact;
    addend <<= 73;
    exponent = other.exponent - 73;
  } else if (shift >= 0) {
    addend <<= shift;
  } else {
    const int right = -shift < 127 ? -shift : 127;
    const int isInexact = (addend & (((unsigned __int128)1 << right) - 1)) != 0;
    addend = addend >> right | (unsigned)isInexact;
  }
  if (isNegative == other.isNegative) return tapedeck_rounded(product + addend, exponent, isNegative);
  if (product == addend) return 0;
  return product > addend ? tapedeck_rounded(product - addend, exponent, isNegative)
                          : tapedeck_rounded(addend - product, exponent, other.isNegative);
}
#else
static inline float tapedeck_fused_float(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double tapedeck_fused_double(double a, double b, double c) { return __builtin_fma(a, b, c); }
#endif

#endif
