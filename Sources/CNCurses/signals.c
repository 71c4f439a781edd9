#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "internal.h"

/// What is done about a signal while the screen is open.
typedef enum {
  /// Nothing: it does no harm, cannot be caught, or belongs to the C library.
  LEFT_ALONE,
  /// Told to the loop, as an input of its own.
  TOLD,
  /// Told to the loop, which ends the program; a second one, or two seconds, end it at once.
  ENDING,
  /// Ends the program at once, after the terminal has been restored.
  FATAL,
} Treatment;

enum {
  /// What the loop has to end the program after a signal asked it to.
  PATIENCE_MS = 2000,
  /// How often the restoring sequence is offered to a terminal that does not read, 1 ms apart.
  RESTORING_TRIES = 20,
  /// How long the thread that draws may take to write it, when it is in the way.
  DRAWER_PATIENCE_MS = 200,
  /// Enough for a handler that calls write, tcsetattr and raise.
  FATAL_STACK_SIZE = 64 * 1024,
};

/// The ends of two pipes: what the loop is told, and what the watchman is told.
static int pipe_ends[2] = {-1, -1};
static int watch_ends[2] = {-1, -1};
static pthread_t watchman;
/// The thread that opened the screen and draws, and what signals it blocked before.
static pthread_t drawer;
static sigset_t mask_before;
/// Whether the thread that draws has to restore the terminal, and whether it has.
static atomic_bool is_drawer_asked;
static atomic_bool has_drawer_restored;
/// Whether the terminal was found not to read.
static atomic_bool is_silent;
static struct sigaction actions_before[NSIG];
static struct termios modes_before;
static volatile sig_atomic_t has_modes_before;
static char restoring[128];
static volatile sig_atomic_t restoring_length;
/// The signal that asked the program to end, 0 while none did.
static atomic_int ending;
/// A stack overflow leaves no room on the stack for its own handler.
static char fatal_stack[FATAL_STACK_SIZE];

static Treatment treatment(int signal) {
  switch (signal) {
  case SIGWINCH:
  case SIGTSTP:
  case SIGCONT: return TOLD;
  case SIGKILL:
  case SIGSTOP:
  case SIGTTIN:
  case SIGTTOU:
  case SIGCHLD:
  case SIGURG: return LEFT_ALONE;
  case SIGSEGV:
  case SIGBUS:
  case SIGILL:
  case SIGTRAP:
  case SIGABRT:
  case SIGFPE:
  case SIGSYS:
  case SIGPIPE:
  case SIGXCPU:
  case SIGXFSZ: return FATAL;
  // Between the last usual signal and the first one for programs are those of the C library.
  default: return signal <= SIGSYS || signal >= SIGRTMIN ? ENDING : LEFT_ALONE;
  }
}

/// Whether the program treats the signal in its own way, which stays then.
///
/// What a terminal sends and what a crash raises is never left to it.
static bool is_taken(int signal) {
  switch (signal) {
  case SIGTERM:
  case SIGINT:
  case SIGHUP:
  case SIGQUIT:
  case SIGTSTP:
  case SIGCONT:
  case SIGWINCH:
  case SIGSEGV:
  case SIGBUS:
  case SIGILL:
  case SIGTRAP:
  case SIGABRT:
  case SIGFPE: return false;
  default: return actions_before[signal].sa_handler != SIG_DFL;
  }
}

/// Lets the system do about a signal what it does by default.
static void leave_to_system(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

// MARK: - Ending at once

/// Offers the sequence that restores the screen to the terminal, which may not be reading; answers
/// whether it took it.
static bool write_restoring(void) {
  int flags = fcntl(STDOUT_FILENO, F_GETFL);
  fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
  size_t count = (size_t)restoring_length;
  const char *bytes = restoring;
  for (int tries = 0; count > 0 && tries < RESTORING_TRIES; tries++) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else {
      // What nobody has read makes room.
      atomic_store(&is_silent, true);
      tcflush(STDOUT_FILENO, TCOFLUSH);
      poll(NULL, 0, 1);
    }
  }
  fcntl(STDOUT_FILENO, F_SETFL, flags);
  return count == 0;
}

/// Restores the screen from whichever thread; one that is blocked in a write has the terminal for
/// itself until a signal interrupts it.
static void restore_screen(void) {
  if (write_restoring() || pthread_equal(pthread_self(), drawer)) return;
  atomic_store(&is_drawer_asked, true);
  pthread_kill(drawer, SIGTERM);
  for (int waited = 0; waited < DRAWER_PATIENCE_MS; waited++) {
    if (atomic_load(&has_drawer_restored)) return;
    poll(NULL, 0, 1);
  }
}

