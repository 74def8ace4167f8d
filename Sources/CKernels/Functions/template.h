// All functions for one kind of processor, which the file that includes this one defines by
// TARGET, the attribute of a function for it, FUNCTION(name), a name, and FUSED(a, b, c), a · b + c in one rounding.
#include <math.h>

#include "bits.h"
#include "table.h"

#define HERE TARGET ALWAYS
#define QUIET __builtin_nan("")

#include "exponential.h"
#include "logarithm.h"
#include "hyperbolic.h"
#include "error_function.h"
#include "trigonometric.h"
#include "power.h"

#define LOOPS(NAME)                                                                                        \
  TARGET static void FUNCTION(NAME##_float)(long count, const float *x, float *result) {                   \
    for (long index = 0; index < count; index++) {                                                         \
      const float value = x[index], image = (float)FUNCTION(NAME##_of_single)(value);                      \
      result[index] = value == value ? image : (float)QUIET;                                               \
    }                                                                                                      \
  }                                                                                                        \
  TARGET static void FUNCTION(NAME##_double)(long count, const double *x, double *result) {                \
    for (long index = 0; index < count; index++) {                                                         \
      const double value = x[index], image = FUNCTION(NAME##_of)(value);                                   \
      result[index] = value == value ? image : QUIET;                                                      \
    }                                                                                                      \
  }

HERE double FUNCTION(exp_of_single)(double x) { return FUNCTION(exp_single)(x); }

EACH_FUNCTION(LOOPS)

#define ENTRY(NAME) .NAME##_float = FUNCTION(NAME##_float), .NAME##_double = FUNCTION(NAME##_double),
const TapedeckFunctions FUNCTION(functions) = {
    EACH_FUNCTION(ENTRY).pow_float = FUNCTION(pow_float), .pow_double = FUNCTION(pow_double)};
