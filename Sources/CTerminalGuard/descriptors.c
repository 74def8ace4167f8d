// Wakes, pipes and files without a name.
#define _GNU_SOURCE
#include "platform.h"
#include "terminal_guard.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if TERMINAL_GUARD_LINUX
#include <sys/eventfd.h>
#include <sys/mman.h>

int terminal_guard_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

int terminal_guard_open_memory(void) { return memfd_create("screen", MFD_CLOEXEC); }

int terminal_guard_open_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void terminal_guard_close_event(int descriptor) { close(descriptor); }

void terminal_guard_post_event(int descriptor) {
  uint64_t one = 1;
  // A full counter is readable already, so a write that fails has nothing to add.
  if (write(descriptor, &one, sizeof one) < 0) return;
}

void terminal_guard_clear_event(int descriptor) {
  uint64_t count;
  if (read(descriptor, &count, sizeof count) < 0) return;
}
#else
#include <stdatomic.h>
#include <stdio.h>

static int keep(int descriptor, int never_waits) {
  if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) return -1;
  return never_waits ? fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) : 0;
}

int terminal_guard_pipe(int ends[2]) {
  if (pipe(ends) != 0) return -1;
  if (keep(ends[0], 1) == 0 && keep(ends[1], 1) == 0) return 0;
  close(ends[0]);
  close(ends[1]);
  return -1;
}

int terminal_guard_open_memory(void) {
  const char *folder = getenv("TMPDIR");
  char path[1024];
  if (folder == NULL || folder[0] != '/') folder = "/tmp";
  int count = snprintf(path, sizeof path, "%s/tapedeck.XXXXXX", folder);
  if (count < 0 || (size_t)count >= sizeof path) return -1;
  int file = mkstemp(path);
  if (file < 0) return -1;
  unlink(path);
  if (keep(file, 0) == 0) return file;
  close(file);
  return -1;
}

// An event is the end of a pipe that is read; this is the other end of each, by the number of the first, and 0 for none.
enum { most_events = 1024 };
static atomic_int writers[most_events];

int terminal_guard_open_event(void) {
  int ends[2];
  if (terminal_guard_pipe(ends) != 0) return -1;
  if (ends[0] < most_events) {
    atomic_store(&writers[ends[0]], ends[1]);
    return ends[0];
  }
  close(ends[0]);
  close(ends[1]);
  return -1;
}

void terminal_guard_close_event(int descriptor) {
  close(atomic_exchange(&writers[descriptor], 0));
  close(descriptor);
}

void terminal_guard_post_event(int descriptor) {
  char one = 1;
  // A full pipe is readable already.
  if (write(atomic_load(&writers[descriptor]), &one, 1) < 0) return;
}

void terminal_guard_clear_event(int descriptor) {
  char bytes[256];
  while (read(descriptor, bytes, sizeof bytes) == sizeof bytes) continue;
}
#endif

int terminal_guard_open_pipe(int ends[2]) { return terminal_guard_pipe(ends); }
