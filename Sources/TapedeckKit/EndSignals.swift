import Dispatch
import Foundation
import Synchronization

/// Watches for the signals that ask a program without a screen to end, so that it can close its files first.
final class EndSignals {
  private let sources: [any DispatchSourceSignal]
  private let first = FirstSignal()

  /// Calls `end` on another thread at the first of SIGINT, SIGTERM and SIGHUP.
  init(_ end: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "tapedeck.signals")
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for (source, number) in zip(sources, [SIGINT, SIGTERM, SIGHUP]) {
      source.setEventHandler { [first] in
        first.number.withLock { $0 = $0 ?? number }
        end()
      }
      source.resume()
    }
  }

  /// The exit code that a shell expects after the signal that came; nil if none did.
  var exitCode: Int32? { first.number.withLock { $0.map { 128 + $0 } } }
}

/// The first signal that came.
private final class FirstSignal: Sendable {
  let number = Mutex<Int32?>(nil)
}
