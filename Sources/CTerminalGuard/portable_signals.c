// Signals without signalfd, sigwaitinfo and sigqueue: a handler writes each into a pipe. Untried on other systems.
#define _GNU_SOURCE
#include "platform.h"
#include "terminal_guard.h"

#if !TERMINAL_GUARD_LINUX
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

// One signal in a pipe: few enough bytes to be written in one piece.
struct arrival {
  int32_t number;
  int32_t is_from_terminal;
};

// Where the handler writes, and what it handles; the same for the whole program.
static int arrivals[2] = {-1, -1};
static sigset_t handled;

static int is_ignored(int number) {
  struct sigaction present;
  return sigaction(number, NULL, &present) == 0 && present.sa_handler == SIG_IGN;
}

static void note(int number, siginfo_t *information, void *context) {
  (void)context;
  int before = errno;
  // What the kernel sends for the terminal has no sender.
  int is_from_terminal =
      information->si_pid == 0 && (number == SIGINT || number == SIGQUIT || number == SIGHUP);
  struct arrival arrival = {number, is_from_terminal};
  // A full pipe has more signals than anyone waits for.
  if (write(arrivals[1], &arrival, sizeof arrival) < 0) errno = before;
  errno = before;
}

static void handle(struct sigaction action) {
  sigfillset(&action.sa_mask);
  for (int number = 1; number < AFTER_NAMED_SIGNALS; number++) {
    if (sigismember(&handled, number) == 1) sigaction(number, &action, NULL);
  }
}

static int begin(void) {
  if (arrivals[0] < 0 && terminal_guard_pipe(arrivals) != 0) return -1;
  handle((struct sigaction){.sa_sigaction = note, .sa_flags = SA_SIGINFO | SA_RESTART});
  return arrivals[0];
}

static void add_ends(void) {
  for (int number = 1; number < AFTER_NAMED_SIGNALS; number++) {
    // A write that failed is handled where it was made.
    if (number != SIGPIPE && number != SIGXFSZ && terminal_guard_ends(number)) sigaddset(&handled, number);
  }
}

void terminal_guard_block_signals(void) {
  sigemptyset(&handled);
  const int always[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  for (size_t index = 0; index < sizeof always / sizeof always[0]; index++) {
    sigaddset(&handled, always[index]);
  }
  add_ends();
  if (!is_ignored(SIGPIPE)) signal(SIGPIPE, SIG_IGN);
  begin();
}

void terminal_guard_unblock_signals(void) {
  handle((struct sigaction){.sa_handler = SIG_DFL});
  signal(SIGPIPE, SIG_DFL);
}

int terminal_guard_open_signals(void) { return dup(begin()); }

int terminal_guard_next_signal(int descriptor) {
  struct arrival arrival;
  return read(descriptor, &arrival, sizeof arrival) == sizeof arrival ? arrival.number : 0;
}

void terminal_guard_take_end_signals(void) {
  sigemptyset(&handled);
  add_ends();
  begin();
}

void terminal_guard_leave_end_signals(void) { handle((struct sigaction){.sa_handler = SIG_DFL}); }

int terminal_guard_wait_end_signal(int *is_from_terminal) {
  struct arrival arrival;
  while (read(arrivals[0], &arrival, sizeof arrival) != sizeof arrival) {
    struct pollfd state = {.fd = arrivals[0], .events = POLLIN};
    poll(&state, 1, -1);
  }
  *is_from_terminal = arrival.is_from_terminal;
  return arrival.number;
}
#endif
