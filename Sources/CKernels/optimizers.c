#include "kernels.h"
#include "processors.h"

#include <float.h>

// A term that is switched off is not computed: 0 times an infinite parameter would be NaN.
#define WITH_DECAY(gradient, decay, value) ((decay) != 0 ? (gradient) + (decay) * (value) : (gradient))

// a + (b − a)·weight from the nearer end, so that b comes out whole where the weight is 1; PyTorch's lerp.
#define INTERPOLATE(a, b, weight)                                                                          \
  ((weight) < 0.5 ? (a) + ((b) - (a)) * (weight) : (b) - ((b) - (a)) * (1 - (weight)))

// A parameter that is NaN is the one quiet NaN: which of two an addition keeps differs between processors.
#define SETTLED(TYPE, value) ((value) == (value) ? (value) : (TYPE)__builtin_nan(""))

// 0 where a number is nearer to it than `least`. What is kept of a gradient that has become 0 would end as a subnormal
// number that is never rounded to 0, and computing with those takes processors twenty times as long.
#define WITHOUT_TRACES(value, least) (__builtin_elementwise_abs(value) < (least) ? 0 : (value))

// The gradients whose squares are not counted, so that none of them is subnormal; 0, and `least` is 0 too, where that
// could change a parameter's last digit.
#define LEAST_SLOPE(TYPE, step, LEAST, DIGITS)                                                             \
  (__builtin_sqrt(LEAST / (step).newSquare) <= (step).epsilon * DIGITS                                     \
       ? (TYPE)__builtin_sqrt(LEAST / (step).newSquare)                                                    \
       : 0)

#define STEP_BY_MOMENTS(TYPE, LEAST, DIGITS)                                                                              \
  static inline __attribute__((always_inline)) void step_by_moments_##TYPE(                                \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict mean,            \
      TYPE *restrict square, TYPE *restrict greatest, const int settles, TapedeckMomentStep step) {        \
    const TYPE shrink = (TYPE)step.shrink, decay = (TYPE)step.decay, epsilon = (TYPE)step.epsilon;         \
    const TYPE newMean = (TYPE)step.newMean, newSquare = (TYPE)step.newSquare;                             \
    const TYPE keptSquare = (TYPE)step.keptSquare;                                                         \
    const TYPE stepSize = (TYPE)step.stepSize, inverseRoot = (TYPE)step.inverseRoot;                       \
    const TYPE leastSlope = LEAST_SLOPE(TYPE, step, LEAST, DIGITS), least = leastSlope > 0 ? LEAST : 0;    \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE value = parameter[index] * shrink;                                                        \
      const TYPE slope = WITH_DECAY(gradient[index], decay, value);                                        \
      const TYPE counted = WITHOUT_TRACES(slope, leastSlope);                                              \
      const TYPE mixed = INTERPOLATE(mean[index], slope, newMean);                                         \
      const TYPE m = settles ? WITHOUT_TRACES(mixed, least) : mixed;                                       \
      const TYPE sum = square[index] * keptSquare + newSquare * (counted * counted);                       \
      TYPE v = settles ? WITHOUT_TRACES(sum, least) : sum;                                                 \
      mean[index] = m;                                                                                     \
      square[index] = v;                                                                                   \
      if (greatest) greatest[index] = v = greatest[index] >= v ? greatest[index] : v;                      \
      const TYPE next = value - stepSize * m / (__builtin_elementwise_sqrt(v) * inverseRoot + epsilon);    \
      parameter[index] = SETTLED(TYPE, next);                                                              \
    }                                                                                                      \
  }                                                                                                        \
                                                                                                           \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_moments_##TYPE(                                                \
      long count, TYPE *parameter, const TYPE *gradient, TYPE *mean, TYPE *square, TYPE *greatest,         \
      TapedeckMomentStep step) {                                                                           \
    if (greatest) {                                                                                        \
      step_by_moments_##TYPE(count, parameter, gradient, mean, square, greatest, step.settles, step);      \
    } else if (step.settles) {                                                                             \
      step_by_moments_##TYPE(count, parameter, gradient, mean, square, 0, 1, step);                        \
    } else {                                                                                               \
      step_by_moments_##TYPE(count, parameter, gradient, mean, square, 0, 0, step);                        \
    }                                                                                                      \
  }

STEP_BY_MOMENTS(float, FLT_MIN, 0x1p-24)
STEP_BY_MOMENTS(double, DBL_MIN, 0x1p-53)

#define STEP_BY_GRADIENT(TYPE)                                                                             \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_gradient_##TYPE(                                               \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE rate, TYPE decay, TYPE sign) {\
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE slope = WITH_DECAY(sign * gradient[index], decay, parameter[index]);                      \
      const TYPE next = parameter[index] - rate * slope;                                                   \
      parameter[index] = SETTLED(TYPE, next);                                                              \
    }                                                                                                      \
  }

STEP_BY_GRADIENT(float)
STEP_BY_GRADIENT(double)

#define STEP_BY_VELOCITY(TYPE, LEAST)                                                                             \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_velocity_##TYPE(                                               \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict velocity,        \
      TapedeckVelocityStep step) {                                                                         \
    const TYPE rate = (TYPE)step.rate, decay = (TYPE)step.decay;                                           \
    const TYPE kept = (TYPE)step.kept, added = (TYPE)step.added, sign = (TYPE)step.sign;                   \
    const TYPE momentum = (TYPE)step.momentum;                                                             \
    const int looksAhead = step.looksAhead;                                                                \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE slope = WITH_DECAY(sign * gradient[index], decay, parameter[index]);                      \
      const TYPE v = WITHOUT_TRACES(kept * velocity[index] + added * slope, LEAST);                        \
      velocity[index] = v;                                                                                 \
      const TYPE next = parameter[index] - rate * (looksAhead ? slope + momentum * v : v);                 \
      parameter[index] = SETTLED(TYPE, next);                                                              \
    }                                                                                                      \
  }

STEP_BY_VELOCITY(float, FLT_MIN)
STEP_BY_VELOCITY(double, DBL_MIN)
