import Localization
import Numbers
import TerminalUI
import Trace

/// The chosen node's tensor: its numbers in words, as a picture, as a histogram, and one cell exactly.
struct NodePane: Pane {
  static let id = PaneID.node
  static let corner = ScreenCorner.topRight

  let state: DebuggerState
  private var tensor: TensorSnapshot? { state.moment?.focus }

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine { heading(hasView: true) }

  /// The node's name and what is special about it, and which of its tensors is shown.
  func heading(hasView: Bool) -> TextLine {
    let thumbnail = tensor == nil ? state.thumbnail : nil
    guard let name = tensor?.node ?? state.focus.node ?? thumbnail?.node else { return "" }
    var line = TextLine([Span(" "), Span(name, .bold)])
    if hasView, let view = tensor?.view ?? state.focus.view ?? thumbnail?.view {
      let part = tensor?.part ?? state.focus.part
      line.append(" \(part ?? viewName(view, of: name))", .foreground(Accents.warning))
    }
    if let remark = tensor?.remark ?? state.moment?.graph.node(named: name)?.remark {
      line.append("  \(remark)", .foreground(Accents.bad))
    } else if let finding = state.finding(about: name) {
      let severity = finding.severity
      line.append("  \(severity.sign) \(finding.rule): \(finding.what)", .foreground(severity.color))
    }
    return line
  }

  var trailing: TextLine {
    let muted = Style.foreground(Accents.muted)
    guard let tensor else {
      return state.thumbnail.map { TextLine(localized("picture of \(ShapeText.of($0.shape))"), muted) }
        ?? TextLine()
    }
    let shape = TextLine(ShapeText.of(tensor.thinning?.shape ?? tensor.shape), muted)
    return chosenLook.width == 0 ? shape : chosenLook + TextLine("  ") + shape
  }

  /// How the user has chosen to see the tensor, where that is not as usual.
  var chosenLook: TextLine {
    let look = state.nodePane
    let words = [
      look.showsImages && tensor.map { TensorSlices($0).imageSize == nil } == true
        ? localized("no images") : nil,
      look.scale == .deviations ? nil : look.scale.name, look.colorMap?.name,
    ]
    return TextLine(words.compactMap { $0 }.joined(separator: "  "), .foreground(Accents.warning))
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let tensor else { return drawWithoutTensor(into: &buffer, area) }
    let rooms = NodeRooms(tensor, state, area)
    for (row, line) in NodeStatistics.lines(tensor.statistics, width: area.width).enumerated() {
      line.draw(into: &buffer, area: area.row(row))
    }
    guard tensor.values.count > 1 else {
      // One value needs no picture.
      return readout(tensor, "", always: true).draw(into: &buffer, area: rooms.readout)
    }
    TensorHistogram(tensor: tensor).draw(into: &buffer, area: rooms.histogram)
    NodeNumbers(tensor, state, area: rooms.numbers)?.draw(into: &buffer)
    VectorBars(tensor, state, width: area.width)?.draw(into: &buffer, area: rooms.bars)
    NodeHistory(of: tensor.node, state).draw(into: &buffer, area: rooms.history)
    if state.nodePane.showsNumbers, let numbers = NodePane.numbers(state, area: area) {
      numbers.draw(into: &buffer)
      return readout(tensor, numbers.part).draw(into: &buffer, area: rooms.readout)
    }
    guard
      let picture = NodePicture(tensor, state, area: rooms.picture, capabilities: buffer.capabilities)
    else { return }
    picture.draw(into: &buffer)
    readout(tensor, picture.part).draw(into: &buffer, area: rooms.readout)
  }

  /// The picture as it is drawn in a pane; nil where there is none.
  static func picture(_ state: DebuggerState, area: Rect, capabilities: TerminalCapabilities) -> NodePicture?
  {
    guard let tensor = state.moment?.focus else { return nil }
    let room = NodeRooms(tensor, state, area).picture
    return NodePicture(tensor, state, area: room, capabilities: capabilities)
  }

  /// The numbers as they are drawn in a pane, in place of a picture or below it; nil where there are none.
  static func numbers(_ state: DebuggerState, area: Rect) -> NodeNumbers? {
    state.moment?.focus.flatMap { tensor in
      let rooms = NodeRooms(tensor, state, area)
      return NodeNumbers(
        tensor, state, area: state.nodePane.showsNumbers ? rooms.picture : rooms.numbers)
    }
  }

