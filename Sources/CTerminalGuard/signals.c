// Signals and wakes as descriptors, and the few calls Swift cannot make itself.
#define _GNU_SOURCE
#include "platform.h"
#include "terminal_guard.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static const int end_signal_numbers[] = {
    SIGHUP,  SIGINT,  SIGQUIT,   SIGTERM, SIGPIPE, SIGALRM, SIGUSR1,  SIGUSR2,
    SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF,
#if defined(__linux__)
    SIGPOLL, SIGPWR,  SIGSTKFLT,
#endif
};
enum { end_signal_count = sizeof end_signal_numbers / sizeof end_signal_numbers[0] };

static int is_ignored(int number) {
  struct sigaction present;
  return sigaction(number, NULL, &present) == 0 && present.sa_handler == SIG_IGN;
}

int terminal_guard_ends(int number) {
  for (size_t index = 0; index < end_signal_count; index++) {
    if (end_signal_numbers[index] == number) return !is_ignored(number);
  }
  return 0;
}

#if TERMINAL_GUARD_LINUX
#include <sys/signalfd.h>
#include <ucontext.h>

// Those that the screen has taken; the same for the whole program.
static sigset_t screen_signals;

static void choose_screen_signals(void) {
  sigemptyset(&screen_signals);
  // Whoever opens a screen wants its keys, though a shell ignores some of these for what it starts beside it.
  const int always[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  for (size_t index = 0; index < sizeof always / sizeof always[0]; index++) {
    sigaddset(&screen_signals, always[index]);
  }
  for (size_t index = 0; index < end_signal_count; index++) {
    if (!is_ignored(end_signal_numbers[index])) sigaddset(&screen_signals, end_signal_numbers[index]);
  }
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
    if (!is_ignored(number)) sigaddset(&screen_signals, number);
  }
}

// A write to a closed pipe, or beyond the size a file may have, fails, and that is handled where it was made.
static int is_failed_write(int number, int code, pid_t sender) {
  return (number == SIGPIPE || number == SIGXFSZ) && code == SI_USER && sender == getpid();
}

// Libraries start threads before main, and those do not inherit its mask. One that is handed a signal
// blocks it for itself from then on and passes it on, so that it ends in the descriptor after all.
static void pass_on(int number, siginfo_t *information, void *context) {
  for (int each = 1; each <= SIGRTMAX; each++) {
    if (sigismember(&screen_signals, each) == 1) sigaddset(&((ucontext_t *)context)->uc_sigmask, each);
  }
  if (is_failed_write(number, information->si_code, information->si_pid)) return;
  sigqueue(getpid(), number, (union sigval){0});
}

static void handle_signals(struct sigaction action) {
  sigfillset(&action.sa_mask);
  for (int number = 1; number <= SIGRTMAX; number++) {
    if (sigismember(&screen_signals, number) == 1) sigaction(number, &action, NULL);
  }
}

void terminal_guard_block_signals(void) {
  choose_screen_signals();
  pthread_sigmask(SIG_BLOCK, &screen_signals, NULL);
  handle_signals((struct sigaction){.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART});
}

void terminal_guard_unblock_signals(void) {
  sigset_t failed_writes;
  sigemptyset(&failed_writes);
  sigaddset(&failed_writes, SIGPIPE);
  sigaddset(&failed_writes, SIGXFSZ);
  const struct timespec now = {0};
  // One that is still to be read would end the program.
  while (sigtimedwait(&failed_writes, NULL, &now) > 0) continue;
  handle_signals((struct sigaction){.sa_handler = SIG_DFL});
  pthread_sigmask(SIG_UNBLOCK, &screen_signals, NULL);
}

int terminal_guard_open_signals(void) {
  return signalfd(-1, &screen_signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int terminal_guard_next_signal(int descriptor) {
  struct signalfd_siginfo information;
  int number;
  do {
    if (read(descriptor, &information, sizeof information) != sizeof information) return 0;
    number = (int)information.ssi_signo;
  } while (is_failed_write(number, information.ssi_code, (pid_t)information.ssi_pid));
  return number;
}

#endif

void terminal_guard_stop(void) {
  struct sigaction standard = {0};
  struct sigaction previous;
  standard.sa_handler = SIG_DFL;
  sigset_t stop;
  sigset_t mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &standard, &previous);
  raise(SIGTSTP);
  // The process stops here, when the signal that waits is let in.
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &previous, NULL);
}

int terminal_guard_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int terminal_guard_readable(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

void terminal_guard_disable_flow_control(int descriptor) {
  struct termios mode;
  if (tcgetattr(descriptor, &mode) != 0) return;
  mode.c_iflag &= ~(tcflag_t)IXON;
  tcsetattr(descriptor, TCSADRAIN, &mode);
}

int terminal_guard_run_quietly(const char *const arguments[]) {
  posix_spawn_file_actions_t actions;
  if (posix_spawn_file_actions_init(&actions) != 0) return -1;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child;
  int failure = posix_spawnp(&child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return -1;
  int status;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}
