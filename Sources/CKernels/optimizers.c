#include "kernels.h"
#include "processors.h"

// A term that is switched off is not computed: 0 times an infinite parameter would be NaN.
#define WITH_DECAY(gradient, decay, value) ((decay) != 0 ? (gradient) + (decay) * (value) : (gradient))

// a + (b − a)·weight from the nearer end, so that b comes out whole where the weight is 1; PyTorch's lerp.
#define INTERPOLATE(a, b, weight)                                                                          \
  ((weight) < 0.5 ? (a) + ((b) - (a)) * (weight) : (b) - ((b) - (a)) * (1 - (weight)))

// A parameter that is NaN is the one quiet NaN: which of two an addition keeps differs between processors.
#define SETTLED(TYPE, value) ((value) == (value) ? (value) : (TYPE)__builtin_nan(""))

#define STEP_BY_MOMENTS(TYPE)                                                                              \
  static inline __attribute__((always_inline)) void step_by_moments_##TYPE(                                \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict mean,            \
      TYPE *restrict square, TYPE *restrict greatest, TapedeckMomentStep step) {                           \
    const TYPE shrink = (TYPE)step.shrink, decay = (TYPE)step.decay, epsilon = (TYPE)step.epsilon;         \
    const TYPE newMean = (TYPE)step.newMean, newSquare = (TYPE)step.newSquare;                             \
    const TYPE keptSquare = (TYPE)step.keptSquare;                                                         \
    const TYPE stepSize = (TYPE)step.stepSize, inverseRoot = (TYPE)step.inverseRoot;                       \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE value = parameter[index] * shrink;                                                        \
      const TYPE slope = WITH_DECAY(gradient[index], decay, value);                                        \
      const TYPE m = INTERPOLATE(mean[index], slope, newMean);                                             \
      TYPE v = square[index] * keptSquare + newSquare * (slope * slope);                                   \
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
      step_by_moments_##TYPE(count, parameter, gradient, mean, square, greatest, step);                    \
    } else {                                                                                               \
      step_by_moments_##TYPE(count, parameter, gradient, mean, square, 0, step);                           \
    }                                                                                                      \
  }

STEP_BY_MOMENTS(float)
STEP_BY_MOMENTS(double)

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

#define STEP_BY_VELOCITY(TYPE)                                                                             \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_velocity_##TYPE(                                               \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict velocity,        \
      TapedeckVelocityStep step) {                                                                         \
    const TYPE rate = (TYPE)step.rate, decay = (TYPE)step.decay;                                           \
    const TYPE kept = (TYPE)step.kept, added = (TYPE)step.added, sign = (TYPE)step.sign;                   \
    const TYPE momentum = (TYPE)step.momentum;                                                             \
    const int looksAhead = step.looksAhead;                                                                \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE slope = WITH_DECAY(sign * gradient[index], decay, parameter[index]);                      \
      const TYPE v = kept * velocity[index] + added * slope;                                               \
      velocity[index] = v;                                                                                 \
      const TYPE next = parameter[index] - rate * (looksAhead ? slope + momentum * v : v);                 \
      parameter[index] = SETTLED(TYPE, next);                                                              \
    }                                                                                                      \
  }

STEP_BY_VELOCITY(float)
STEP_BY_VELOCITY(double)
