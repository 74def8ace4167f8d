import SystemCalls

extension NCursesTerminal {
  /// What the caller may decide.
  package struct Options: Sendable {
    /// The environment: `TERM`, `COLORTERM`, `COLORFGBG`, `WT_SESSION`, `NO_COLOR`, `TMPDIR` and
    /// the locale are read.
    package var environment: [String: String]
    /// Whether to draw with ASCII only, even where the locale has Unicode.
    package var isASCIIOnly: Bool
    /// Whether the terminal is asked for its background and whether it shows UTF-8; one that answers nothing takes
    /// 100 ms more.
    package var asksTerminal = false
    /// Where keys come from.
    package var input: Int32
    /// Where the screen is drawn.
    package var output: Int32

    /// By default, the standard input and output.
    package init(
      environment: [String: String], isASCIIOnly: Bool = false, input: Int32 = STDIN_FILENO,
      output: Int32 = STDOUT_FILENO
    ) {
      self.environment = environment
      self.isASCIIOnly = isASCIIOnly
      self.input = input
      self.output = output
    }
  }
}
