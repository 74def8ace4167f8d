/// The functions of one kind of processor.
#ifndef TAPEDECK_TABLE_H
#define TAPEDECK_TABLE_H

#define EACH_FUNCTION(F) F(exp) F(log) F(log1p) F(tanh) F(sigmoid) F(erf)

#define MEMBERS(NAME)                                                                                      \
  void (*NAME##_float)(long count, const float *x, float *result);                                         \
  void (*NAME##_double)(long count, const double *x, double *result);

typedef struct {
  EACH_FUNCTION(MEMBERS)
} TapedeckFunctions;

extern const TapedeckFunctions tapedeck_portable_functions, tapedeck_avx2_functions, tapedeck_avx512_functions;

#endif
