// What a full-screen program needs from the system and Swift cannot say: signals as descriptors, a crash
// handler, and the program's own output held back while the screen is up.
#pragma once
#include <stddef.h>

// Signals

// Whether that is a signal that ends a process, can be handled first, and is not ignored.
int terminal_guard_ends(int number);
// Blocks WINCH, TSTP, CONT, and those that end a process and can be handled, in this thread and in those it will start.
// Those that are ignored stay so, but for INT, TERM, HUP and QUIT.
void terminal_guard_block_signals(void);
// Undoes that for this thread.
void terminal_guard_unblock_signals(void);
// A descriptor that becomes readable when one of those signals arrives; -1 on failure.
int terminal_guard_open_signals(void);
// The next signal of that descriptor, 0 where there is none.
int terminal_guard_next_signal(int descriptor);
// Stops the process as Control-Z does, and returns when it goes on.
void terminal_guard_stop(void);

// Signals that end a process and can be handled, for a program that runs another one

// Blocks them in this thread and in those it will start, but for those that are ignored.
void terminal_guard_take_end_signals(void);
// Undoes that for this thread.
void terminal_guard_leave_end_signals(void);
// Waits for the next of them; says whether the terminal sent it, and so to the other program as well.
int terminal_guard_wait_end_signal(int *is_from_terminal);

// Waking

// A descriptor that becomes readable when it is posted; -1 on failure.
int terminal_guard_open_event(void);
// Closes it.
void terminal_guard_close_event(int descriptor);
// Makes the descriptor readable. May be called in any thread.
void terminal_guard_post_event(int descriptor);
// Makes the descriptor unreadable until it is posted again.
void terminal_guard_clear_event(int descriptor);

// The terminal

// The size the terminal reports, in cells; 0 on success.
int terminal_guard_size(int descriptor, int *columns, int *rows);
// How many bytes can be read at once.
int terminal_guard_readable(int descriptor);
// A pipe neither end of which waits, the end to read first; 0 on success.
int terminal_guard_open_pipe(int ends[2]);
// A file without a name; -1 on failure.
int terminal_guard_open_memory(void);
// Turns flow control (Control-S, Control-Q) off in the terminal's present mode.
void terminal_guard_disable_flow_control(int descriptor);

// Runs a program, its output thrown away; returns its exit status, -1 where it did not run.
int terminal_guard_run_quietly(const char *const arguments[]);

// The guard; one at a time

// Remembers the mode of the terminal, and from now on restores it when the program crashes. `screen` is the
// descriptor the screen is drawn through. Returns 0 on success.
int terminal_guard_arm(int screen);
// What is written to the terminal on a crash.
void terminal_guard_set_reset(const char *bytes, size_t count);
// Writes that now; a terminal that takes nothing loses what it has not shown yet.
void terminal_guard_reset(void);
// Sets the terminal back to the mode it had when the guard was armed.
void terminal_guard_restore_mode(void);
// Remembers the present mode as the one of the screen.
void terminal_guard_keep_screen_mode(void);
// Sets the terminal to that mode.
void terminal_guard_set_screen_mode(void);
// No longer restores anything on a crash.
void terminal_guard_disarm(void);
// Gives this thread a stack of its own for the crash handler, so that it also survives a stack overflow.
void terminal_guard_cover_thread(void);

// Holds back what is written to standard output and standard error, where they are terminals.
void terminal_guard_hold_output(void);
// Ends that, and writes what was held back.
void terminal_guard_release_output(void);
