#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "internal.h"

/// Signals that are noted and handled by the loop.
static const int noted[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
/// Signals that end the program at once.
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};

enum {
  NOTED_COUNT = sizeof noted / sizeof noted[0],
  FATAL_COUNT = sizeof fatal / sizeof fatal[0],
  /// Enough for a handler that calls write, tcsetattr and raise.
  FATAL_STACK_SIZE = 64 * 1024,
};

static int pipe_ends[2] = {-1, -1};
static struct sigaction noted_before[NOTED_COUNT];
static struct sigaction fatal_before[FATAL_COUNT];
static struct termios modes_before;
static volatile sig_atomic_t has_modes_before;
static char restoring[128];
static volatile sig_atomic_t restoring_length;
/// A stack overflow leaves no room on the stack for its own handler.
static char fatal_stack[FATAL_STACK_SIZE];

static void note(int signal) {
  int before = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds enough to wake the loop.
  (void)!write(pipe_ends[1], &byte, 1);
  errno = before;
}

static void restore_and_die(int signal) {
  (void)!write(STDOUT_FILENO, restoring, (size_t)restoring_length);
  if (has_modes_before) tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  for (int index = 0; index < FATAL_COUNT; index++) {
    if (fatal[index] == signal) sigaction(signal, &fatal_before[index], NULL);
  }
  raise(signal);
}

void bubble_signals_note_modes(void) {
  has_modes_before = tcgetattr(STDIN_FILENO, &modes_before) == 0;
}

void bubble_signals_note_restoring(const char *sequence) {
  size_t length = strlen(sequence);
  if (length > sizeof restoring) length = sizeof restoring;
  memcpy(restoring, sequence, length);
  restoring_length = (sig_atomic_t)length;
}

static void set_noted(int signal, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  sigemptyset(&action.sa_mask);
  // Without SA_RESTART, so that poll comes back.
  sigaction(signal, &action, before);
}

static void set_fatal(int signal, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = restore_and_die;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigaction(signal, &action, before);
}

bool bubble_signals_open(void) {
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  restoring_length = 0;
  stack_t stack = {.ss_sp = fatal_stack, .ss_size = sizeof fatal_stack};
  sigaltstack(&stack, NULL);
  for (int index = 0; index < NOTED_COUNT; index++) {
    set_noted(noted[index], &noted_before[index]);
  }
  for (int index = 0; index < FATAL_COUNT; index++) {
    set_fatal(fatal[index], &fatal_before[index]);
  }
  return true;
}

void bubble_signals_close(void) {
  if (pipe_ends[0] < 0) return;
  for (int index = 0; index < NOTED_COUNT; index++) {
    sigaction(noted[index], &noted_before[index], NULL);
  }
  for (int index = 0; index < FATAL_COUNT; index++) {
    sigaction(fatal[index], &fatal_before[index], NULL);
  }
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  pipe_ends[0] = -1;
  pipe_ends[1] = -1;
}

int bubble_signals_descriptor(void) { return pipe_ends[0]; }

int bubble_signals_next(void) {
  unsigned char byte;
  return read(pipe_ends[0], &byte, 1) == 1 ? byte : 0;
}

void bubble_signals_stop(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, NULL);
  // A thread of Swift's pool blocks signals, and one that is blocked would wait for ever.
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  set_noted(SIGTSTP, NULL);
}
