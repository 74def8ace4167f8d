// cos x and sin x, of angles in radians. Included for each kind of processor.
//
// x = n · π ÷ 2 + r with |r| ≤ π ÷ 4; the cosine or the sine of r is its Taylor series, and n says which and its sign.

/// An angle less n quarters of a turn, in two parts.
typedef struct {
  int64_t n;
  double r, low;
} FUNCTION(Angle);

/// The digits of 2 ÷ π after the point, in words.
static const uint64_t TWO_BY_PI[20] = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
    0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

/// 64 of those digits from one on; 0 before the point.
ALWAYS uint64_t FUNCTION(digits_from)(long place) {
  if (place <= -64) return 0;
  if (place < 0) return TWO_BY_PI[0] >> -place;
  const long word = place / 64, offset = place % 64;
  return offset ? TWO_BY_PI[word] << offset | TWO_BY_PI[word + 1] >> (64 - offset) : TWO_BY_PI[word];
}

/// A large angle times 2 ÷ π, without the digits that make whole turns, in 192 bits.
/// Source: M. Payne and R. Hanek, "Radian reduction for trigonometric functions", 1983.
HERE FUNCTION(Angle) FUNCTION(large_angle)(double x) {
  const int64_t bits = bits_of(x);
  const uint64_t digits = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  const long place = (long)(bits >> 52 & 0x7ff) - 1075 - 2;
  const unsigned __int128 first = (unsigned __int128)digits * FUNCTION(digits_from)(place + 128);
  const unsigned __int128 second = (unsigned __int128)digits * FUNCTION(digits_from)(place + 64) + (uint64_t)(first >> 64);
  const uint64_t lowest = (uint64_t)first, middle = (uint64_t)second;
  const uint64_t highest = digits * FUNCTION(digits_from)(place) + (uint64_t)(second >> 64);
  // The upper two bits count quarters; what is left is a fraction of one, negative from a half on.
  const uint64_t upper = highest << 2 | middle >> 62, lower = middle << 2 | lowest >> 62;
  const int64_t n = (int64_t)(highest >> 62) + (int64_t)(upper >> 63);
  const Sum sum = exact_sum((double)((int64_t)upper >> 32) * 0x1p-32, (double)(upper & 0xffffffff) * 0x1p-64);
  const Sum fraction = exact_sum(sum.high, (double)(lower >> 32) * 0x1p-96);
  const double rest = sum.low + fraction.low + (double)(lower & 0xffffffff) * 0x1p-128;
  const double half = 0x1.921fb54442d18p0, halfLow = 0x1.1a62633145c07p-54;
  const double r = fraction.high * half;
  const double low = FUSED(fraction.high, half, -r) + FUSED(fraction.high, halfLow, rest * half);
  return x < 0 ? (FUNCTION(Angle)){-n, -r, -low} : (FUNCTION(Angle)){n, r, low};
}

HERE FUNCTION(Angle) FUNCTION(angle)(double x) {
  if (!(magnitude(x) < 0x1p20)) return FUNCTION(large_angle)(x);
  const double shifted = FUSED(x, 0x1.45f306dc9c883p-1, ROUNDER), n = shifted - ROUNDER;
  // π ÷ 2 in three parts of 33 digits, whose products with n are exact, and the rest.
  const double near = FUSED(-n, 0x1.921fb544p0, x);
  const Sum nearer = exact_sum(near, -n * 0x1.0b4611a6p-34);
  const Sum nearest = exact_sum(nearer.high, -n * 0x1.3198a2ep-69);
  const double low = nearer.low + nearest.low - n * 0x1.b839a252049c1p-104;
  const Sum angle = exact_sum(nearest.high, low);
  return (FUNCTION(Angle)){bits_of(shifted) - bits_of(ROUNDER), angle.high, angle.low};
}

/// The sine or, for odd n, the cosine of an angle; the third and fourth quarters turn the sign.
HERE double FUNCTION(sine_of_angle)(FUNCTION(Angle) angle) {
  const double r = angle.r, z = r * r, half = 0.5 * z;
  double sine = 1.0 / 355687428096000, cosine = -1.0 / 6402373705728000;
  sine = FUSED(sine, z, -1.0 / 1307674368000);
  sine = FUSED(sine, z, 1.0 / 6227020800);
  sine = FUSED(sine, z, -1.0 / 39916800);
  sine = FUSED(sine, z, 1.0 / 362880);
  sine = FUSED(sine, z, -1.0 / 5040);
  sine = FUSED(sine, z, 1.0 / 120);
  sine = FUSED(sine, z, -1.0 / 6);
  cosine = FUSED(cosine, z, 1.0 / 20922789888000);
  cosine = FUSED(cosine, z, -1.0 / 87178291200);
  cosine = FUSED(cosine, z, 1.0 / 479001600);
  cosine = FUSED(cosine, z, -1.0 / 3628800);
  cosine = FUSED(cosine, z, 1.0 / 40320);
  cosine = FUSED(cosine, z, -1.0 / 720);
  cosine = FUSED(cosine, z, 1.0 / 24);
  const double near = 1 - half, lost = (1 - near) - half;
  const double value = angle.n & 1 ? near + (lost + FUSED(z * z, cosine, -r * angle.low))
                                   : r + FUSED(r * z, sine, FUSED(-half, angle.low, angle.low));
  return angle.n & 2 ? -value : value;
}

HERE double FUNCTION(sin_of)(double x) {
  if (!(magnitude(x) < HUGE_VAL)) return QUIET;
  return x == 0 ? x : FUNCTION(sine_of_angle)(FUNCTION(angle)(x));
}

HERE double FUNCTION(cos_of)(double x) {
  if (!(magnitude(x) < HUGE_VAL)) return QUIET;
  FUNCTION(Angle) angle = FUNCTION(angle)(x);
  angle.n += 1;
  return FUNCTION(sine_of_angle)(angle);
}

HERE double FUNCTION(sin_of_single)(double x) { return FUNCTION(sin_of)(x); }
HERE double FUNCTION(cos_of_single)(double x) { return FUNCTION(cos_of)(x); }
