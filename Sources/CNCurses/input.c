#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1

#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <term.h>
#include <unistd.h>

#include "internal.h"

enum {
  /// What a mouse report begins with, as a key of our own beyond those of ncurses.
  MOUSE_KEY = 0x4000,
  /// The same for the beginning and the end of what is pasted.
  PASTE_BEGIN_KEY,
  PASTE_END_KEY,
  /// No report is longer; whatever is, is none.
  REPORT_LIMIT = 24,
  /// A terminal keeps no more bytes that nobody has read.
  UNREAD_LIMIT = 4096,
};

static int ending_signal;
static bool wants_mouse;
/// How many more inputs may have come before the resize that waits for its turn; -1 when none does.
static int inputs_before_resize;

static bool has_mouse_capability(void) {
  const char *sequence = tigetstr("kmous");
  return sequence != NULL && sequence != (char *)-1;
}

static void write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static void report_mouse(bool is_on) {
  if (!has_mouse_capability()) return;
  // SGR reports, which have no limit of 223 columns.
  static const char on[] = "\033[?1000h\033[?1006h";
  static const char off[] = "\033[?1006l\033[?1000l";
  write_all(is_on ? on : off, sizeof on - 1);
}

void bubble_reports(bool is_on) {
  static const char on[] = "\033[?2004h";
  static const char off[] = "\033[?2004l";
  write_all(is_on ? on : off, sizeof on - 1);
  report_mouse(is_on && wants_mouse);
}

void bubble_screen_use_mouse(bool is_on) {
  if (bubble_screen_columns() == 0 || wants_mouse == is_on) return;
  wants_mouse = is_on;
  report_mouse(is_on);
}

void bubble_input_open(void) {
  ending_signal = 0;
  wants_mouse = true;
  inputs_before_resize = -1;
  define_key("\033[<", MOUSE_KEY);
  define_key("\033[200~", PASTE_BEGIN_KEY);
  define_key("\033[201~", PASTE_END_KEY);
}

static BubbleInput nothing(void) { return (BubbleInput){.kind = BUBBLE_NOTHING}; }

static BubbleInput unknown(void) { return (BubbleInput){.kind = BUBBLE_UNKNOWN}; }

static BubbleInput key(BubbleKey code) {
  return (BubbleInput){.kind = BUBBLE_KEY, .code = (uint32_t)code};
}

/// Reads the rest of a report, such as 0;12;7M.
static BubbleInput read_mouse(void) {
  int numbers[3] = {0, 0, 0};
  int index = 0;
  for (int count = 0; count < REPORT_LIMIT; count++) {
    wint_t byte;
    if (wget_wch(stdscr, &byte) != OK) return unknown();
    if (byte >= '0' && byte <= '9') {
      numbers[index] = numbers[index] % 100000 * 10 + (int)(byte - '0');
    } else if (byte == ';' && index < 2) {
      index++;
    } else if ((byte == 'M' || byte == 'm') && index == 2) {
      // The bits between are for shift, alt and control.
      return (BubbleInput){
          .kind = BUBBLE_MOUSE,
          .code = (uint32_t)(numbers[0] & ~0x1C),
          .column = numbers[1] - 1,
          .row = numbers[2] - 1,
          .is_release = byte == 'm',
      };
    } else {
      return unknown();
    }
  }
  return unknown();
}

static BubbleInput translate(wint_t code) {
  if (code >= KEY_F(1) && code <= KEY_F(24)) {
    return key(BUBBLE_KEY_FUNCTION + (int)(code - KEY_F(1)));
  }
  switch (code) {
  case MOUSE_KEY: return read_mouse();
  case PASTE_BEGIN_KEY: return (BubbleInput){.kind = BUBBLE_PASTE_BEGIN};
  case PASTE_END_KEY: return (BubbleInput){.kind = BUBBLE_PASTE_END};
  case KEY_ENTER: return key(BUBBLE_KEY_ENTER);
  case KEY_BTAB: return key(BUBBLE_KEY_BACK_TAB);
  case KEY_UP: return key(BUBBLE_KEY_UP);
  case KEY_DOWN: return key(BUBBLE_KEY_DOWN);
  case KEY_LEFT: return key(BUBBLE_KEY_LEFT);
  case KEY_RIGHT: return key(BUBBLE_KEY_RIGHT);
  case KEY_HOME: return key(BUBBLE_KEY_HOME);
  case KEY_END: return key(BUBBLE_KEY_END);
  case KEY_PPAGE: return key(BUBBLE_KEY_PAGE_UP);
  case KEY_NPAGE: return key(BUBBLE_KEY_PAGE_DOWN);
  case KEY_IC: return key(BUBBLE_KEY_INSERT);
  case KEY_BACKSPACE: return key(BUBBLE_KEY_BACKSPACE);
  case KEY_DC: return key(BUBBLE_KEY_DELETE);
  case KEY_RESIZE: return (BubbleInput){.kind = BUBBLE_RESIZE};
  default: return unknown();
  }
}

/// What ncurses has read already, or can read without waiting.
static BubbleInput read_ready(bool *is_empty) {
  wint_t code;
  int result = wget_wch(stdscr, &code);
  *is_empty = result == ERR;
  if (result == KEY_CODE_YES) return translate(code);
  if (result == OK) return (BubbleInput){.kind = BUBBLE_CHARACTER, .code = (uint32_t)code};
  return nothing();
}

static BubbleInput resized(void) {
  inputs_before_resize = -1;
  bubble_screen_enter();
  return (BubbleInput){.kind = BUBBLE_RESIZE};
}

/// Answers whether the signal is an input of its own, which `input` is then.
static bool is_input(int signal, BubbleInput *input) {
  switch (signal) {
  case SIGTSTP:
    bubble_screen_leave();
    bubble_signals_stop();
    *input = resized();
    return true;
  case SIGCONT:
  case SIGWINCH:
    if (inputs_before_resize < 0) inputs_before_resize = UNREAD_LIMIT;
    return false;
  default:
    ending_signal = signal;
    *input = nothing();
    return true;
  }
}

/// Answers whether there is an input without waiting.
///
/// A signal overtakes the keys in the terminal's buffer. What is there when a resize is told came
/// before it, and counts before it; a signal that ends or stops the program does not wait.
static bool is_ready(BubbleInput *input) {
  int signal;
  while ((signal = bubble_signals_next()) != 0) {
    if (is_input(signal, input)) return true;
  }
  if (inputs_before_resize != 0) {
    bool is_empty;
    *input = read_ready(&is_empty);
    if (!is_empty) {
      if (inputs_before_resize > 0) inputs_before_resize--;
      return true;
    }
  }
  if (inputs_before_resize < 0) return false;
  *input = resized();
  return true;
}

BubbleInput bubble_screen_read(int milliseconds, int descriptor) {
  if (bubble_screen_columns() == 0) return nothing();
  struct pollfd ends[] = {
      {.fd = bubble_signals_descriptor(), .events = POLLIN},
      {.fd = STDIN_FILENO, .events = POLLIN},
      {.fd = descriptor, .events = POLLIN},
  };
  BubbleInput input;
  if (is_ready(&input)) return input;
  int count = poll(ends, 3, milliseconds);
  if (is_ready(&input)) return input;
  // The terminal is gone.
  if (count > 0 && ends[1].revents & (POLLHUP | POLLERR | POLLNVAL)) ending_signal = SIGHUP;
  return nothing();
}

int bubble_screen_signal(void) { return ending_signal; }
