import TerminalUI
import Trace

extension DebuggerState {
  /// A screen of a size, before anything is known of the run.
  ///
  /// Whoever starts the run must also give it the breakpoints.
  package init(
    size: Size, pace: Double? = nil, startsPaused: Bool = false, breakpoints: [Breakpoint] = []
  ) {
    self.init(
      size: size, pane: PaneTable.ids[0], pace: pace, startsPaused: startsPaused, breakpoints: breakpoints)
  }

  /// Takes what the user did, and returns what is to be done about it. Wakes, deadlines and signals are the caller's.
  package mutating func update(_ event: TerminalEvent) -> [DebuggerEffect] {
    take {
      switch event {
      case .key(let key): $0.press(key)
      case .mouse(let mouse): $0.use(mouse)
      case .paste(let text): $0.paste(text)
      case .resize(let size): $0.size = size
      case .wake, .deadline, .signal, .endOfInput: break
      }
    }
  }

  /// Takes news of the run; `seconds` is the time now, from any start.
  package mutating func update(_ news: RunUpdate, seconds: Double) -> [DebuggerEffect] {
    take { state in
      for pane in PaneTable.panes { pane.willTake(news, &state) }
      let (knownFailure, knewNodes) = (state.failure, state.knowsAllNodes)
      state.take(news, at: seconds)
      state.confirmChange(news)
      state.followWork(news, at: seconds)
      if !knewNodes, state.knowsAllNodes { state.checkChoice() }
      if case .halted(let sentence)? = news.status, sentence != knownFailure {
        state.show(FailureMessage(sentence))
      }
      if let cause = news.cause { state.show(CauseOverlay(cause)) }
      if let check = news.gradientCheck { state.show(GradientCheckOverlay(check)) }
      if let result = news.modelTestResult { state.show(result) }
      for pane in PaneTable.panes { pane.didTake(news, &state) }
    }
  }

  private mutating func take(_ event: (inout DebuggerState) -> Void) -> [DebuggerEffect] {
    measure()
    event(&self)
    keepGuide()
    keepPaneOpen()
    followCourse()
    measure()
    layOutPanes()
    // What is laid out may want other rooms.
    let before = areas
    measure()
    if areas != before { layOutPanes() }
    if let text = layout.takeNews() { effects.append(.remember("layout", text)) }
    defer { effects = [] }
    return effects
  }

  /// The guide stays while the node or its bridge is looked at, and goes with a look at what is usually in its place.
  private mutating func keepGuide() {
    if pane == .guide {
      guide.keepsPlace = true
    } else if PaneTable.pane(pane).corner != .topRight {
      guide.keepsPlace = false
    }
  }

  private mutating func layOutPanes() {
    for pane in PaneTable.panes { pane.layOut(&self, areas[pane.id, default: Rect(.zero)]) }
  }

  mutating func measure() {
    let layout = keptLayout()
    keepHeights(layout)
    areas = Dictionary(uniqueKeysWithValues: layout.panes.map { ($0.pane, $0.area.inset(by: 1)) })
  }

  /// Takes a key: whatever is open on the screen takes it first.
  mutating func press(_ key: Key) {
    notice = nil
    guide.toShow = []
    if let console { return press(key, in: console, .standard) }
    if var overlay {
      self.overlay = nil
      switch overlay.press(key, &self) {
      case .closed: return
      case .open:
        self.overlay = overlay
        return
      case .ignored: self.overlay = overlay
      case .passed: break
      }
    } else {
      if pressInCourse(key) { return }
      for pane in PaneTable.panes where pane.press(key, &self) { return }
    }
    guard let (row, action) = commands.action(for: key, in: pane) else { return }
    overlay = nil
    perform(row, action)
  }

  /// Puts pasted text where text is being typed; elsewhere it is ignored, so that it is not taken for keys.
  private mutating func paste(_ text: String) {
    if console != nil {
      console?.problem = nil
      console?.cycle = nil
      console?.input.insert(text)
    } else {
      overlay?.insert(text)
    }
  }

  /// Takes the mouse: a press focuses a pane and acts in it, the wheel moves in the one under it.
  private mutating func use(_ mouse: MouseEvent) {
    if mouse.kind == .press, click(mouse) { return }
    if overlay != nil || console != nil {
      switch mouse.kind {
      case .press: (overlay, console) = (nil, nil)
      case .wheelUp: scrollOverlay(by: -1)
      case .wheelDown: scrollOverlay(by: 1)
      case .drag, .release: break
      }
      return
    }
    if mouse.kind == .press { notice = nil }
    if useBorder(mouse) { return }
    guard let target = ScreenLayout(self).pane(atX: mouse.x, y: mouse.y) else { return }
    switch mouse.kind {
    case .press, .drag:
      pane = target
      measure()
      PaneTable.pane(target).press(mouse, &self, areas[target, default: Rect(.zero)])
    case .wheelUp, .wheelDown: scroll(target, mouse)
    case .release: break
    }
  }

  /// Turns the wheel over a pane; the focus stays where it is.
  private mutating func scroll(_ target: PaneID, _ mouse: MouseEvent) {
    if PaneTable.pane(target).scroll(mouse, &self, areas[target, default: Rect(.zero)]) { return }
    let focused = pane
    pane = target
    press(mouse.kind == .wheelUp ? .up : .down)
    // The key may have gone to another pane by itself.
    if pane == target { pane = focused }
  }

  private mutating func scrollOverlay(by rows: Int) {
    guard var overlay else { return }
    overlay.scroll(by: rows, self)
    self.overlay = overlay
  }
}
