import Dispatch
import Synchronization
import Trace

/// Where commands reach the training thread, and where it waits when it is told to.
///
/// While nothing was asked the training thread's part is one atomic load.
final class Gate: Sendable {
  private let attention = Atomic<Bool>(false)
  private let requests = Mutex(Requests())
  private let arrival = DispatchSemaphore(value: 0)

  /// What has been asked for since the training thread last looked.
  struct Requests: Sendable {
    var commands: [Command] = []
    /// Whether the screen wants to see a new moment.
    var wantsMoment = false
  }

  /// Whether anything was asked.
  var hasRequests: Bool { attention.load(ordering: .relaxed) }

  /// Asks for something; wakes the training thread if it waits.
  func ask(_ change: @Sendable (inout Requests) -> Void) {
    requests.withLock { change(&$0) }
    attention.store(true, ordering: .releasing)
    arrival.signal()
  }

  /// All that was asked since the last call.
  func take() -> Requests {
    requests.withLock { requests in
      attention.store(false, ordering: .relaxed)
      defer { requests = Requests() }
      return requests
    }
  }

  /// Holds the calling thread until something is asked, or so many seconds have passed.
  func wait(seconds: Double) {
    let deadline = DispatchTime.now() + seconds
    while !hasRequests, arrival.wait(timeout: deadline) == .success {}
  }

  /// Holds the calling thread until something is asked.
  func wait() { while !hasRequests { arrival.wait() } }
}
