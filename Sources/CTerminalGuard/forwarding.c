// Signals for a program that runs beside this one: told apart by whether the terminal sent them to both.
#define _GNU_SOURCE
#include "terminal_guard.h"

#include <pthread.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

static const int end_signal_numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
enum { end_signal_count = sizeof end_signal_numbers / sizeof end_signal_numbers[0] };

static sigset_t end_signals(void) {
  sigset_t signals;
  sigemptyset(&signals);
  for (size_t index = 0; index < end_signal_count; index++) {
    sigaddset(&signals, end_signal_numbers[index]);
  }
  return signals;
}

// A thread that a library started before main hands on what it gets to the one that waits, with a mark of where
// it came from.
static void hand_on(int number, siginfo_t *information, void *context) {
  for (size_t index = 0; index < end_signal_count; index++) {
    sigaddset(&((ucontext_t *)context)->uc_sigmask, end_signal_numbers[index]);
  }
  sigqueue(getpid(), number, (union sigval){.sival_int = information->si_code > 0});
}

static void set_actions(struct sigaction action) {
  sigfillset(&action.sa_mask);
  for (size_t index = 0; index < end_signal_count; index++) {
    // What is ignored stays ignored, as under nohup.
    struct sigaction present;
    sigaction(end_signal_numbers[index], NULL, &present);
    if (present.sa_handler != SIG_IGN) sigaction(end_signal_numbers[index], &action, NULL);
  }
}

void terminal_guard_take_end_signals(void) {
  sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  set_actions((struct sigaction){.sa_sigaction = hand_on, .sa_flags = SA_SIGINFO | SA_RESTART});
}

void terminal_guard_leave_end_signals(void) {
  sigset_t signals = end_signals();
  set_actions((struct sigaction){.sa_handler = SIG_DFL});
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

int terminal_guard_wait_end_signal(int *is_from_terminal) {
  sigset_t signals = end_signals();
  siginfo_t information;
  int number;
  do { number = sigwaitinfo(&signals, &information); } while (number < 0);
  // The kernel's own codes are positive: the terminal sends to every process of the foreground.
  int is_handed_on = information.si_code == SI_QUEUE && information.si_pid == getpid();
  *is_from_terminal = is_handed_on ? information.si_value.sival_int : information.si_code > 0;
  return number;
}
