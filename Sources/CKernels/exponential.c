#include "kernels.h"
#include "processors.h"

// eˣ = 2ⁿ · eʳ with n the whole number nearest to x ÷ ln 2 and |r| ≤ ln 2 ÷ 2. ln 2 is taken in two parts,
// the first with so few digits that its product with n is exact; eʳ is a polynomial of degree 6.
// Source: the coefficients of Cephes' expf, S. L. Moshier, <https://www.netlib.org/cephes/>.
FOR_EVERY_PROCESSOR void tapedeck_exp_of_negative(long count, float *values) {
  for (long index = 0; index < count; index++) {
    const float x = values[index];
    // Below this the result is 0; the bound keeps n in the range of the exponent's two halves.
    const float bounded = x < -104.0f ? -104.0f : x;
    // Adding and taking away 1.5 · 2²³ rounds to a whole number; NaN stays NaN.
    const float rounded = (bounded * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
    const float r = (bounded - rounded * 0.693359375f) - rounded * -2.12194440e-4f;
    float power = 1.9875691500e-4f;
    power = power * r + 1.3981999507e-3f;
    power = power * r + 8.3334519073e-3f;
    power = power * r + 4.1665795894e-2f;
    power = power * r + 1.6666665459e-1f;
    power = power * r + 5.0000001201e-1f;
    power = power * (r * r) + r + 1.0f;
    // 2ⁿ in two factors, since below −126 it is no normal number.
    const int n = x == x ? (int)rounded : 0;
    const int half = n / 2;
    union { int bits; float value; } first = {(half + 127) << 23}, second = {(n - half + 127) << 23};
    values[index] = power * first.value * second.value;
  }
}
