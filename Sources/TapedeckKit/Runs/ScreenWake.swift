import NCursesTerminal
import Synchronization

/// Wakes the screen that is open, if one is: threads that outlive one screen wake the next.
final class ScreenWake: Sendable {
  private let waker = Mutex<Waker?>(nil)

  /// Wakes this terminal from now on; nil for none.
  func use(_ waker: Waker?) { self.waker.withLock { $0 = waker } }

  /// Wakes the screen.
  func ring() { waker.withLock(\.self)?.wake() }
}
