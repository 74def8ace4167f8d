import TerminalUI
import Trace

extension DebuggerState {
  /// Obeys the mouse: a press focuses and chooses, the wheel moves, a drag on the loss seeks.
  mutating func use(_ mouse: MouseEvent) -> [DebuggerEffect] {
    guard overlay == nil, console == nil else {
      scrollOverlay(mouse.kind)
      if mouse.kind == .press { (overlay, console) = (nil, nil) }
      return []
    }
    if mouse.kind == .press { notice = nil }
    let layout = ScreenLayout(self)
    guard let target = layout.pane(atX: mouse.x, y: mouse.y) else { return [] }
    switch mouse.kind {
    case .press, .drag:
      pane = target
      return press(in: target, layout.inside(target), mouse)
    case .wheelUp: return target == pane ? press(.up) : []
    case .wheelDown: return target == pane ? press(.down) : []
    case .release: return []
    }
  }

  private mutating func scrollOverlay(_ kind: MouseEvent.Kind) {
    guard kind == .wheelUp || kind == .wheelDown else { return }
    let key: Key = kind == .wheelUp ? .up : .down
    switch overlay {
    case .help: _ = pressInHelp(key)
    case .cause(let cause): _ = press(key, in: cause)
    case .quitQuestion, .futureQuestion, .gradientCheck, nil: break
    }
  }

  private mutating func press(in pane: Pane, _ area: Rect, _ mouse: MouseEvent) -> [DebuggerEffect] {
    switch pane {
    case .graph:
      let point = GraphPoint(x: mouse.x - area.x + graph.scroll.x, y: mouse.y - area.y + graph.scroll.y)
      guard let moment, let node = graph.layout.box(at: point).flatMap(graph.node),
        moment.graph.nodes.indices.contains(node)
      else { return [] }
      return choose(Focus(node: moment.graph.nodes[node].name))
    case .node:
      cell =
        NodePane.picture(self, area: area, capabilities: .full)?.cell(atX: mouse.x, y: mouse.y) ?? cell
      return askForCell()
    case .loss:
      guard mouse.kind == .drag, let value = LossPane(self).chart?.value(atColumn: mouse.x, area: area)
      else { return [] }
      return look(.seek(iteration: Int(value.rounded())))
    case .events:
      eventsChoice = EventsPane(self).choice(atRow: mouse.y - area.y, in: area) ?? eventsChoice
      return []
    case .batch:
      chooseSample(atX: mouse.x, y: mouse.y)
      return []
    case .bridge, .gradients: return []
    }
  }
}
