// eˣ. Included for each kind of processor.
//
// eˣ = 2ⁿ · eʳ with n the whole number nearest to x ÷ ln 2 and |r| ≤ ln 2 ÷ 2; eʳ is its Taylor series.

static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33, ONE_BY_LN2 = 0x1.71547652b82fep0;

/// 2ⁿ · number, for n of up to 11 bits: in two factors, since a power by itself may be out of range.
HERE double FUNCTION(scaled)(double number, int64_t n) {
  const int64_t half = (n + 4096) / 2 - 2048;
  return number * power_of_two(half) * power_of_two(n - half);
}

/// eˣ to 31 bits, for a result in single precision.
HERE double FUNCTION(exp_single)(double x) {
  const double bounded = x < -110 ? -110 : x > 90 ? 90 : x;
  const double shifted = FUSED(bounded, ONE_BY_LN2, ROUNDER), n = shifted - ROUNDER;
  const double r = FUSED(-n, LN2_LOW, FUSED(-n, LN2_HIGH, bounded));
  double series = 1.0 / 40320;
  series = FUSED(series, r, 1.0 / 5040);
  series = FUSED(series, r, 1.0 / 720);
  series = FUSED(series, r, 1.0 / 120);
  series = FUSED(series, r, 1.0 / 24);
  series = FUSED(series, r, 1.0 / 6);
  series = FUSED(series, r, 1.0 / 2);
  series = FUSED(series, r, 1.0);
  series = FUSED(series, r, 1.0);
  return series * power_of_two(bits_of(shifted) - bits_of(ROUNDER));
}

/// x = n · ln 2 + r + low, and eʳ − 1 − r with what r lost.
typedef struct {
  int64_t n;
  double r, rest;
} FUNCTION(Reduced);

HERE FUNCTION(Reduced) FUNCTION(reduced)(double x) {
  const double shifted = FUSED(x, ONE_BY_LN2, ROUNDER), n = shifted - ROUNDER;
  const double near = FUSED(-n, LN2_HIGH, x), r = FUSED(-n, LN2_LOW, near);
  const double low = FUSED(-n, LN2_LOW, near - r);
  double series = 1.0 / 6227020800;
  series = FUSED(series, r, 1.0 / 479001600);
  series = FUSED(series, r, 1.0 / 39916800);
  series = FUSED(series, r, 1.0 / 3628800);
  series = FUSED(series, r, 1.0 / 362880);
  series = FUSED(series, r, 1.0 / 40320);
  series = FUSED(series, r, 1.0 / 5040);
  series = FUSED(series, r, 1.0 / 720);
  series = FUSED(series, r, 1.0 / 120);
  series = FUSED(series, r, 1.0 / 24);
  series = FUSED(series, r, 1.0 / 6);
  series = FUSED(series, r, 1.0 / 2);
  return (FUNCTION(Reduced)){bits_of(shifted) - bits_of(ROUNDER), r, FUSED(r * r, series, low)};
}

/// eˣ as the sum of two numbers, the second of which is below the last place of the first; both lose digits only where
/// they are subnormal.
HERE Sum FUNCTION(exp_in_two)(double x) {
  const double bounded = x < -746 ? -746 : x > 710 ? 710 : x;
  const FUNCTION(Reduced) reduced = FUNCTION(reduced)(bounded);
  const double sum = 1 + reduced.r, rest = (reduced.r - (sum - 1)) + reduced.rest;
  const double high = sum + rest, low = rest - (high - sum);
  return (Sum){FUNCTION(scaled)(high, reduced.n), FUNCTION(scaled)(low, reduced.n)};
}

/// Within 0.75 units in the last place, and mostly 0.55.
HERE double FUNCTION(exp_of)(double x) { return FUNCTION(exp_in_two)(x).high; }
