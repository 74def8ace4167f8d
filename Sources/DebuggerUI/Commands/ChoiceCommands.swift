import Localization
import TerminalUI
import Trace

/// The commands that choose the node and the view that all panes show.
enum ChoiceCommands {
  static var rows: [CommandRow] {
    [
      .key(
        "v", name: "view", help: localized("show the node's value, gradient or update"),
        hint: localized("view")
      ) {
        $0.nextView()
      }
      .taking(
        localized("[VIEW]"), .words(ArgumentReading.views.map(\.name)), example: "gradient",
        ArgumentReading.view),
      .typed(
        "focus", localized("NODE"), .node, example: "fc1.weight", help: localized("choose a node by its name")
      ) {
        (arguments, state) throws(ConsoleError) in
        let node = try arguments.node(state)
        return { $0.choose(Focus(node: node)) }
      },
      .key("f", name: "follow", help: localized("follow the run again, not the chosen node")) {
        $0.choose(Focus())
      },
    ]
  }
}

extension DebuggerState {
  /// Gives up a node that was chosen before all names were known and that there is not.
  mutating func checkChoice() {
    guard let node = focus.node, !nodeNames.contains(node) else { return }
    warnings.append(ConsoleError.unknownNode(node, nodeNames))
    choose(Focus())
  }

  fileprivate mutating func nextView() {
    guard let moment, let name = shownNode, let node = moment.graph.node(named: name) else { return }
    let views: [TensorView] = node.kind == .parameter ? [.value, .gradient, .update] : [.value, .gradient]
    let current = focus.view ?? moment.focus?.view ?? .value
    let place = views.firstIndex(of: current) ?? views.count - 1
    choose(Focus(node: name, view: views[(place + 1) % views.count]))
  }
}
