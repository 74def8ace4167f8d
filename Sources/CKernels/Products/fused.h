/// a · b + c in one rounding, on processors that may have no instruction for it.
#ifndef TAPEDECK_FUSED_H
#define TAPEDECK_FUSED_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && !defined(__FMA__)
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
#else
static inline float tapedeck_fused_float(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
#endif

/// The C library's is exact where the processor has none.
static inline double tapedeck_fused_double(double a, double b, double c) { return __builtin_fma(a, b, c); }

#endif
