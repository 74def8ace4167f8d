import NCursesTerminal
import Testing

struct TerminalErrorTests {
  @Test(
    arguments: [
      (
        .notATerminal,
        "The screen needs a terminal, but standard input or output is not one. "
          + "Run it in a terminal, without a pipe or a redirection."
      ),
      (
        .noTerminalName,
        "The environment variable TERM is empty, so the kind of terminal is not known. "
          + "Set it, for example: export TERM=xterm-256color"
      ),
      (
        .tooSimple("dumb"),
        "A terminal of the kind \"dumb\" cannot show a screen. "
          + "If yours can, set TERM to its name, for example: export TERM=xterm-256color"
      ),
      (
        .unknown("x"),
        "There is no description of a terminal of the kind \"x\" on this machine. "
          + "Install it (Debian: ncurses-term), or set TERM to a name that is known, "
          + "for example: export TERM=xterm-256color"
      ),
      (.system("no descriptor is left"), "The screen cannot be opened: no descriptor is left."),
    ] as [(TerminalError, String)])
  func everyErrorSaysWhatToDo(_ error: TerminalError, _ text: String) {
    #expect(error.description == text)
  }
}
