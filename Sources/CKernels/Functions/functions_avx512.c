// The functions for processors with AVX-512.
#if defined(__x86_64__)
#pragma STDC FP_CONTRACT OFF
#define TARGET __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma")))
#define FUNCTION(name) tapedeck_avx512_##name
#define FUSED(a, b, c) __builtin_fma(a, b, c)
#include "template.h"
#endif
