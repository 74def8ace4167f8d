// The functions for every processor; arm64 has vectors and fused instructions for them as it is.
#pragma STDC FP_CONTRACT OFF
#define TARGET
#define FUNCTION(name) tapedeck_portable_##name
#define FUSED(a, b, c) __builtin_fma(a, b, c)
#include "template.h"
