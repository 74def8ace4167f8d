import TerminalUI
import Trace

/// The commands that choose the node and the view that all panes show.
enum ChoiceCommands {
  static let rows: [CommandRow] = [
    .key("v", name: "view", help: "show the node's value, gradient or update", hint: "view") {
      $0.nextView()
    }
    .taking("[VIEW]", .words(ArgumentReading.views.map(\.name)), example: "gradient", ArgumentReading.view),
    .typed("focus", "NODE", .node, example: "fc1.weight", help: "choose a node by its name") {
      (arguments, state) throws(ConsoleError) in
      let node = try arguments.node(state)
      return { $0.choose(Focus(node: node)) }
    },
    .key("f", name: "follow", help: "follow the run again, not the chosen node") { $0.choose(Focus()) },
  ]
}

extension DebuggerState {
  fileprivate mutating func nextView() {
    guard let moment, let name = shownNode, let node = moment.graph.node(named: name) else { return }
    let views: [TensorView] = node.kind == .parameter ? [.value, .gradient, .update] : [.value, .gradient]
    let current = focus.view ?? moment.focus?.view ?? .value
    let place = views.firstIndex(of: current) ?? views.count - 1
    choose(Focus(node: name, view: views[(place + 1) % views.count]))
  }
}
