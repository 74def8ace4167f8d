import Numbers
import Trace

/// A script's call of an operator as Python would have it: `linear(x, fc1.weight, fc1.bias)`.
struct CallText {
  private let call: OperatorCall
  private let graph: ComputationGraph

  /// The text of a call in a graph.
  init(_ call: OperatorCall, in graph: ComputationGraph) {
    self.call = call
    self.graph = graph
  }

  /// The call with its tensors by their names, and the options that say something.
  var text: String {
    let arguments = call.arguments.enumerated().compactMap { place, argument -> String? in
      guard let name = argument.name, place > 0 else { return text(argument.value) }
      if !argument.value.tensors.isEmpty { return text(argument.value) }
      guard !name.hasPrefix("_"), !CallText.isUsual(name, argument.value) else { return nil }
      return "\(name)=\(text(argument.value))"
    }
    return "\(call.operation)(\(arguments.joined(separator: ", ")))"
  }

  /// Whether an option is what PyTorch takes without it.
  private static func isUsual(_ name: String, _ value: OperatorCall.Value) -> Bool {
    switch value {
    case .none, .flag(false): true
    case .whole(-100): name == "ignore_index"
    case .number(0): name == "label_smoothing"
    case .number(2): name == "norm_type"
    default: false
    }
  }

  private func text(_ value: OperatorCall.Value) -> String {
    switch value {
    case .none: "None"
    case .flag(let flag): flag ? "True" : "False"
    case .whole(let whole): "\(whole)"
    case .number(let number): "\(number)"
    case .text(let word): "'\(word)'"
    case .list(let parts): "[\(parts.map(text).joined(separator: ", "))]"
    case .tensor(let tensor):
      (graph.nodes.indices.contains(tensor.node) ? graph.nodes[tensor.node].name : "?")
        + (tensor.output > 0 ? "#\(tensor.output)" : "")
    case .type(let word): word
    case .slice(let bounds):
      bounds.prefix(bounds.last == OperatorCall.Value.none ? 2 : 3).map { $0 == .none ? "" : text($0) }
        .joined(
          separator: ":")
    case .ellipsis: "…"
    case .other(let word): word
    }
  }
}
