import Dispatch
import Synchronization
import Trace

/// Where commands reach the training thread, and where that thread waits for them.
///
/// Without a request, the cost to the training thread is one atomic load.
package final class Gate: Sendable {
  /// An open gate.
  package init() {}

  private let attention = Atomic<Bool>(false)
  private let requests = Mutex(Requests())
  private let arrival = DispatchSemaphore(value: 0)

  /// The requests since the training thread last looked.
  package struct Requests: Sendable {
    /// The commands, in the order in which they were given.
    package fileprivate(set) var commands: [Command] = []
    /// Whether the screen wants to see a new moment.
    package fileprivate(set) var wantsMoment = false
  }

  /// Whether there is a request.
  package var hasRequests: Bool { attention.load(ordering: .relaxed) }

  /// Gives the run a command.
  package func send(_ command: Command) { ask { $0.commands.append(command) } }

  /// Asks for a new moment.
  package func requestMoment() { ask { $0.wantsMoment = true } }

  /// Adds a request, and wakes the training thread if it is waiting.
  private func ask(_ change: @Sendable (inout Requests) -> Void) {
    requests.withLock { change(&$0) }
    attention.store(true, ordering: .releasing)
    arrival.signal()
  }

  /// All requests since the last call.
  package func take() -> Requests {
    requests.withLock { requests in
      attention.store(false, ordering: .relaxed)
      defer { requests = Requests() }
      return requests
    }
  }

  /// Blocks the calling thread until there is a request, or until `seconds` have passed.
  package func wait(seconds: Double) {
    let deadline = DispatchTime.now() + seconds
    while !hasRequests, arrival.wait(timeout: deadline) == .success {}
  }

  /// Blocks the calling thread until there is a request.
  package func wait() { while !hasRequests { arrival.wait() } }
}
