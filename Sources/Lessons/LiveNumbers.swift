import Foundation
import Numbers
import Trace

/// The numbers of the run at hand, which take the place of the names in braces in the texts.
package struct LiveNumbers: Sendable, Equatable {
  private var values: [String: String] = [:]

  /// Every name that a text may use.
  package static let names: Set<String> = [
    "network", "layers", "first.module", "first.in", "first.out", "first.weights", "last.module", "batch",
    "classes", "lnC", "loss", "loss.function", "optimizer", "lr", "step", "epoch", "samples", "parameters",
    "parameter.count", "parameter.list", "operations", "backward.nodes", "gradient.norm", "weight.norm",
    "loss.logits", "loss.bysteps", "loss.twice", "gradient.logits", "gradient.twice", "first.linear",
    "first.weight", "last.linear", "loss.node",
  ]

  /// The numbers of a run at a moment; `graph` is that of a whole step, where one is known.
  package init(_ description: RunDescription?, _ moment: Moment?, graph: ComputationGraph?) {
    if let description { take(description) }
    if let graph = graph ?? moment?.graph { take(graph) }
    if let moment { take(moment, description) }
  }

  /// A text with the numbers in it; those that are not known yet are dashes.
  package func fill(_ text: String) -> String {
    var (result, rest) = ("", text[...])
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += Self.names.contains(name) ? values[name] ?? "—" : "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The names in braces in a text.
  package static func names(in text: String) -> [String] {
    text.split(separator: "{").dropFirst().compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }

  private mutating func take(_ description: RunDescription) {
    values["network"] = description.network
    if !description.isScript { values["batch"] = "\(description.batchSize)" }
    if !description.optimizer.isEmpty { values["optimizer"] = description.optimizer }
    let parameters = description.parameterNames.count
    if parameters > 0 { values["parameters"] = "\(parameters)" }
    let samples = description.stepsPerEpoch * description.batchSize
    if samples > 0 { values["samples"] = "~" + NumberText.grouped(samples) }
    if !description.classNames.isEmpty { take(classes: description.classNames.count) }
  }

  private mutating func take(classes: Int) {
    guard classes > 0 else { return }
    values["classes"] = "\(classes)"
    values["lnC"] = NumberText.loss(log(Double(classes)))
  }

  private mutating func take(_ graph: ComputationGraph) {
    let operations = graph.nodes.filter { $0.kind == .operation }
    guard !operations.isEmpty else { return }
    values["operations"] = "\(operations.count)"
    values["backward.nodes"] = "\(operations.count)"
    let parameters = graph.nodes.filter { $0.kind == .parameter }
    func count(_ node: ComputationGraph.Node) -> Int { node.shape.reduce(1, *) }
    if !parameters.isEmpty {
      values["parameter.count"] = NumberText.grouped(parameters.reduce(0) { $0 + count($1) })
      values["parameter.list"] = parameters.map { node in
        "\(node.name) \(node.shape.map(String.init).joined(separator: "×"))"
      }.joined(separator: ", ")
    }
    let linear = operations.filter { $0.operation == "linear" && $0.inputs.count > 1 }
    values["layers"] = linear.isEmpty ? nil : "\(linear.count)"
    if let first = linear.first {
      let weight = graph.nodes[first.inputs[1]]
      values["first.module"] = first.group ?? first.name
      // What a script does not tell its first layer's rows show.
      if values["batch"] == nil, first.shape.count == 2 { values["batch"] = "\(first.shape[0])" }
      (values["first.linear"], values["first.weight"]) = (first.name, weight.name)
      values["first.weights"] = NumberText.grouped(count(weight))
      (values["first.out"], values["first.in"]) = (
        weight.shape.first.map { "\($0)" }, weight.shape.last.map { "\($0)" }
      )
    }
    if let last = linear.last {
      (values["last.linear"], values["last.module"]) = (last.name, last.group ?? last.name)
      if values["classes"] == nil, let classes = last.shape.last { take(classes: classes) }
    }
    guard let loss = operations.last(where: { $0.phase == .loss }) else { return }
    (values["loss.node"], values["loss.function"]) = (loss.name, loss.operation)
  }

  private mutating func take(_ moment: Moment, _ description: RunDescription?) {
    let step = moment.position.step
    values["step"] = NumberText.grouped(step)
    if let perEpoch = description?.stepsPerEpoch, perEpoch > 0 {
      values["epoch"] = "\((step - 1) / perEpoch + 1)"
    }
    values["loss"] = moment.loss.map { NumberText.loss(Double($0)) }
    if let optimizer = moment.optimizer { values["optimizer"] = optimizer }
    values["lr"] = OptimizerText(values["optimizer"] ?? "").settings["lr"]
    if let first = moment.parameters.first(where: { $0.name == values["first.weight"] })
      ?? moment.parameters.first
    {
      values["weight.norm"] = NumberText.measure(Double(first.weightNorm))
      values["gradient.norm"] = first.gradientNorm.map { NumberText.measure(Double($0)) }
    }
    guard let loss = moment.byHand?.loss else { return }
    values["loss.logits"] = NumberText.term(loss.ofLogits)
    values["loss.bysteps"] = NumberText.term(loss.bySteps)
    values["loss.twice"] = NumberText.term(loss.twice)
    values["gradient.logits"] = NumberText.measure(loss.gradient)
    values["gradient.twice"] = NumberText.measure(loss.gradientTwice)
  }
}
