// Which system this is: Linux has descriptors for signals, wakes and files without a name; elsewhere pipes and a
// temporary file take their place. Defining TERMINAL_GUARD_PORTABLE tries those on Linux too.
#pragma once
#if defined(__linux__) && !defined(TERMINAL_GUARD_PORTABLE)
#define TERMINAL_GUARD_LINUX 1
#else
#define TERMINAL_GUARD_LINUX 0
#endif

// The first number that is no signal with a name of its own.
#include <signal.h>
#if defined(__linux__)
#define AFTER_NAMED_SIGNALS SIGRTMIN
#else
#define AFTER_NAMED_SIGNALS NSIG
#endif

// Opens a pipe neither end of which waits or is inherited; 0 on success.
int terminal_guard_pipe(int ends[2]);
