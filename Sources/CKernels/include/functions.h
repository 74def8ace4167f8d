/// Exponentials, logarithms and their like with the same bits on every processor.
///
/// They are made of additions, multiplications, divisions, fused multiply-adds and the bits of numbers, each of which
/// IEEE 754 rounds in one way only, in an order that does not depend on the number of elements or their place.
///
/// In single precision they are computed in double precision and rounded once: within 0.51 units in the last place, so
/// nearly always the nearest number. In double precision they are within one unit: see each. A NaN gives the one quiet
/// NaN without a sign or a message; 0 keeps its sign where the function has it. `result` may be `x`.
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

#endif
