// Signals and wakes as descriptors, and the few calls Swift cannot make itself.
#define _GNU_SOURCE
#include "terminal_guard.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <ucontext.h>
#include <unistd.h>

extern char **environ;

static const int screen_signal_numbers[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { screen_signal_count = sizeof screen_signal_numbers / sizeof screen_signal_numbers[0] };

static sigset_t screen_signals(void) {
  sigset_t signals;
  sigemptyset(&signals);
  for (size_t index = 0; index < screen_signal_count; index++) {
    sigaddset(&signals, screen_signal_numbers[index]);
  }
  return signals;
}

// Libraries start threads before main, and those do not inherit its mask. One that is handed a signal
// blocks it for itself from then on and passes it on, so that it ends in the descriptor after all.
static void pass_on(int number, siginfo_t *information, void *context) {
  (void)information;
  for (size_t index = 0; index < screen_signal_count; index++) {
    sigaddset(&((ucontext_t *)context)->uc_sigmask, screen_signal_numbers[index]);
  }
  kill(getpid(), number);
}

static void handle_signals(struct sigaction action) {
  sigfillset(&action.sa_mask);
  for (size_t index = 0; index < screen_signal_count; index++) {
    sigaction(screen_signal_numbers[index], &action, NULL);
  }
}

void terminal_guard_block_signals(void) {
  sigset_t signals = screen_signals();
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  handle_signals((struct sigaction){.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART});
}

void terminal_guard_unblock_signals(void) {
  sigset_t signals = screen_signals();
  handle_signals((struct sigaction){.sa_handler = SIG_DFL});
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

int terminal_guard_open_signals(void) {
  sigset_t signals = screen_signals();
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int terminal_guard_next_signal(int descriptor) {
  struct signalfd_siginfo information;
  if (read(descriptor, &information, sizeof information) != sizeof information) return 0;
  return (int)information.ssi_signo;
}

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

int terminal_guard_open_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void terminal_guard_post_event(int descriptor) {
  uint64_t one = 1;
  // A full counter is readable already, so a write that fails has nothing to add.
  if (write(descriptor, &one, sizeof one) < 0) return;
}

void terminal_guard_clear_event(int descriptor) {
  uint64_t count;
  if (read(descriptor, &count, sizeof count) < 0) return;
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
