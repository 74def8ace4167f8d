import Localization
import TerminalUI
import Trace

/// Says which error the run is paused before.
package struct FailureMessage: Overlay {
  private let sentence: String

  /// The message of an error.
  package init(_ sentence: String) { self.sentence = sentence }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    [.enter, .escape, .character(" ")].contains(key) ? .closed : .ignored
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let width = min(72, area.width - 6)
    let canStepBack = state.description?.isScript != true || state.moment?.hasRunOperators == true
    let advice =
      canStepBack
      ? localized("The run has stopped just before: look at what has run, or step back.")
      : state.moment == nil
        ? localized("The script has ended before its first step; 9 shows what it has written.")
        : localized(
          "The step was not watched: only the operator that failed and what it was given are known.")
    let stepBack = canStepBack ? [(", p <", localized("step back"))] : []
    let end =
      [TextLine("")] + TextLine(advice, .foreground(Accents.muted)).wrapped(width: width)
      + [
        TextLine(""),
        KeyChoices.line([(localized("esc"), localized("look"))] + stepBack + [("q", localized("quit"))]),
      ]
    let lines = ErrorMessage.lines(sentence, width: width, height: area.height - 2 - end.count)
    MessageBox.draw(lines + end, title: localized("Error"), color: Accents.bad, into: &buffer, area)
  }
}

extension Moment {
  /// Whether any operator of the step is known to have run.
  fileprivate var hasRunOperators: Bool {
    zip(graph.nodes, states).contains { $0.kind == .operation && ![.waiting, .failed].contains($1.progress) }
  }
}