/// Restores the screen in the thread that draws, and draws no more.
static void restore_and_wait(void) {
  write_restoring();
  atomic_store(&has_drawer_restored, true);
  while (true) poll(NULL, 0, -1);
}

/// Restores the terminal and ends the program by `signal`, whatever it was doing.
static void restore_and_die(int signal) {
  static atomic_flag has_begun = ATOMIC_FLAG_INIT;
  if (!atomic_flag_test_and_set(&has_begun)) {
    restore_screen();
    if (has_modes_before) tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  } else if (treatment(signal) == ENDING) {
    // Whoever has begun ends the program.
    return;
  }
  // A signal that was ignored until now does not end a program, and whoever tells of a crash would
  // wait for a terminal that does not read.
  if (treatment(signal) == ENDING || atomic_load(&is_silent)) {
    leave_to_system(signal);
  } else {
    sigaction(signal, &actions_before[signal], NULL);
  }
  sigset_t own;
  sigemptyset(&own);
  sigaddset(&own, signal);
  pthread_sigmask(SIG_UNBLOCK, &own, NULL);
  raise(signal);
  // Whoever handled it before, such as Swift's printer of backtraces, counts on the fault to come
  // again, which it does not when somebody sent it.
  leave_to_system(signal);
  raise(signal);
}

/// Waits for a signal that asks the program to end, and then two seconds for it to be done.
static void *watch(void *nothing) {
  struct pollfd end = {.fd = watch_ends[0], .events = POLLIN};
  unsigned char signal = 0;
  while (poll(&end, 1, -1) < 0) {}
  if (read(watch_ends[0], &signal, 1) != 1 || signal == 0) return nothing;
  if (poll(&end, 1, PATIENCE_MS) == 0) restore_and_die(signal);
  return nothing;
}

/// Starts the thread that watches; it takes no signals itself.
static bool start_watching(void) {
  if (pipe2(watch_ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool is_started = pthread_create(&watchman, NULL, watch, NULL) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (is_started) return true;
  close(watch_ends[0]);
  close(watch_ends[1]);
  return false;
}

static void stop_watching(void) {
  unsigned char done = 0;
  (void)!write(watch_ends[1], &done, 1);
  pthread_join(watchman, NULL);
  close(watch_ends[0]);
  close(watch_ends[1]);
}

// MARK: - Handlers

static void tell(int descriptor, int signal) {
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds enough to wake the loop.
  (void)!write(descriptor, &byte, 1);
}

static void note(int signal) {
  if (atomic_load(&is_drawer_asked) && pthread_equal(pthread_self(), drawer)) restore_and_wait();
  int before = errno;
  tell(pipe_ends[1], signal);
  if (treatment(signal) == ENDING) {
    int first = 0;
    if (atomic_compare_exchange_strong(&ending, &first, signal)) {
      tell(watch_ends[1], signal);
    } else if (signal != SIGHUP || first != SIGHUP) {
      // Of a terminal that is gone both the system and the shell tell.
      restore_and_die(signal);
    }
  }
  errno = before;
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

static void handle(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  if (treatment(signal) == FATAL) {
    action.sa_handler = restore_and_die;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
  } else {
    // Without SA_RESTART, so that poll comes back.
    action.sa_handler = note;
  }
  sigaction(signal, &action, NULL);
}

bool bubble_signals_open(void) {
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  if (!start_watching()) {
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    pipe_ends[0] = -1;
    pipe_ends[1] = -1;
    return false;
  }
  restoring_length = 0;
  atomic_store(&ending, 0);
  drawer = pthread_self();
  // A thread of Swift's pool blocks signals, and could not be interrupted while it writes.
  sigset_t interrupting;
  sigemptyset(&interrupting);
  sigaddset(&interrupting, SIGTERM);
  pthread_sigmask(SIG_UNBLOCK, &interrupting, &mask_before);
  stack_t stack = {.ss_sp = fatal_stack, .ss_size = sizeof fatal_stack};
  sigaltstack(&stack, NULL);
  for (int signal = 1; signal < NSIG; signal++) {
    if (treatment(signal) == LEFT_ALONE) continue;
    sigaction(signal, NULL, &actions_before[signal]);
    if (!is_taken(signal)) handle(signal);
  }
  return true;
}

void bubble_signals_close(void) {
  if (pipe_ends[0] < 0) return;
  for (int signal = 1; signal < NSIG; signal++) {
    if (treatment(signal) == LEFT_ALONE || is_taken(signal)) continue;
    sigaction(signal, &actions_before[signal], NULL);
  }
  stop_watching();
  if (pthread_equal(pthread_self(), drawer)) pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
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
  leave_to_system(SIGTSTP);
  // A thread of Swift's pool blocks signals, and one that is blocked would wait for ever.
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  handle(SIGTSTP);
}
