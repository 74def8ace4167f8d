// Signals for a program that runs beside this one: told apart by whether the terminal sent them to both.
#define _GNU_SOURCE
#include "platform.h"
#include "terminal_guard.h"

#if TERMINAL_GUARD_LINUX
#include <pthread.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

// Those that were taken; the same for the whole program.
static sigset_t taken;

static void choose(void) {
  sigemptyset(&taken);
  for (int number = 1; number < SIGRTMIN; number++) {
    // What is ignored stays ignored, as under nohup. A write that failed is nothing to the other program.
    if (number != SIGPIPE && number != SIGXFSZ && terminal_guard_ends(number)) sigaddset(&taken, number);
  }
}

// The kernel's own codes are positive. What it sends for the terminal goes to every process of the foreground.
static int is_from_terminal(int number, int code) {
  return code > 0 && (number == SIGINT || number == SIGQUIT || number == SIGHUP);
}

// A thread that a library started before main hands on what it gets to the one that waits, with a mark of where
// it came from.
static void hand_on(int number, siginfo_t *information, void *context) {
  for (int each = 1; each < SIGRTMIN; each++) {
    if (sigismember(&taken, each) == 1) sigaddset(&((ucontext_t *)context)->uc_sigmask, each);
  }
  sigqueue(getpid(), number, (union sigval){.sival_int = is_from_terminal(number, information->si_code)});
}

static void set_actions(struct sigaction action) {
  sigfillset(&action.sa_mask);
  for (int number = 1; number < SIGRTMIN; number++) {
    if (sigismember(&taken, number) == 1) sigaction(number, &action, NULL);
  }
}

void terminal_guard_take_end_signals(void) {
  choose();
  pthread_sigmask(SIG_BLOCK, &taken, NULL);
  set_actions((struct sigaction){.sa_sigaction = hand_on, .sa_flags = SA_SIGINFO | SA_RESTART});
}

void terminal_guard_leave_end_signals(void) {
  set_actions((struct sigaction){.sa_handler = SIG_DFL});
  pthread_sigmask(SIG_UNBLOCK, &taken, NULL);
}

int terminal_guard_wait_end_signal(int *from_terminal) {
  siginfo_t information;
  int number;
  do { number = sigwaitinfo(&taken, &information); } while (number < 0);
  int is_handed_on = information.si_code == SI_QUEUE && information.si_pid == getpid();
  *from_terminal =
      is_handed_on ? information.si_value.sival_int : is_from_terminal(number, information.si_code);
  return number;
}
#endif
