// xʸ. Included for each kind of processor.

/// ln x in two parts, within 2⁻⁶³ of it, of a finite x > 0.
HERE Sum FUNCTION(log_in_two)(double x) {
  const int isSmall = x < 0x1p-1022;
  const double normal = isSmall ? x * 0x1p54 : x;
  const int64_t bits = bits_of(normal) + (0x3ff0000000000000 - HALF_ROOT);
  const double k = whole((bits >> 52) - 1023) - (isSmall ? 54.0 : 0.0);
  const double f = with_bits((bits & 0x000fffffffffffff) + HALF_ROOT) - 1;
  // s = f ÷ (2 + f), and z = s², in two parts each.
  const double bottom = 2 + f, bottomLow = f - (bottom - 2), s = f / bottom;
  const double sLow = FUSED(-s, bottomLow, FUSED(-s, bottom, f)) / bottom;
  const double z = s * s, zLow = FUSED(2 * s, sLow, FUSED(s, s, -z));
  double series = 1.0 / 23;
  series = FUSED(series, z, 1.0 / 21);
  series = FUSED(series, z, 1.0 / 19);
  series = FUSED(series, z, 1.0 / 17);
  series = FUSED(series, z, 1.0 / 15);
  series = FUSED(series, z, 1.0 / 13);
  series = FUSED(series, z, 1.0 / 11);
  series = FUSED(series, z, 1.0 / 9);
  series = FUSED(series, z, 1.0 / 7);
  series = FUSED(series, z, 1.0 / 5);
  // ln(1 + f) = 2s · (1 + t), with t = z ÷ 3 + z² · series.
  const double third = 0x1.5555555555555p-2, thirdLow = 0x1.5555555555555p-56;
  const double product = z * third;
  const double productLow = FUSED(z, third, -product) + FUSED(z, thirdLow, zLow * third);
  const Sum t = exact_sum(product, FUSED(z * z, series, productLow));
  const double twice = 2 * s, more = twice * t.high;
  const double moreLow = FUSED(twice, t.high, -more) + FUSED(twice, t.low, 2 * sLow * (1 + t.high));
  const Sum near = exact_sum(twice, more), whole = exact_sum(k * LN2_HIGH, near.high);
  return exact_sum(whole.high, whole.low + (near.low + FUSED(k, LN2_LOW, moreLow)));
}

/// eˣ of the sum of two numbers.
HERE double FUNCTION(exp_of_sum)(Sum x) {
  const double bounded = x.high < -746 ? -746 : x.high > 710 ? 710 : x.high;
  const FUNCTION(Reduced) reduced = FUNCTION(reduced)(bounded);
  const double low = bounded == x.high ? x.low : 0;
  const double sum = 1 + reduced.r, rest = (reduced.r - (sum - 1)) + reduced.rest;
  return FUNCTION(scaled)(sum + FUSED(sum + rest, low, rest), reduced.n);
}

HERE int FUNCTION(is_whole)(double y) {
  return magnitude(y) >= 0x1p52 || (magnitude(y) + 0x1p52) - 0x1p52 == magnitude(y);
}

HERE int FUNCTION(is_odd)(double y) {
  return magnitude(y) < 0x1p53 && FUNCTION(is_whole)(y) && !FUNCTION(is_whole)(0.5 * y);
}

/// The special cases are those of IEEE 754.
HERE double FUNCTION(power)(double x, double y, const int isSingle) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return QUIET;
  const double size = magnitude(x);
  const int isNegative = bits_of(x) < 0 && FUNCTION(is_odd)(y);
  double value;
  if (size == 1) {
    value = 1;
  } else if (magnitude(y) == HUGE_VAL) {
    return (size > 1) == (y > 0) ? HUGE_VAL : 0;
  } else if (size == 0 || size == HUGE_VAL) {
    value = (size == 0) == (y < 0) ? HUGE_VAL : 0;
  } else if (isSingle) {
    value = FUNCTION(exp_of)(y * FUNCTION(log_of)(size));
  } else {
    const Sum logarithm = FUNCTION(log_in_two)(size);
    const double product = logarithm.high * y;
    value = FUNCTION(exp_of_sum)(
        (Sum){product, FUSED(logarithm.high, y, -product) + logarithm.low * y});
  }
  if (x < 0 && magnitude(y) < HUGE_VAL && size < HUGE_VAL && !FUNCTION(is_whole)(y)) return QUIET;
  return isNegative ? -value : value;
}

TARGET static void FUNCTION(pow_float)(long count, const float *x, const float *y, long yStep, float *result) {
  for (long index = 0; index < count; index++) {
    result[index] = (float)FUNCTION(power)(x[index], y[index * yStep], 1);
  }
}

TARGET static void FUNCTION(pow_double)(long count, const double *x, const double *y, long yStep, double *result) {
  for (long index = 0; index < count; index++) result[index] = FUNCTION(power)(x[index], y[index * yStep], 0);
}
