// ncurses for Swift: the headers, and a function for each macro, global and variadic that Swift cannot import.
// Pointers to windows and screens stand as void *, because their structs are open on some systems and
// opaque on others, and Swift would see two different types.
#pragma once
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <stdio.h>
#include <term.h>

static const attr_t SHIM_BOLD = A_BOLD;
static const attr_t SHIM_DIM = A_DIM;
static const attr_t SHIM_ITALIC = A_ITALIC;
static const attr_t SHIM_UNDERLINE = A_UNDERLINE;
static const attr_t SHIM_REVERSE = A_REVERSE;

static const mmask_t SHIM_LEFT_PRESSED = BUTTON1_PRESSED;
static const mmask_t SHIM_LEFT_RELEASED = BUTTON1_RELEASED;
static const mmask_t SHIM_LEFT_CLICKED = BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON1_TRIPLE_CLICKED;
static const mmask_t SHIM_RIGHT_PRESSED = BUTTON3_PRESSED;
static const mmask_t SHIM_RIGHT_CLICKED = BUTTON3_CLICKED | BUTTON3_DOUBLE_CLICKED | BUTTON3_TRIPLE_CLICKED;
static const mmask_t SHIM_WHEEL_UP = BUTTON4_PRESSED;
static const mmask_t SHIM_WHEEL_DOWN = BUTTON5_PRESSED;
static const mmask_t SHIM_MOVED = REPORT_MOUSE_POSITION;

static inline int shim_function_key(int number) { return KEY_F(number); }

static inline void *shim_open_screen(const char *terminal, FILE *output, FILE *input) {
  return newterm(terminal, output, input);
}
static inline void shim_free_screen(void *screen) { delscreen((SCREEN *)screen); }

// A pad reads keys without refreshing the screen, as reading through stdscr would.
static inline void *shim_open_input(void) {
  WINDOW *pad = newpad(1, 1);
  if (pad != NULL) {
    keypad(pad, TRUE);
    nodelay(pad, TRUE);
  }
  return pad;
}
static inline int shim_read_key(void *input, wint_t *key) { return wget_wch((WINDOW *)input, key); }
static inline void shim_free_input(void *input) { delwin((WINDOW *)input); }

static inline void shim_set_cell(cchar_t *cell, wchar_t character, attr_t attributes, int pair) {
  wchar_t text[2] = {character, 0};
  // The fourth argument stops at pair 255; the last one does not.
  setcchar(cell, text, attributes, 0, &pair);
}
static inline void shim_write_cells(int y, int x, const cchar_t *cells, int count) {
  wmove(stdscr, y, x);
  wadd_wchnstr(stdscr, cells, count);
}
static inline void shim_erase(void) { werase(stdscr); }
static inline int shim_refresh(void) { return wrefresh(stdscr); }
// The next refresh clears the terminal and draws everything.
static inline void shim_redraw_all(void) { clearok(stdscr, TRUE); }
static inline void shim_prepare_window(void) {
  scrollok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
}

static inline void shim_forget_description(void) { del_curterm(cur_term); }
static inline int shim_lines(void) { return LINES; }
static inline int shim_columns(void) { return COLS; }
static inline int shim_color_count(void) { return COLORS; }
static inline int shim_pair_count(void) { return COLOR_PAIRS; }
// Leaving the screen would otherwise send the sequence that resets the user's own palette.
static inline void shim_keep_palette(void) { orig_colors = NULL; }
