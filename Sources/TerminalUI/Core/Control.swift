/// What a click does.
package enum Control: Hashable, Sendable {
  /// The same as a key.
  case key(Key)
  /// The same as a typed command.
  case command(String)
}

/// A part of the screen that can be clicked.
package struct ControlArea: Hashable, Sendable {
  /// What a click on it does.
  package let control: Control
  /// Where it is.
  package let area: Rect
  /// The part of it that is visible.
  fileprivate let visible: Rect
  /// The whole numbers along it, from left to right, one of which follows the command; nil for none.
  package let steps: ClosedRange<Int>?

  init(control: Control, area: Rect, clip: Rect, steps: ClosedRange<Int>?) {
    self.control = control
    self.area = area
    self.steps = steps
    visible = area.intersection(clip)
  }

  /// What a click in a column does: along a scale, the command with the number there.
  fileprivate func control(atX x: Int) -> Control {
    guard let steps, case .command(let command) = control else { return control }
    let share = area.width > 1 ? Double(x - area.x) / Double(area.width - 1) : 0
    let distance = Double(steps.upperBound) - Double(steps.lowerBound)
    return .command("\(command) \(steps.lowerBound + Int(share * distance))")
  }
}

extension Buffer {
  /// What a click on a cell does; of parts that lie over each other, the one that was drawn last counts.
  package func control(atX x: Int, y: Int) -> Control? {
    controls.last { $0.visible.contains(x: x, y: y) }?.control(atX: x)
  }
}
