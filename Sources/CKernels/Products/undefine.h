// Makes room for the other type of number.
#undef USES_FLOAT
#undef USES_DOUBLE
#undef NUMBER
#undef MATRIX
#undef PRODUCT
#undef QUIET_NAN
#undef KERNEL
#undef VECTOR
#undef LANES
#undef INTRINSIC
#undef PART
#undef IS_NAN
#undef PANEL
