#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "internal.h"

enum {
  COLOUR_COUNT = 17,
  ESCAPE_DELAY_MS = 25,
  /// Columns and rows that are used; ncurses itself counts no further than 32,767.
  SIZE_LIMIT = 1000,
};

static SCREEN *screen;
static bool is_at_exit_registered;
/// Pairs by foreground and background, both moved up by one; 0 where there is none yet.
static short pairs[COLOUR_COUNT][COLOUR_COUNT];
static short pair_count;

static bool can_move_cursor(void) {
  const char *sequence = tigetstr("cup");
  return sequence != NULL && sequence != (char *)-1;
}

static void append_capability(char *text, size_t size, const char *name) {
  const char *sequence = tigetstr(name);
  if (sequence == NULL || sequence == (char *)-1) return;
  size_t end = strlen(text);
  for (const char *byte = sequence; *byte != 0 && end + 1 < size; byte++) {
    // Padding such as $<5> is for terminals slower than any that is left.
    if (byte[0] == '$' && byte[1] == '<') {
      const char *close = strchr(byte, '>');
      if (close == NULL) break;
      byte = close;
      continue;
    }
    text[end++] = *byte;
  }
  text[end] = 0;
}

static void note_restoring(void) {
  char text[128] = "\033[?2004l\033[?1006l\033[?1000l";
  append_capability(text, sizeof text, "sgr0");
  append_capability(text, sizeof text, "cnorm");
  append_capability(text, sizeof text, "rmkx");
  append_capability(text, sizeof text, "rmcup");
  bubble_signals_note_restoring(text);
}

static void set_modes(void) {
  cbreak();
  noecho();
  nonl();
  // Ctrl-S must not freeze the picture.
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    def_prog_mode();
  }
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
  curs_set(0);
  set_escdelay(ESCAPE_DELAY_MS);
}

static int at_most(int limit, int value) { return value < limit ? value : limit; }

/// Takes over the terminal's size, as far as it is used.
static void take_size(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    resize_term(at_most(SIZE_LIMIT, size.ws_row), at_most(SIZE_LIMIT, size.ws_col));
  }
}

BubbleOpening bubble_screen_open(void) {
  if (screen != NULL) return BUBBLE_ALREADY_OPEN;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return BUBBLE_NOT_A_TERMINAL;
  setlocale(LC_CTYPE, "");
  // The size comes from the terminal itself, not from variables that a shell left behind.
  use_tioctl(TRUE);
  bubble_signals_note_modes();
  // Before newterm: ncurses ignores a stop while it draws, and so loses it, unless somebody else
  // handles stops already.
  if (!bubble_signals_open()) return BUBBLE_SYSTEM_ERROR;
  // Unlike initscr, newterm comes back when it fails.
  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) {
    bubble_signals_close();
    return BUBBLE_UNKNOWN_TERMINAL;
  }
  set_term(screen);
  take_size();
  if (!can_move_cursor()) {
    endwin();
    bubble_signals_close();
    delscreen(screen);
    screen = NULL;
    return BUBBLE_INCAPABLE_TERMINAL;
  }
  if (!is_at_exit_registered) {
    is_at_exit_registered = atexit(bubble_screen_close) == 0;
  }
  note_restoring();
  set_modes();
  memset(pairs, 0, sizeof pairs);
  pair_count = 0;
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  bubble_input_open();
  erase();
  refresh();
  bubble_reports(true);
  return BUBBLE_OPENED;
}

void bubble_screen_close(void) {
  if (screen == NULL) return;
  bubble_screen_leave();
  bubble_signals_close();
  delscreen(screen);
  screen = NULL;
}

void bubble_screen_leave(void) {
  bubble_reports(false);
  // A multiplexer that was resized meanwhile may scroll the last picture back into view.
  erase();
  refresh();
  endwin();
}

