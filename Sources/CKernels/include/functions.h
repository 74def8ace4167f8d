/// Exponentials, logarithms and their like with the same bits on every processor.
///
/// They are made of additions, multiplications, divisions, fused multiply-adds and the bits of numbers, each of which
/// IEEE 754 rounds in one way only, in an order that does not depend on the number of elements or their place.
///
/// In single precision they are computed in double precision and rounded once: within 0.51 units in the last place, so
/// nearly always the nearest number. In double precision they are within 0.95 units, erf within 1.3. A NaN gives the one
/// quiet NaN without a sign or a message; 0 keeps its sign where the function has it. `result` may be `x`.
#ifndef TAPEDECK_FUNCTIONS_H
#define TAPEDECK_FUNCTIONS_H

/// eˣ.
void tapedeck_exp_float(long count, const float *x, float *result);
void tapedeck_exp_double(long count, const double *x, double *result);

/// The natural logarithm: −∞ of 0, NaN below.
void tapedeck_log_float(long count, const float *x, float *result);
void tapedeck_log_double(long count, const double *x, double *result);

/// ln(1 + x): −∞ of −1, NaN below.
void tapedeck_log1p_float(long count, const float *x, float *result);
void tapedeck_log1p_double(long count, const double *x, double *result);

/// The hyperbolic tangent.
void tapedeck_tanh_float(long count, const float *x, float *result);
void tapedeck_tanh_double(long count, const double *x, double *result);

/// 1 ÷ (1 + e⁻ˣ).
void tapedeck_sigmoid_float(long count, const float *x, float *result);
void tapedeck_sigmoid_double(long count, const double *x, double *result);

/// The error function, 2 ÷ √π · ∫ exp(−t²) dt from 0 to x.
void tapedeck_erf_float(long count, const float *x, float *result);
void tapedeck_erf_double(long count, const double *x, double *result);

/// The sine and the cosine of angles in radians.
void tapedeck_sin_float(long count, const float *x, float *result);
void tapedeck_sin_double(long count, const double *x, double *result);
void tapedeck_cos_float(long count, const float *x, float *result);
void tapedeck_cos_double(long count, const double *x, double *result);

/// xʸ, with the special cases of IEEE 754; exponents are `yStep` apart, 0 where there is one for all.
void tapedeck_pow_float(long count, const float *x, const float *y, long yStep, float *result);
void tapedeck_pow_double(long count, const double *x, const double *y, long yStep, double *result);

/// The same of a single number.
#define TAPEDECK_OF_ONE(NAME, TYPE)                                                                        \
  static inline TYPE tapedeck_##NAME##_of_##TYPE(TYPE x) {                                                 \
    TYPE result;                                                                                           \
    tapedeck_##NAME##_##TYPE(1, &x, &result);                                                              \
    return result;                                                                                         \
  }
#define TAPEDECK_OF_BOTH(NAME) TAPEDECK_OF_ONE(NAME, float) TAPEDECK_OF_ONE(NAME, double)
TAPEDECK_OF_BOTH(exp)
TAPEDECK_OF_BOTH(log)
TAPEDECK_OF_BOTH(log1p)
TAPEDECK_OF_BOTH(tanh)
TAPEDECK_OF_BOTH(sigmoid)
TAPEDECK_OF_BOTH(erf)
TAPEDECK_OF_BOTH(sin)
TAPEDECK_OF_BOTH(cos)

static inline float tapedeck_pow_of_float(float x, float y) {
  float result;
  tapedeck_pow_float(1, &x, &y, 0, &result);
  return result;
}
static inline double tapedeck_pow_of_double(double x, double y) {
  double result;
  tapedeck_pow_double(1, &x, &y, 0, &result);
  return result;
}

#endif
