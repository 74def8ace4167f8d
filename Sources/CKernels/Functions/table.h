/// The functions of one kind of processor.
#ifndef TAPEDECK_TABLE_H
#define TAPEDECK_TABLE_H

#define EACH_FUNCTION(F) F(exp) F(log) F(log1p) F(tanh) F(sigmoid) F(erf) F(sin) F(cos)

#define MEMBERS(NAME)                                                                                      \
  void (*NAME##_float)(long count, const float *x, float *result);                                         \
  void (*NAME##_double)(long count, const double *x, double *result);

typedef struct {
  EACH_FUNCTION(MEMBERS)
  void (*pow_float)(long count, const float *x, const float *y, long yStep, float *result);
  void (*pow_double)(long count, const double *x, const double *y, long yStep, double *result);
} TapedeckFunctions;

extern const TapedeckFunctions tapedeck_portable_functions, tapedeck_avx2_functions, tapedeck_avx512_functions;

#endif
