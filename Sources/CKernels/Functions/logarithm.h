// ln x and ln(1 + x). Included for each kind of processor.
//
// x = 2ᵏ · (1 + f) with 1 + f from √½ to √2; ln(1 + f) = 2 artanh s with s = f ÷ (2 + f).

static const int64_t HALF_ROOT = 0x3fe6a09e667f3bcd;

/// ln x to 33 bits, for a result in single precision, of x > 0 in the normal range.
HERE double FUNCTION(log_single)(double x) {
  const int64_t bits = bits_of(x) + (0x3ff0000000000000 - HALF_ROOT);
  const double k = whole((bits >> 52) - 1023);
  const double f = with_bits((bits & 0x000fffffffffffff) + HALF_ROOT) - 1;
  const double s = f / (2 + f), z = s * s;
  double series = 1.0 / 13;
  series = FUSED(series, z, 1.0 / 11);
  series = FUSED(series, z, 1.0 / 9);
  series = FUSED(series, z, 1.0 / 7);
  series = FUSED(series, z, 1.0 / 5);
  series = FUSED(series, z, 1.0 / 3);
  series = FUSED(series, z, 1.0);
  return FUSED(k, 0x1.62e42fefa39efp-1, 2 * s * series);
}

/// ln(x + low) within 0.9 units in the last place, of x > 0 and a `low` that is lost in it.
///
/// Source: the polynomial and the order of the additions of FreeBSD's e_log.c, by Sun Microsystems.
HERE double FUNCTION(log_of_sum)(double x, double low) {
  const int isSmall = x < 0x1p-1022;
  const double normal = isSmall ? x * 0x1p54 : x;
  const int64_t bits = bits_of(normal) + (0x3ff0000000000000 - HALF_ROOT);
  const double k = whole((bits >> 52) - 1023) - (isSmall ? 54.0 : 0.0);
  const double f = with_bits((bits & 0x000fffffffffffff) + HALF_ROOT) - 1;
  const double s = f / (2 + f), z = s * s, half = 0.5 * f * f;
  double series = 1.479819860511658591e-01;
  series = FUSED(series, z, 1.531383769920937332e-01);
  series = FUSED(series, z, 1.818357216161805012e-01);
  series = FUSED(series, z, 2.222219843214978396e-01);
  series = FUSED(series, z, 2.857142874366239149e-01);
  series = FUSED(series, z, 3.999999999940941908e-01);
  series = FUSED(series, z, 6.666666666666735130e-01);
  const double rest = FUSED(s, FUSED(series, z, half), FUSED(k, LN2_LOW, low / x));
  return FUSED(k, LN2_HIGH, f - (half - rest));
}

HERE double FUNCTION(log_of)(double x) {
  const double value = FUNCTION(log_of_sum)(x, 0);
  return x > 0 ? (x < HUGE_VAL ? value : HUGE_VAL) : x == 0 ? -HUGE_VAL : QUIET;
}

HERE double FUNCTION(log1p_of)(double x) {
  const Sum sum = exact_sum(1, x);
  const double value = FUNCTION(log_of_sum)(sum.high, sum.low);
  return x > -1 ? (x < HUGE_VAL ? (x == 0 ? x : value) : HUGE_VAL) : x == -1 ? -HUGE_VAL : QUIET;
}

HERE double FUNCTION(log_of_single)(double x) {
  const double value = FUNCTION(log_single)(x);
  return x > 0 ? (x < HUGE_VAL ? value : HUGE_VAL) : x == 0 ? -HUGE_VAL : QUIET;
}

/// Below 2⁻²⁰ the double 1 + x has lost too much of x, and two terms of the series are enough.
HERE double FUNCTION(log1p_of_single)(double x) {
  const double value = magnitude(x) < 0x1p-20 ? x - 0.5 * x * x : FUNCTION(log_single)(1 + x);
  return x > -1 ? (x < HUGE_VAL ? (x == 0 ? x : value) : HUGE_VAL) : x == -1 ? -HUGE_VAL : QUIET;
}
