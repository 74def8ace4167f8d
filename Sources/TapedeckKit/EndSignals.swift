import CTerminalGuard
import Dispatch
import Foundation
import Synchronization

/// Watches for the signals that end a program without a screen, so that it can close its files first.
///
/// Besides Control-C and `kill`, batch systems send SIGUSR1, and `ulimit -S -t` SIGXCPU.
final class EndSignals {
  private let sources: [any DispatchSourceSignal]
  private let first = FirstSignal()

  /// Calls `end` on another thread at the first of them. Those that are ignored stay so, and a closed pipe still ends a
  /// program at once.
  init(_ end: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "tapedeck.signals")
    let numbers = (1..<NSIG).filter { $0 != SIGPIPE && terminal_guard_ends($0) != 0 }
    sources = numbers.map { [first] number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        first.number.withLock { $0 = $0 ?? number }
        end()
      }
      source.resume()
      return source
    }
  }

  /// The exit code that a shell expects after the signal that came; nil if none did.
  var exitCode: Int32? { first.number.withLock { $0.map { 128 + $0 } } }
}

/// The first signal that came.
private final class FirstSignal: Sendable {
  let number = Mutex<Int32?>(nil)
}
