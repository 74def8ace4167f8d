#include "kernels.h"
#include "processors.h"

#define STEP_BY_MOMENTS(TYPE)                                                                              \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_moments_##TYPE(                                                \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict mean,            \
      TYPE *restrict square, TapedeckMomentStep step) {                                                    \
    const TYPE shrink = (TYPE)step.shrink, decay = (TYPE)step.decay, epsilon = (TYPE)step.epsilon;         \
    const TYPE newMean = (TYPE)step.newMean, newSquare = (TYPE)step.newSquare;                             \
    const TYPE keptSquare = (TYPE)step.keptSquare;                                                         \
    const TYPE stepSize = (TYPE)step.stepSize, inverseRoot = (TYPE)step.inverseRoot;                       \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE value = parameter[index] * shrink;                                                        \
      const TYPE slope = gradient[index] + decay * value;                                                  \
      const TYPE m = mean[index] + (slope - mean[index]) * newMean;                                        \
      const TYPE v = square[index] * keptSquare + newSquare * (slope * slope);                             \
      mean[index] = m;                                                                                     \
      square[index] = v;                                                                                   \
      parameter[index] = value - stepSize * m / (__builtin_elementwise_sqrt(v) * inverseRoot + epsilon);   \
    }                                                                                                      \
  }

STEP_BY_MOMENTS(float)
STEP_BY_MOMENTS(double)

#define STEP_BY_GRADIENT(TYPE)                                                                             \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_gradient_##TYPE(                                               \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE rate, TYPE decay) {        \
    for (long index = 0; index < count; index++) {                                                         \
      parameter[index] -= rate * (gradient[index] + decay * parameter[index]);                             \
    }                                                                                                      \
  }

STEP_BY_GRADIENT(float)
STEP_BY_GRADIENT(double)

#define STEP_BY_VELOCITY(TYPE)                                                                             \
  FOR_EVERY_PROCESSOR void tapedeck_step_by_velocity_##TYPE(                                               \
      long count, TYPE *restrict parameter, const TYPE *restrict gradient, TYPE *restrict velocity,        \
      TapedeckVelocityStep step) {                                                                         \
    const TYPE rate = (TYPE)step.rate, decay = (TYPE)step.decay;                                           \
    const TYPE kept = (TYPE)step.kept, momentum = (TYPE)step.momentum;                                     \
    const int looksAhead = step.looksAhead;                                                                \
    for (long index = 0; index < count; index++) {                                                         \
      const TYPE slope = gradient[index] + decay * parameter[index];                                       \
      const TYPE v = kept * velocity[index] + slope;                                                       \
      velocity[index] = v;                                                                                 \
      parameter[index] -= rate * (looksAhead ? slope + momentum * v : v);                                  \
    }                                                                                                      \
  }

STEP_BY_VELOCITY(float)
STEP_BY_VELOCITY(double)
