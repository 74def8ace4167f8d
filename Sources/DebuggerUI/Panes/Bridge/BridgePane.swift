import Localization
import Numbers
import TerminalUI
import Trace

/// What the chosen node is in NumPy and in PyTorch, and the chain rule with this moment's numbers.
struct BridgePane: Pane {
  static let id = PaneID.bridge
  static let corner = ScreenCorner.topRight

  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    guard let name = state.shownNode else { return "" }
    return TextLine([Span(" "), Span(name, .bold)])
  }

  /// The sample that the table of classes is about, or the cell that the update is about.
  var trailing: TextLine {
    let muted = Style.foreground(Accents.muted)
    if let table = ClassTable(state) {
      return TextLine(localized("sample #\(table.sample.index)  label \(table.labelName)"), muted)
    }
    guard let moment = state.moment, let explanation = moment.explanation,
      !explanation.update.isEmpty || !explanation.accumulation.isEmpty || explanation.work != nil,
      let tensor = moment.focus,
      !tensor.shape.isEmpty
    else { return TextLine() }
    return TextLine(localized("cell \(TensorSlices(tensor).name(of: state.cell))"), muted)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    let lines = lines(width: area.width)
    guard !lines.isEmpty else {
      return Paragraph([TextLine(absence, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
    }
    if state.showsTerms, let work = state.moment?.explanation?.work {
      let text = area.splitRows([.fixed(min(lines.count, area.height / 2) + 1), .fill(1)])
      for (row, line) in lines.prefix(text[0].height - 1).enumerated() {
        line.draw(into: &buffer, area: text[0].row(row))
      }
      let term = work.terms.indices.contains(state.bridge.term) ? work.terms[state.bridge.term] : nil
      let pictures = OperandPictures(work.matrices, chosen: term)
      let below = text[1].splitRows([.fixed(pictures.height(in: text[1])), .fill(1)])
      pictures.draw(into: &buffer, area: below[0])
      return CellWorkTable(work: work, chosen: state.bridge.term, samples: state.moment?.batch?.samples ?? [])
        .draw(into: &buffer, area: below[1])
    }
    let visible = ListWindow.visible(
      count: lines.count, height: area.height, selected: nil, first: state.bridge.row)
    for (row, line) in lines[visible].enumerated() { line.draw(into: &buffer, area: area.row(row)) }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: lines.count, visible: visible).draw(into: &buffer, area: bar)
  }

  /// The first line when the pane is scrolled to its end.
  func lastRow(in area: Rect) -> Int { max(0, lineCount(width: area.width) - area.height) }

  /// How many lines the text has.
  func lineCount(width: Int) -> Int { lines(width: width).count }

  /// Why there is nothing to explain.
  private var absence: String {
    guard let moment = state.moment, let name = state.shownNode else {
      if let reason = state.moment?.limitation { return reason }
      return state.status == .finished ? localized("nothing has run") : localized("nothing has run yet")
    }
    switch moment.graph.node(named: name)?.kind {
    case .input:
      return moment.position.phase == .batch
        ? localized("\(name) is part of the batch: no operator computes it; n goes to forward")
        : localized("\(name) is part of the batch: no operator computes it")
    case .parameter: return moment.limitation ?? localized("forward has not read \(name) yet in this step")
    case .operation, nil: return moment.limitation ?? localized("\(name) has not run yet in this step")
    }
  }

  private func lines(width: Int) -> [TextLine] {
    guard let explanation = state.moment?.explanation else { return [] }
    let room = width - BridgePane.labelWidth
    var lines = labelled(
      "NumPy", explanation.numpy.map { TextLine($0, .foreground(Accents.good)) }, width: width)
    lines += labelled(
      lines.isEmpty ? localized("note") : "",
      explanation.notes.map { TextLine($0, .foreground(Accents.muted)) },
      width: width)
    lines += labelled(
      "PyTorch", [explanation.pytorch].compactMap { $0 }.map { TextLine($0, .foreground(Accents.focus)) },
      width: width)
    lines += labelled(
      localized("cell"), explanation.work.map { CellWorkLines($0).lines(width: room - 1) } ?? [], width: width
    )
    lines += labelled(localized("gradient"), explanation.zeroGrad.map { TextLine($0) }, width: width)
    lines += labelled("A2 − y", ClassTable(state)?.lines(width: room - 1) ?? [], width: width)
    // The arithmetic of the gradient has the sum of old and new already.
    let accumulation = explanation.accumulation.dropFirst(explanation.work == nil ? 0 : 1)
    lines += labelled(localized("gradient"), accumulation.map { TextLine($0) }, width: width)
    lines += labelled("update", explanation.update.map { TextLine($0) }, width: width)
    // The chain rule repeats the formula, and rows are few.
    let formula = explanation.derivative == nil ? explanation.formula : nil
    lines += labelled(localized("formula"), [formula].compactMap { $0 }.map { TextLine($0) }, width: width)
    lines += labelled(
      localized("chain"), [explanation.derivative].compactMap { $0 }.map { TextLine($0) }, width: width)
    let heading =
      explanation.derivative == nil && explanation.accumulation.isEmpty ? localized("gradient") : ""
    return lines + contributions(explanation.contributions, heading, width: width)
  }

  /// Lines with a word to the left of the first one.
  private func labelled(_ label: String, _ contents: [TextLine], width: Int) -> [TextLine] {
    let room = max(1, width - BridgePane.labelWidth - 1)
    return contents.flatMap { $0.wrapped(width: room) }.enumerated().map { index, line in
      let word = index == 0 ? label : ""
      let padded = word + String(repeating: " ", count: max(1, BridgePane.labelWidth - word.count))
      return TextLine(padded, .foreground(Accents.muted)) + line
    }
  }

  private static var labelWidth: Int { 1 + localized("gradient").count }

  /// A line for each contribution, `upstream 64×10 ∇0.024 → fc2.weight 10×128 ∇0.18  accumulated 1 of 1`, all in as many words as
  /// there is room for in the longest.
  private func contributions(
    _ pieces: [Explanation.Contribution], _ heading: String, width: Int
  ) -> [TextLine] {
    let (upstream, accumulated) = (localized("upstream") + " ", localized("accumulated") + " ")
    let words: [(upstream: String, shapes: Bool, accumulated: String)] = [
      (upstream, true, accumulated), ("", true, accumulated), ("", true, ""), ("", false, ""),
    ]
    let muted = Style.foreground(Accents.muted)
    let gradient = Style.foreground(Accents.warning)
    let variants = words.map { words in
      pieces.map { piece in
        TextLine([
          Span(words.upstream, muted),
          Span(words.shapes ? "\(ShapeText.of(piece.upstreamShape)) " : "", muted),
          Span("∇\(NumberText.brief(Double(piece.upstreamNorm)))", gradient), Span(" → \(piece.target) "),
          Span(words.shapes ? "\(ShapeText.of(piece.shape)) " : "", muted),
          Span("∇\(NumberText.brief(Double(piece.norm)))", gradient),
          Span("  " + words.accumulated + localized("\(piece.number) of \(piece.count)"), muted),
          Span(
            piece.kept.map { localized(", added to ∇\(NumberText.brief(Double($0))) kept") } ?? "", gradient),
        ])
      }
    }
    let room = width - BridgePane.labelWidth
    if let fitting = variants.first(where: { $0.allSatisfy { $0.width <= room } }) {
      return labelled(heading, fitting, width: width + 1)
    }
    // In a narrow pane they take the room of the words too.
    return variants.first { $0.allSatisfy { $0.width <= width } } ?? variants.last ?? []
  }
}
