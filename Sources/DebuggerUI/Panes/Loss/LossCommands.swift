import Localization
import Numbers
import TerminalUI
import Trace

extension LossPane {
  static var commands: [CommandRow] {
    [
      .key("A", name: "smoothing", help: localized("loss: smooth the curve more, or not at all")) {
        $0.lossPane.takeNextSmoothing()
      },
      .key("a", name: "accuracy", help: localized("loss: show the accuracy, or the loss")) {
        $0.lossPane.showsAccuracy.toggle()
      },
      .key("y", name: "logarithm", help: localized("loss: a logarithmic axis, or a linear one")) {
        $0.lossPane.isLogarithmic.toggle()
      },
    ]
  }

  /// A drag goes to the step under the mouse.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    guard mouse.kind == .drag, let value = LossPane(state).chart?.value(atColumn: mouse.x, area: area)
    else { return }
    return state.visit(.seek(step: Int(bounded: value.rounded(), to: 1...1 << 48)))
  }

  /// Keeps the curves of a dropped future.
  static func willTake(_ news: RunUpdate, _ state: inout DebuggerState) {
    guard let fork = news.fork, fork.future == .ghost else { return }
    let step = fork.position.step
    var (losses, accuracies) = (state.trainLoss, state.trainAccuracy)
    state.lossPane.keep(
      LossPaneState.Ghost(
        losses: losses.cut(after: step), accuracies: accuracies.cut(after: step),
        epochs: state.epochs.filter { $0.step > step }))
  }
}
