// The functions for every processor; arm64 has vectors and fused instructions for them as it is.
#pragma STDC FP_CONTRACT OFF
#include "../fused.h"

#define TARGET
#define FUNCTION(name) tapedeck_portable_##name
#define FUSED(a, b, c) tapedeck_fused_double(a, b, c)
#include "template.h"
