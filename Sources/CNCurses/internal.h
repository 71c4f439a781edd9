// What the files of this module share.

#pragma once

#include "CNCurses.h"

/// Installs the signal handlers; false when there is no pipe to be had.
bool bubble_signals_open(void);
void bubble_signals_close(void);

/// The end of the pipe that tells which signals came.
int bubble_signals_descriptor(void);

/// The next signal that came, 0 when there is none.
int bubble_signals_next(void);

/// Stops the program as the terminal's suspend key does, and returns when it goes on.
void bubble_signals_stop(void);

/// Notes the modes of the terminal line before anything changes them.
void bubble_signals_note_modes(void);

/// Notes what is written to the terminal when the program crashes.
void bubble_signals_note_restoring(const char *sequence);

/// Switches on or off what the terminal reports besides keys: the mouse, where it has one and it is
/// wanted, and where a paste begins and ends.
void bubble_reports(bool is_on);

/// Teaches the key table how mouse reports begin.
void bubble_input_open(void);

/// Leaves the screen for a while, and takes it again in whatever size it has then.
void bubble_screen_leave(void);
void bubble_screen_enter(void);
