import Synchronization
import Trace

/// Where training leaves what happened, and the screen takes it: neither waits for the other.
///
/// Owner of the update: its mutex, held only to add to it or to take it.
final class Mailbox: Sendable {
  private let pending = Mutex((update: RunUpdate(), graph: ComputationGraph()))

  /// Adds what happened.
  func post(_ update: RunUpdate) { pending.withLock { $0.update.append(update) } }

  /// All that was posted since the last call.
  func take() -> RunUpdate {
    pending.withLock { pending in
      defer { pending.update = RunUpdate() }
      pending.update.complete(with: &pending.graph)
      return pending.update
    }
  }
}
