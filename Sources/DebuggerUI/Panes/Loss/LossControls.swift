import Localization
import Numbers
import TerminalUI
import Trace

extension LossPane {
  /// With the pane's choices to click, where there is room.
  var titles: [PaneTitle] {
    let look = state.lossPane
    let isSmoothed = look.smoothing > 0
    var controls: [(word: String, command: String, isOn: Bool)] = [
      (localized("accuracy"), "accuracy", look.showsAccuracy),
      (
        isSmoothed ? localized("smoothed \(NumberText.setting(look.smoothing))") : localized("smooth"),
        "smoothing", isSmoothed
      ),
    ]
    controls.append((localized("log"), "logarithm", look.isLogarithmic))
    let full = PaneTitle(heading, PaneTitle.controls(controls))
    let warning = Style.foreground(Accents.warning)
    let chosen = controls.dropFirst().filter(\.isOn)
    // In a narrow pane what is on is named, and where nothing is, what there is to click.
    let words = TextLine(
      chosen.enumerated().flatMap { index, control in
        (index == 0 ? [] : [Span("  ")]) + [
          Span(control.word, warning, control: .command(control.command))
        ]
      })
    controls[0].word = localized("acc")
    let short = chosen.isEmpty ? PaneTitle.controls(controls, between: "│") : words
    let alone = chosen.isEmpty ? PaneTitle(heading, TextLine()) : PaneTitle(TextLine(), words)
    return [full, PaneTitle(heading, short), PaneTitle(heading, trailing), alone]
  }

  static func menu(_ state: DebuggerState, at mouse: MouseEvent?, _ area: Rect) -> PaneMenu {
    var menu = PaneMenu()
    let place = mouse.flatMap { CurveCharts(state, area)?.place(atX: $0.x, y: $0.y) }
    if let mouse, let place, let value = place.chart.value(atColumn: mouse.x, area: place.area) {
      let step = Int(bounded: value.rounded(), to: 1...1 << 48)
      menu.entries.append((localized("go to step \(NumberText.grouped(step))"), "goto \(step)"))
    }
    menu.entries += [
      (localized("the accuracy, or the loss"), "accuracy"),
      (localized("smooth it more, or not"), "smoothing"),
      (localized("logarithmic or linear"), "logarithm"), (localized("mark this moment"), "mark"),
      (localized("write a note…"), "type note"),
      (localized("stop at a loss…"), "type break loss >"),
    ]
    return menu
  }
}
