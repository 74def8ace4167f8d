import Localization
import Numbers
import TerminalUI
import Trace

/// Asks what to do with the old future when something is changed in the past.
package struct FutureQuestion: Overlay {
  /// The change that waits for the answer.
  package let change: Change

  /// The question about a change.
  package init(_ change: Change) { self.change = change }

  package var isQuestion: Bool { true }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    switch key {
    case .character("k"), .character("K"): state.ask(.change(change, future: .ghost))
    case .character("d"), .character("D"): state.ask(.change(change, future: .dropped))
    case .escape, .character("q"): break
    default: return .open
    }
    return .closed
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    guard let moment = state.moment else { return }
    let step = NumberText.grouped(moment.position.step)
    let head = NumberText.grouped(moment.head.step)
    let text =
      localized(
        "You are at step \(step), but training has reached step \(head). After a change here, training continues from this step."
      )
    let lines =
      TextLine(text).wrapped(width: min(60, area.width - 6))
      + [
        TextLine(""), KeyChoices.line([("k", localized("keep the old curve for comparison"))]),
        KeyChoices.line([("d", localized("discard the old curve"))]),
        KeyChoices.line([(localized("esc"), localized("cancel"))]),
      ]
    MessageBox.draw(lines, title: localized("Change the past?"), color: Accents.warning, into: &buffer, area)
  }
}
