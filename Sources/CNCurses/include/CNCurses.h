// The terminal, as a handful of plain functions over ncurses.
//
// No ncurses type leaves this module: most of ncurses is macros and shared mutable state, which
// Swift does not import. There is one screen a program; none of the functions is thread safe.

#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
  BUBBLE_BOLD = 1,
  BUBBLE_DIM = 2,
  BUBBLE_REVERSED = 4,
  BUBBLE_UNDERLINED = 8,
};

/// One cell to show: a character with at most two combining marks, unused ones zero.
typedef struct {
  uint32_t scalars[3];
  /// How many columns the caller counts it with, 1 or 2.
  uint8_t width;
  /// A colour of the terminal's sixteen, -1 for its own.
  int8_t foreground;
  int8_t background;
  uint8_t attributes;
} BubbleCell;

typedef enum {
  BUBBLE_OPENED,
  BUBBLE_ALREADY_OPEN,
  /// Input or output is not a terminal.
  BUBBLE_NOT_A_TERMINAL,
  /// There is no description of the terminal that TERM names.
  BUBBLE_UNKNOWN_TERMINAL,
  /// The terminal cannot move its cursor.
  BUBBLE_INCAPABLE_TERMINAL,
  /// The system refused a pipe.
  BUBBLE_SYSTEM_ERROR,
} BubbleOpening;

/// Takes the terminal over; after a failure it is as it was.
BubbleOpening bubble_screen_open(void);

/// Gives the terminal back as it was. Doing so twice does no harm.
void bubble_screen_close(void);

int bubble_screen_columns(void);
int bubble_screen_rows(void);

/// Whether the locale is UTF-8 and line drawing takes one column.
bool bubble_screen_is_unicode(void);

/// Whether the terminal borrows braille from some font; the Linux console does not.
bool bubble_screen_has_braille(void);

/// The value of TERM, empty when it is not set.
const char *bubble_screen_name(void);

/// Puts cells next to each other, without showing them yet.
void bubble_screen_put(int column, int row, const BubbleCell *cells, int count);

/// Shows the cursor there with the next flush, after everything was put; hides it where it is off
/// the screen.
void bubble_screen_cursor(int column, int row);

/// Switches the reports of the mouse on or off; they are on at first. Without them the terminal
/// selects text as it does elsewhere.
void bubble_screen_use_mouse(bool is_on);

/// Shows what was put.
void bubble_screen_flush(void);

/// Forgets what the terminal shows, so that the next flush sends everything.
void bubble_screen_forget(void);

typedef enum {
  /// The time is out, the other descriptor is readable, or a signal asks to end.
  BUBBLE_NOTHING,
  BUBBLE_CHARACTER,
  BUBBLE_KEY,
  BUBBLE_MOUSE,
  /// The size changed, or the screen must be drawn again for another reason.
  BUBBLE_RESIZE,
  /// What follows is pasted, until the end is told.
  BUBBLE_PASTE_BEGIN,
  BUBBLE_PASTE_END,
  /// A key or a report that has no name here.
  BUBBLE_UNKNOWN,
} BubbleInputKind;

typedef enum {
  BUBBLE_KEY_ENTER,
  BUBBLE_KEY_BACK_TAB,
  BUBBLE_KEY_UP,
  BUBBLE_KEY_DOWN,
  BUBBLE_KEY_LEFT,
  BUBBLE_KEY_RIGHT,
  BUBBLE_KEY_HOME,
  BUBBLE_KEY_END,
  BUBBLE_KEY_PAGE_UP,
  BUBBLE_KEY_PAGE_DOWN,
  BUBBLE_KEY_INSERT,
  BUBBLE_KEY_BACKSPACE,
  BUBBLE_KEY_DELETE,
  /// Function key 1; the others follow.
  BUBBLE_KEY_FUNCTION = 100,
} BubbleKey;

typedef struct {
  BubbleInputKind kind;
  /// The character, the key, or the button code of the mouse protocol (0 left, 1 middle, 2 right,
  /// 64 wheel up, 65 wheel down).
  uint32_t code;
  int column;
  int row;
  bool is_release;
} BubbleInput;

/// Waits for input, at most so many milliseconds (-1: for ever), without using the processor.
/// It also returns when `descriptor` becomes readable, unless that is -1.
BubbleInput bubble_screen_read(int milliseconds, int descriptor);

/// The signal that asked the program to end, 0 when none did.
int bubble_screen_signal(void);