  private func drawWithoutTensor(into buffer: inout Buffer, _ area: Rect) {
    let muted = Style.foreground(Accents.muted)
    let reason = state.moment?.limitation.map { TextLine($0, muted) }
    guard let thumbnail = state.thumbnail else {
      return Paragraph([reason ?? absence]).draw(into: &buffer, area: area)
    }
    let lines = (reason ?? TextLine()).wrapped(width: area.width)
    Paragraph(lines, wraps: false).draw(into: &buffer, area: area)
    ThumbnailPicture.map(thumbnail, state.nodePane)
      .draw(into: &buffer, area: area.inset(top: lines.count))
  }

  /// What is missing, and how to come to it.
  private var absence: TextLine {
    let muted = Style.foreground(Accents.muted)
    guard let name = state.focus.node else {
      return state.status == .finished
        ? TextLine(localized("nothing has run"), muted)
        : TextLine(localized("nothing has run yet: press . or space"), muted)
    }
    let what = viewName(view, of: name)
    return TextLine(
      localized("\(name) has no \(what) at this moment\(advice(name)); v shows another view"), muted)
  }

  /// The view that was chosen, or else the one that the moment is about.
  private var view: TensorView {
    guard let moment = state.moment else { return .value }
    return state.focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: state.isRunning
    ).view
  }

  /// How to come to a moment at which the chosen node has the chosen view, or why there is none.
  private func advice(_ name: String) -> String {
    guard let moment = state.moment, let node = moment.graph.node(named: name) else { return "" }
    switch (view, moment.position.phase) {
    case (.gradient, _) where node.kind == .input: return localized(": no gradient goes to the data")
    case (.update, _) where node.kind != .parameter: return localized(": only parameters are updated")
    case (.update, .update):
      let isLast = moment.position.node + 1 == moment.phaseNodeCount
      return isLast
        ? localized(": the optimizer did not change it in this step") : localized(": . makes the next update")
    case (_, .update): return view == .gradient ? localized(": it got none in this step") : ""
    default: return localized(": n goes to the next phase")
    }
  }

  func viewName(_ view: TensorView, of name: String) -> String {
    let node = state.moment?.graph.node(named: name)
    return switch view {
    case .value:
      node?.kind == .parameter && node?.operation != "bias" ? localized("weight") : localized("value")
    case .gradient:
      state.moment?.position.phase == .zeroGrad ? localized("old gradient") : localized("gradient")
    case .update: localized("last update")
    }
  }

  /// The exact number of a cell while the pane has the focus, and which part of the tensor is shown.
  private func readout(_ tensor: TensorSnapshot, _ part: String, always: Bool = false) -> TextLine {
    var line = TextLine()
    let place = state.cell.row * (tensor.shape.last ?? 1) + state.cell.column
    let asked = tensor.thinning?.asked.flatMap { asked in
      state.focus.followed.last == FollowedCell(node: tensor.node, cell: asked.place) ? asked : nil
    }
    if always || state.pane == .node || asked != nil, tensor.values.indices.contains(place) {
      let index =
        tensor.shape.isEmpty ? localized("value") : TensorSlices(tensor).name(of: state.cell, asked?.place)
      line.append("\(index) = ", .foreground(Accents.focus))
      let value = asked?.value ?? tensor.values[place]
      line.append(NumberText.exact(value), .bold)
      if let name = state.className(ofCellIn: tensor) { line.append("  \(name)", .foreground(Accents.muted)) }
      line.append("  ")
    }
    line.append(part, .foreground(Accents.muted))
    return line
  }
}

/// A recorded picture of a tensor whose numbers are not available.
enum ThumbnailPicture {
  /// The picture in the colours of the node pane.
  static func map(_ thumbnail: Thumbnail, _ look: NodePaneState) -> HeatMap {
    let step = (thumbnail.maximum - thumbnail.minimum) / 255
    let values = thumbnail.levels.map { thumbnail.minimum + Float($0) * step }
    return HeatMap(
      Matrix(rows: thumbnail.rows, columns: thumbnail.columns, values: values),
      rule: look.scale == .logarithm ? .logarithmic : .fixed(thumbnail.minimum, thumbnail.maximum),
      colorMap: look.colorMap)
  }
}