void bubble_screen_enter(void) {
  take_size();
  reset_prog_mode();
  curs_set(0);
  bubble_screen_forget();
  bubble_reports(true);
}

int bubble_screen_columns(void) { return screen == NULL ? 0 : getmaxx(stdscr); }

int bubble_screen_rows(void) { return screen == NULL ? 0 : getmaxy(stdscr); }

/// How many colours there are, 0 on a monochrome terminal.
static int colour_count(void) { return screen != NULL && has_colors() ? COLORS : 0; }

bool bubble_screen_is_unicode(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && wcwidth(L'\u2500') == 1 &&
         wcwidth(L'\u25CF') == 1;
}

const char *bubble_screen_name(void) {
  const char *name = getenv("TERM");
  return name == NULL ? "" : name;
}

bool bubble_screen_has_braille(void) {
  const char *name = bubble_screen_name();
  return strcmp(name, "linux") != 0 && strncmp(name, "linux-", 6) != 0;
}

/// Answers the pair of two colours and makes it when it is new.
static short pair(int foreground, int background) {
  short *slot = &pairs[foreground + 1][background + 1];
  if (*slot == 0 && (foreground >= 0 || background >= 0) && pair_count + 1 < COLOR_PAIRS) {
    if (init_pair((short)(pair_count + 1), (short)foreground, (short)background) == OK) {
      pair_count++;
      *slot = pair_count;
    }
  }
  return *slot;
}

static void style(const BubbleCell *cell, attr_t *attributes, short *colours) {
  attr_t result = A_NORMAL;
  if (cell->attributes & BUBBLE_BOLD) result |= A_BOLD;
  if (cell->attributes & BUBBLE_DIM) result |= A_DIM;
  if (cell->attributes & BUBBLE_REVERSED) result |= A_REVERSE;
  if (cell->attributes & BUBBLE_UNDERLINED) result |= A_UNDERLINE;
  int foreground = cell->foreground;
  int background = cell->background;
  int count = colour_count();
  // With eight colours the bright ones are bold.
  if (foreground >= 8 && count < 16) {
    foreground -= 8;
    result |= A_BOLD;
  }
  if (background >= 8 && count < 16) background -= 8;
  *colours = count >= 8 ? pair(foreground, background) : 0;
  *attributes = result;
}

static void put_cell(int column, int row, const BubbleCell *cell) {
  attr_t attributes;
  short colours;
  style(cell, &attributes, &colours);
  wchar_t text[4] = {(wchar_t)cell->scalars[0], 0, 0, 0};
  // Where the C library counts otherwise than the caller, its cursor would be lost.
  bool is_known = wcwidth(text[0]) == cell->width;
  int end = 1;
  for (int mark = 1; mark < 3 && is_known && cell->scalars[mark] != 0; mark++) {
    wchar_t scalar = (wchar_t)cell->scalars[mark];
    if (wcwidth(scalar) == 0) text[end++] = scalar;
  }
  cchar_t shown;
  for (int offset = 0; offset < (is_known ? 1 : cell->width); offset++) {
    if (!is_known) text[0] = L'?';
    if (setcchar(&shown, text, attributes, colours, NULL) == OK) {
      mvadd_wch(row, column + offset, &shown);
    }
  }
}

void bubble_screen_put(int column, int row, const BubbleCell *cells, int count) {
  if (screen == NULL) return;
  for (int index = 0; index < count; index++) {
    put_cell(column, row, &cells[index]);
    column += cells[index].width;
  }
}

void bubble_screen_cursor(int column, int row) {
  if (screen == NULL) return;
  bool is_shown = column >= 0 && row >= 0;
  leaveok(stdscr, !is_shown);
  curs_set(is_shown ? 1 : 0);
  if (is_shown) move(row, column);
}

void bubble_screen_flush(void) {
  if (screen != NULL) refresh();
}

void bubble_screen_forget(void) {
  if (screen != NULL) clearok(curscr, TRUE);
}
