import TerminalUI
import Trace

/// What the learner wrote in NumPy, what it is in PyTorch, and the chain rule with this moment's numbers.
struct BridgePane: PaneContent {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var title: TextLine {
    guard let name = state.shownNode else { return "" }
    return TextLine([Span(" "), Span(name, .bold)])
  }

  var trailing: TextLine { TextLine() }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let explanation = state.moment?.explanation else {
      return TextLine("nothing has run yet", .foreground(Accents.muted)).draw(into: &buffer, area: area)
    }
    for (row, line) in lines(explanation).prefix(area.height).enumerated() {
      line.draw(into: &buffer, area: area.row(row))
    }
  }

  private func lines(_ explanation: Explanation) -> [TextLine] {
    var lines = labelled("NumPy", explanation.numpy.map { TextLine($0, .foreground(Accents.good)) })
    lines += labelled(
      "PyTorch", [explanation.pytorch].compactMap { $0 }.map { TextLine($0, .foreground(Accents.focus)) })
    // The chain rule says what the formula does, and rows are few.
    let formula = explanation.derivative == nil ? explanation.formula : nil
    lines += labelled("formula", [formula].compactMap { $0 }.map { TextLine($0) })
    lines += labelled("chain", [explanation.derivative].compactMap { $0 }.map { TextLine($0) })
    return lines + explanation.contributions.flatMap(contribution)
  }

  /// Lines under a word at the left, which stands beside the first.
  private func labelled(_ label: String, _ contents: [TextLine]) -> [TextLine] {
    contents.enumerated().map { index, line in
      let word = index == 0 ? label : ""
      let padded = word + String(repeating: " ", count: BridgePane.labelWidth - word.count)
      return TextLine(padded, .foreground(Accents.muted)) + line
    }
  }

  private static let labelWidth = 9

  /// `upstream 64×10 ∇0.024 → fc2.weight 10×128 ∇0.18, 1 of 1`.
  private func contribution(_ piece: Explanation.Contribution) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let gradient = Style.foreground(Accents.warning)
    return labelled(
      "",
      [
        TextLine([
          Span("upstream \(ShapeText.of(piece.upstreamShape)) ", muted),
          Span("∇\(MagnitudeText.of(piece.upstreamNorm))", gradient), Span(" → \(piece.target) "),
          Span("\(ShapeText.of(piece.shape)) ", muted), Span("∇\(MagnitudeText.of(piece.norm))", gradient),
          Span(piece.count > 1 ? "  \(piece.number) of \(piece.count)" : "", muted),
        ])
      ])
  }
}
