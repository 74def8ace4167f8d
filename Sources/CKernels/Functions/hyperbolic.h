// tanh x and 1 ÷ (1 + e⁻ˣ). Included for each kind of processor.

/// (high + low) ÷ (bottom + bottomLow), of numbers whose low parts are small against their high ones.
HERE double FUNCTION(quotient)(double high, double low, double bottom, double bottomLow) {
  const double inverse = 1 / bottom, near = high * inverse;
  const double rest = FUSED(-near, bottom, high) + FUSED(-near, bottomLow, low);
  return FUSED(rest, inverse, near);
}

/// tanh |x| = m ÷ (m + 2) with m = e^2|x| − 1 in two parts: within 0.95 units in the last place.
HERE double FUNCTION(tanh_of)(double x) {
  const double twice = 2 * magnitude(x), bounded = twice > 44 ? 44 : twice;
  const FUNCTION(Reduced) reduced = FUNCTION(reduced)(bounded);
  const double power = power_of_two(reduced.n);
  const double sum = reduced.r + reduced.rest, lost = (reduced.r - sum) + reduced.rest;
  const Sum minusOne = exact_sum(power - 1, power * sum);
  const double low = FUSED(power, lost, minusOne.low);
  const Sum bottom = exact_sum(minusOne.high, 2);
  const double value = FUNCTION(quotient)(minusOne.high, low, bottom.high, bottom.low + low);
  // What the quotient would lose of the smallest numbers.
  return with_sign_of(x, twice < 0x1p-28 ? magnitude(x) : value);
}

/// e⁻|x| is at most 1, so nothing overflows: within 0.8 units in the last place.
HERE double FUNCTION(sigmoid_of)(double x) {
  const Sum power = FUNCTION(exp_in_two)(-magnitude(x));
  const double bottom = 1 + power.high, lost = (power.high - (bottom - 1)) + power.low;
  return FUNCTION(quotient)(x < 0 ? power.high : 1, x < 0 ? power.low : 0, bottom, lost);
}

HERE double FUNCTION(tanh_of_single)(double x) {
  const double size = magnitude(x), bounded = size > 20 ? 20 : size;
  const double power = FUNCTION(exp_single)(2 * bounded);
  // 1 − 2 ÷ (power + 1) would lose what is left of a small one: there the series.
  const double value = size < 0x1p-7 ? size - size * size * size * (1.0 / 3) : (power - 1) / (power + 1);
  return with_sign_of(x, value);
}

HERE double FUNCTION(sigmoid_of_single)(double x) {
  const double power = FUNCTION(exp_single)(-magnitude(x));
  return (x < 0 ? power : 1) / (1 + power);
}
