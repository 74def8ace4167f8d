// The type of number that is meant until undefine.h.
#if defined(USES_FLOAT)
#define NUMBER float
#define MATRIX TapedeckFloatMatrix
#define PRODUCT TapedeckFloatProduct
#define QUIET_NAN __builtin_nanf("")
#else
#define NUMBER double
#define MATRIX TapedeckDoubleMatrix
#define PRODUCT TapedeckDoubleProduct
#define QUIET_NAN __builtin_nan("")
#endif
