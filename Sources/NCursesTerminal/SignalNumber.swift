import SystemCalls
import TerminalUI

extension TerminalEvent.Signal {
  /// The signal of that number.
  init(number: Int32) {
    switch number {
    case SIGINT: self = .interrupt
    case SIGTERM: self = .terminate
    case SIGHUP: self = .hangup
    case SIGQUIT: self = .quit
    default: self = .other(number)
    }
  }
}
