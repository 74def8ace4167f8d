import DebuggerUI
import TerminalUI
import Trace

extension FaultyRun {
  /// What the screen shows after all news of the run.
  func shown(width: Int = 120, height: Int = 40) -> String {
    var state = DebuggerState(size: Size(width: width, height: height))
    _ = state.update(news, seconds: 1)
    var screen = Buffer(size: state.size)
    state.draw(into: &screen)
    return screen.lines.joined(separator: "\n")
  }
}
