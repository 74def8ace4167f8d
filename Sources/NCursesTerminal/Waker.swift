import CTerminalGuard

/// Tells the thread that waits for events that there is something new to show; usable from any thread.
package struct Waker: Sendable {
  /// The descriptor, closed with its last owner, so that a late wake never reaches another file.
  private final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { terminal_guard_close_event(number) }
  }

  private let descriptor: Descriptor

  /// A waker that no thread waits for yet; nil where the system has no descriptor left.
  package init?() {
    let number = terminal_guard_open_event()
    guard number >= 0 else { return nil }
    descriptor = Descriptor(number)
  }

  /// Makes the wait end with `.wake`.
  ///
  /// Many wakes before that count as one.
  package func wake() { terminal_guard_post_event(descriptor.number) }

  /// What becomes readable on a wake.
  package var number: Int32 { descriptor.number }

  /// Clears all wakes so far.
  package func clear() { terminal_guard_clear_event(descriptor.number) }
}
