import Dispatch
import TerminalUI

/// A terminal that shows nothing and has no input, until it hangs up.
///
/// Owner: the thread that draws; only the wakes come from elsewhere.
final class SilentTerminal: Terminal {
  let size = Size(width: 200, height: 60)
  let colorSupport = ColorSupport.trueColor
  let isUnicode = true
  /// Signalled when there is something to show.
  let arrival = DispatchSemaphore(value: 0)
  /// Never signalled: it only waits until the next frame is due.
  private let frame = DispatchSemaphore(value: 0)
  private(set) var frameCount = 0
  private let isOver: () -> Bool

  /// A terminal that hangs up when `isOver`.
  init(isOver: @escaping () -> Bool) { self.isOver = isOver }

  func present(_ buffer: Buffer) { frameCount += 1 }

  func nextEvent(until deadline: ContinuousClock.Instant?, takesWake: Bool) -> TerminalEvent {
    guard !isOver() else { return .signal(.hangup) }
    guard takesWake else {
      let rest = deadline.map { ContinuousClock.now.duration(to: $0) / .seconds(1) } ?? 0
      _ = frame.wait(timeout: .now() + max(0, rest))
      return .deadline
    }
    arrival.wait()
    while arrival.wait(timeout: .now()) == .success {}
    return .wake
  }
}
