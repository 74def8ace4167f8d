// The crash guard. State is static because a signal handler can reach nothing else; it is written by the
// thread that owns the screen, and read by the handler only while `armed` is set.
#define _GNU_SOURCE
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
enum { crash_count = sizeof crash_signals / sizeof crash_signals[0] };

static struct {
  int terminal;
  int output;
  int null;
  struct termios mode;
  struct termios screen_mode;
  char reset[512];
  size_t reset_count;
  struct sigaction previous[crash_count];
} guard = {.terminal = -1, .output = -1, .null = -1};

static struct {
  int held;
  int standard_output;
  int standard_error;
} output = {-1, -1, -1};

static atomic_flag crashing = ATOMIC_FLAG_INIT;
static atomic_int armed;

static int takes_more(int descriptor, int milliseconds) {
  struct pollfd state = {.fd = descriptor, .events = POLLOUT};
  return poll(&state, 1, milliseconds) == 1;
}

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

// Safe in a signal handler. A terminal that takes nothing loses what it has not shown yet: its end must get through.
static void write_reset(void) {
  if (!takes_more(guard.terminal, 0)) tcflush(guard.terminal, TCOFLUSH);
  const char *bytes = guard.reset;
  size_t count = guard.reset_count;
  int has_flushed = 0;
  while (count > 0) {
    ssize_t written = write(guard.terminal, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno == EAGAIN && !has_flushed) {
      tcflush(guard.terminal, TCOFLUSH);
      has_flushed = 1;
    } else if (written == 0 || errno != EINTR) {
      return;
    }
  }
}

// Safe in a signal handler: nothing here allocates or locks.
static void replay(void) {
  if (output.held < 0) return;
  if (output.standard_output >= 0) dup2(output.standard_output, STDOUT_FILENO);
  if (output.standard_error >= 0) dup2(output.standard_error, STDERR_FILENO);
  int to = output.standard_error >= 0 ? STDERR_FILENO : STDOUT_FILENO;
  // Not on the stack: the one a crash handler runs on is small, and the next handler needs it too.
  static char bytes[4096];
  off_t offset = 0;
  ssize_t count;
  while (takes_more(to, 500) && (count = pread(output.held, bytes, sizeof bytes, offset)) > 0) {
    write_all(to, bytes, (size_t)count);
    offset += count;
  }
}

static void handle_crash(int number, siginfo_t *information, void *context) {
  // A crash in here ends the process at once.
  signal(number, SIG_DFL);
  if (atomic_load(&armed) && !atomic_flag_test_and_set(&crashing)) {
    // From here on another thread that still draws draws into the void.
    if (guard.null >= 0) dup2(guard.null, guard.output);
    write_reset();
    tcsetattr(guard.terminal, TCSANOW, &guard.mode);
    replay();
    // Swift's own crash handler would wait for a key of a terminal.
    if (guard.null >= 0) dup2(guard.null, STDIN_FILENO);
  }
  struct sigaction previous = {.sa_handler = SIG_DFL};
  for (int index = 0; index < crash_count; index++) {
    if (crash_signals[index] == number) previous = guard.previous[index];
  }
  if (previous.sa_flags & SA_SIGINFO) {
    if (previous.sa_sigaction != NULL) previous.sa_sigaction(number, information, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(number);
  }
  signal(number, SIG_DFL);
  raise(number);
}

int terminal_guard_arm(int screen) {
  if (atomic_load(&armed)) return -1;
  int own = fcntl(screen, F_DUPFD_CLOEXEC, 3);
  if (own < 0) return -1;
  if (tcgetattr(own, &guard.mode) != 0) {
    close(own);
    return -1;
  }
  guard.terminal = own;
  guard.output = screen;
  guard.screen_mode = guard.mode;
  guard.null = open("/dev/null", O_RDWR | O_CLOEXEC);
  guard.reset_count = 0;
  terminal_guard_cover_thread();
  struct sigaction action = {0};
  action.sa_sigaction = handle_crash;
  // Swift's own crash handler reads memory that may not be there, and counts on the signals that says so.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigfillset(&action.sa_mask);
  for (int index = 0; index < crash_count; index++) sigdelset(&action.sa_mask, crash_signals[index]);
  for (int index = 0; index < crash_count; index++) {
    sigaction(crash_signals[index], &action, &guard.previous[index]);
  }
  atomic_store(&armed, 1);
  return 0;
}

void terminal_guard_set_reset(const char *bytes, size_t count) {
  size_t limit = sizeof guard.reset;
  guard.reset_count = 0;
  memcpy(guard.reset, bytes, count < limit ? count : limit);
  guard.reset_count = count < limit ? count : limit;
}

void terminal_guard_reset(void) {
  if (atomic_load(&armed)) write_reset();
}

// At once: draining would wait for a terminal that takes nothing.
void terminal_guard_restore_mode(void) {
  if (atomic_load(&armed)) tcsetattr(guard.terminal, TCSANOW, &guard.mode);
}

void terminal_guard_keep_screen_mode(void) {
  if (atomic_load(&armed)) tcgetattr(guard.terminal, &guard.screen_mode);
}

void terminal_guard_set_screen_mode(void) {
  if (atomic_load(&armed)) tcsetattr(guard.terminal, TCSANOW, &guard.screen_mode);
}

void terminal_guard_disarm(void) {
  if (!atomic_exchange(&armed, 0)) return;
  for (int index = 0; index < crash_count; index++) {
    sigaction(crash_signals[index], &guard.previous[index], NULL);
  }
  close(guard.terminal);
  if (guard.null >= 0) close(guard.null);
  guard.terminal = guard.output = guard.null = -1;
}

void terminal_guard_cover_thread(void) {
  static _Thread_local char stack[64 * 1024];
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
}

void terminal_guard_hold_output(void) {
  if (output.held >= 0) return;
  int held = terminal_guard_open_memory();
  if (held < 0) return;
  output.held = held;
  fflush(stdout);
  // Line by line, so that what was printed before a crash is held and not lost in a buffer.
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (isatty(STDOUT_FILENO)) {
    output.standard_output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(held, STDOUT_FILENO);
  }
  if (isatty(STDERR_FILENO)) {
    output.standard_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(held, STDERR_FILENO);
  }
}

void terminal_guard_release_output(void) {
  if (output.held < 0) return;
  fflush(stdout);
  replay();
  if (output.standard_output >= 0) close(output.standard_output);
  if (output.standard_error >= 0) close(output.standard_error);
  close(output.held);
  output.held = output.standard_output = output.standard_error = -1;
}
