/// The kinds of processor that products have kernels for.
#ifndef TAPEDECK_KINDS_H
#define TAPEDECK_KINDS_H

#include "products.h"

#define DECLARE_KIND(KIND)                                                                                 \
  void tapedeck_##KIND##_float_multiply(                                                                   \
      const TapedeckFloatProduct *product, TapedeckRegion region, float *workspace);                       \
  void tapedeck_##KIND##_double_multiply(                                                                  \
      const TapedeckDoubleProduct *product, TapedeckRegion region, double *workspace);

DECLARE_KIND(portable)
DECLARE_KIND(avx2)
DECLARE_KIND(avx512)
DECLARE_KIND(neon)

#endif
