/// Compiles a function for several kinds of processor; the best that the machine has is called.
#if defined(__x86_64__) && defined(__ELF__)
#define FOR_EVERY_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EVERY_PROCESSOR
#endif

/// A product and a sum are rounded one after the other, on every processor.
#pragma STDC FP_CONTRACT OFF
