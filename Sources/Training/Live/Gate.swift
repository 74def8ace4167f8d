import Dispatch
import Synchronization
import Trace

/// Where commands reach the training thread, and where it waits when it is told to.
///
/// While nothing was asked the training thread's part is one atomic load.
package final class Gate: Sendable {
  /// An open gate.
  package init() {}

  private let attention = Atomic<Bool>(false)
  private let requests = Mutex(Requests())
  private let arrival = DispatchSemaphore(value: 0)

  /// What has been asked for since the training thread last looked.
  package struct Requests: Sendable {
    package var commands: [Command] = []
    /// Whether the screen wants to see a new moment.
    package var wantsMoment = false
  }

  /// Whether anything was asked.
  package var hasRequests: Bool { attention.load(ordering: .relaxed) }

  /// Asks for something; wakes the training thread if it waits.
  package func ask(_ change: @Sendable (inout Requests) -> Void) {
    requests.withLock { change(&$0) }
    attention.store(true, ordering: .releasing)
    arrival.signal()
  }

  /// All that was asked since the last call.
  package func take() -> Requests {
    requests.withLock { requests in
      attention.store(false, ordering: .relaxed)
      defer { requests = Requests() }
      return requests
    }
  }

  /// Holds the calling thread until something is asked, or so many seconds have passed.
  package func wait(seconds: Double) {
    let deadline = DispatchTime.now() + seconds
    while !hasRequests, arrival.wait(timeout: deadline) == .success {}
  }

  /// Holds the calling thread until something is asked.
  package func wait() { while !hasRequests { arrival.wait() } }
}
