/// Compiles a function for several kinds of processor; the best that the machine has is called.
///
/// Which one that is, is found out while the program is loaded. The thread sanitizer is not ready by then and would
/// crash, so that under it the default is compiled alone; the bits are the same.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TAPEDECK_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define TAPEDECK_THREAD_SANITIZER
#endif

#if defined(__x86_64__) && defined(__ELF__) && !defined(TAPEDECK_THREAD_SANITIZER)
#define FOR_EVERY_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EVERY_PROCESSOR
#endif

/// A product and a sum are rounded one after the other, on every processor.
#pragma STDC FP_CONTRACT OFF
