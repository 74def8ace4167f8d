// The functions for processors with AVX2 and FMA.
#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF
#define TARGET __attribute__((target("avx2,fma")))
#define FUNCTION(name) tapedeck_avx2_##name
#define FUSED(a, b, c) __builtin_fma(a, b, c)
#include "template.h"
#endif
