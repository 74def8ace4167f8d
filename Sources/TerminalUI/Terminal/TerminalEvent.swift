/// Something that happened at the terminal.
package enum TerminalEvent: Hashable, Sendable {
  /// A signal that asks the program to end.
  package enum Signal: Hashable, Sendable {
    /// SIGINT: Control-C.
    case interrupt
    /// SIGTERM.
    case terminate
    /// SIGHUP: the terminal went away.
    case hangup
    /// SIGQUIT: Control-\.
    case quit
    /// Another one that ends a program, by its number: SIGUSR1 of a batch system, SIGXCPU of `ulimit -t`.
    case other(Int32)
  }

  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(MouseEvent)
  /// Text was pasted.
  case paste(String)
  /// The screen has a new size, or must be drawn anew.
  case resize(Size)
  /// The training side has something new to show.
  case wake
  /// The deadline the caller named has passed.
  case deadline
  /// A signal arrived.
  case signal(Signal)
  /// Nothing will ever come from the terminal again.
  case endOfInput
}
