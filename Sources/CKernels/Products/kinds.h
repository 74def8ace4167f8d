/// The kinds of processor that products have kernels for, and what each kind offers.
#ifndef TAPEDECK_KINDS_H
#define TAPEDECK_KINDS_H

#include "products.h"

/// The kernels of one kind of processor for one type of number.
#define DECLARE_KERNELS(TYPE, NAME)                                                                        \
  typedef struct {                                                                                         \
    long (*workspace)(long rows, long columns, long inner);                                                \
    long (*packedCount)(long inner, long columns);                                                         \
    void (*pack)(long inner, long from, long to, Tapedeck##NAME##Matrix right, TYPE *packed);              \
    void (*multiply)(                                                                                      \
        const Tapedeck##NAME##Product *product, TapedeckRegion region, const TYPE *packed, TYPE *workspace); \
  } Tapedeck##NAME##Kernels;

DECLARE_KERNELS(float, Float)
DECLARE_KERNELS(double, Double)

#define DECLARE_KIND(KIND)                                                                                 \
  extern const TapedeckFloatKernels tapedeck_##KIND##_float_kernels;                                       \
  extern const TapedeckDoubleKernels tapedeck_##KIND##_double_kernels;

DECLARE_KIND(portable)
DECLARE_KIND(avx2)
DECLARE_KIND(avx512)
DECLARE_KIND(neon)

#endif
